/** What is said of a small model that was trained with a student's loss, and of what comes back instead of one. */
import { describe, expect, it } from 'vitest';
import { heldOutLoss } from '../../../autograder/compare/held-out-loss.ts';
import { judgeTraining, trainedModel } from '../../../autograder/compare/training.ts';
import { wantsTraining, withTraining } from '../../../autograder/compare/compare.ts';
import type { Reply } from '../../../contract/reply.ts';
import type { TrainingExpectation } from '../../../contract/training-case.ts';
import type { Model } from '../../../contract/question.ts';
import type { TensorData, Value } from '../../../contract/values.ts';
import { check, task } from './evidence-builders.ts';
import { bound, cases, judge, right } from './judged-bound.ts';

const floats = (shape: readonly number[], values: readonly number[]): TensorData => ({ dtype: 'float32', shape, values: Float32Array.from(values) });

/** Two pixels, one latent dimension, no hidden layer. */
const start: Model = {
  family: 'vae',
  networks: {
    encoder: [{ kernel: floats([2, 2], [1, 0.5, -1, 0.25]), bias: floats([2], [0.1, -0.2]), activation: 'identity' }],
    decoder: [{ kernel: floats([1, 2], [1, -1]), bias: floats([2], [0.5, 0.25]), activation: 'identity' }],
  },
  parameters: {},
};
const heldOut = { x: floats([2, 2], [1, 0, 1, 1]), noise: floats([1, 2, 1], [0.5, -1]) };
const before = heldOutLoss(start, heldOut);
const expectation: TrainingExpectation = { steps: 150, start, heldOut, before, right: { runs: 30, mean: before - 1, deviation: 0.05 }, limit: before - 0.7 };
const training = { ...check('training', 'training', 0, ['nelbo']), hint: 'Look at the gradient.' };

const record = (parts: Readonly<Record<string, readonly number[]>>): Value => ({
  kind: 'record',
  entries: Object.entries(parts).map(([name, values]) => [name, { kind: 'tensor', tensor: floats([values.length], values) }]),
});
const returned = (value: Value): Reply => ({ kind: 'returned', value, gradients: [], draws: [], operations: 0 });
const ENCODER = [1, 0.5, -1, 0.25, 0.1, -0.2];
const DECODER = [1, -1, 0.5, 0.25];
const say = (reply: Reply) => judgeTraining(training, expectation, reply);

describe('the held-out loss', () => {
  it('is KL + reconstruction at the given noise, by hand', () => {
    // x = (1, 0): mean 1 + 0.1, spread 0.5 - 0.2; z = mean + sqrt(variance) / 2; logits (z + 0.5, 0.25 - z).
    const of = (mean: number, spread: number, epsilon: number, x: readonly number[]): number => {
      const variance = Math.log(1 + Math.exp(spread)) + 1e-8;
      const z = mean + Math.sqrt(variance) * epsilon;
      const p = [z + 0.5, 0.25 - z].map((logit) => 1 / (1 + Math.exp(-logit)));
      const rec = -x.reduce((sum, bit, index) => sum + Math.log(bit === 1 ? (p[index] ?? 0) : 1 - (p[index] ?? 0)), 0);
      return (variance + mean ** 2 - 1 - Math.log(variance)) / 2 + rec;
    };
    expect(before).toBeCloseTo((of(1.1, 0.3, 0.5, [1, 0]) + of(0.1, 0.55, -1, [1, 1])) / 2, 6);
  });

  it('of a mixture with one standard component is that of its VAE with the KL at the sample', () => {
    const spread = Math.log(Math.E - 1); // softplus of it is 1
    const mixture: Model = { ...start, family: 'gmvae', parameters: { means: floats([1, 1, 1], [0]), spreads: floats([1, 1, 1], [spread]) } };
    const noise = floats([4000, 2, 1], Array.from({ length: 8000 }, (_, index) => quantile((Math.floor(index / 2) + 0.5) / 4000)));
    expect(heldOutLoss(mixture, { ...heldOut, noise })).toBeCloseTo(heldOutLoss(start, { ...heldOut, noise }), 2);
  });

  it('of a conditional VAE is that of a VAE of image and label, with the label given to both networks', () => {
    // The first label adds nothing, the second 0.3 and -0.4 to what each network returns.
    const weighted = Object.entries(start.networks).map(([name, [layer]]) => {
      if (layer === undefined) throw new Error('no layer');
      return [name, [{ ...layer, kernel: floats([(layer.kernel.shape[0] ?? 0) + 2, 2], [...layer.kernel.values, 0, 0, 0.3, -0.4]) }]] as const;
    });
    const conditional: Model = { ...start, family: 'cvae', networks: Object.fromEntries(weighted) };
    const moved = Object.entries(start.networks).map(([name, [layer]]) => {
      if (layer === undefined) throw new Error('no layer');
      return [name, [{ ...layer, bias: floats([2], [(layer.bias.values[0] ?? 0) + 0.3, (layer.bias.values[1] ?? 0) - 0.4]) }]] as const;
    });
    const given = (label: number): number => heldOutLoss(conditional, { ...heldOut, y: floats([2, 2], [1 - label, label, 1 - label, label]) });
    expect(given(0)).toBeCloseTo(before, 6);
    expect(given(1)).toBeCloseTo(heldOutLoss({ ...start, networks: Object.fromEntries(moved) }, heldOut), 6);
    expect(given(1)).not.toBeCloseTo(before, 1);
  });

  it('sums over the labels that a classifier is unsure of', () => {
    const labelled = (label: number): Model => ({ ...start, family: 'fsvae', networks: { encoder: withLabels(start, 'encoder'), decoder: withLabels(start, 'decoder', label) } });
    const unsure: Model = { ...labelled(0), family: 'ssvae', networks: { ...labelled(0).networks, classifier: [{ kernel: floats([2, 2], [0, 0, 0, 0]), bias: floats([2], [0, Math.log(3)]), activation: 'identity' }] } };
    const sure = (label: number): Model => ({ ...unsure, networks: { ...unsure.networks, classifier: [{ kernel: floats([2, 2], [0, 0, 0, 0]), bias: floats([2], [label === 0 ? 40 : -40, 0]), activation: 'identity' }] } });
    const each = [0, 1].map((label) => heldOutLoss(sure(label), heldOut) - Math.log(2));
    expect(heldOutLoss(unsure, heldOut)).toBeCloseTo(0.25 * (each[0] ?? 0) + 0.75 * (each[1] ?? 0) + 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5), 6);
  });
});

describe('a training', () => {
  it('that ends below the limit passes', () => {
    const better = { ...expectation, limit: before + 1 };
    expect(judgeTraining(training, better, returned(record({ encoder: ENCODER, decoder: DECODER })))).toMatchObject({ outcome: 'pass', message: '' });
  });

  it('names the module that no gradient reached', () => {
    expect(say(returned(record({ encoder: ENCODER, decoder: [1, -1, 0.6, 0.25] }))).message).toMatch(/^Trained with your loss, the encoder of a small model is after 150 steps what it was before: no gradient reaches it, /);
  });

  it('for which another function is still open costs its own points, and is no pass', () => {
    expect(say({ kind: 'unanswered', reason: 'a/b/c has not been answered yet' })).toMatchObject({ outcome: 'fail', earned: 0, message: expect.stringContaining('another function that training needs') });
  });

  it('says that nothing was reached', () => {
    expect(say(returned(record({ encoder: ENCODER, decoder: DECODER })))).toMatchObject({ outcome: 'fail', hint: 'Look at the gradient.' });
    expect(say(returned(record({ encoder: ENCODER, decoder: DECODER }))).message).toContain('no gradient reaches any part of it');
  });

  it('says that it leads the wrong way, too short a way, or to no numbers', () => {
    const nudged = ENCODER.map((value) => value + 0.01);
    expect(say(returned(record({ encoder: nudged, decoder: [9, 9, 9, 9] }))).message).toContain('a small model gets worse');
    expect(say(returned(record({ encoder: nudged.map((value) => 0.9 * value), decoder: DECODER.map((value) => 0.9 * value) }))).message).toContain('learns too little');
    expect(say(returned(record({ encoder: nudged, decoder: [Number.NaN, 0, 0, 0] }))).message).toContain('no numbers any more');
  });

  it('refuses weights of another shape or kind', () => {
    for (const value of [record({ encoder: ENCODER }), record({ encoder: ENCODER, decoder: [1] }), { kind: 'number', value: 1 } as const]) {
      expect(trainedModel(start, value)).toBeNull();
      expect(say(returned(value)).outcome).toBe('fail');
    }
  });

  it('costs nothing where it was too slow, a person decides, or the fault is ours', () => {
    const ended = (ending: Extract<Reply, { kind: 'ended' }>['ending']) => say({ kind: 'ended', ending }).outcome;
    expect(ended({ kind: 'limit', limit: 'cpu-time', allowed: 5 })).toBe('awaiting-person');
    expect(ended({ kind: 'our-fault', problem: 'no box' })).toBe('not-gradable');
    expect(say({ kind: 'unsupported', kernel: 'Einsum' }).outcome).toBe('not-gradable');
  });

  it('never shows the words of an error, which could hold what is trained on', () => {
    const reply: Reply = { kind: 'threw', error: { name: 'Error', message: 'x is 0.123', frames: [] } };
    expect(say(reply).message).not.toContain('0.123');
    expect(say(reply).evidence).toEqual(['x is 0.123']);
  });
});

describe('a training check', () => {
  const practice = task(...bound.checks, training);
  const each = (change: (entry: (typeof cases)[number]) => ReturnType<typeof right>) => Object.fromEntries(cases.map((entry) => [entry.case, change(entry)]));
  const replies = each((entry) => right(entry, 'row, latent'));
  const cut = each((entry) => {
    const reply = right(entry, 'row, latent');
    return { ...reply, gradients: reply.gradients.map((gradient) => ({ ...gradient, modules: new Map([...gradient.modules].map(([name]) => [name, null])) })) };
  });
  const wrong = each((entry) => right(entry, 'row, latent', ({ nelbo }) => ({ nelbo: nelbo + 1 })));
  const failed = returned(record({ encoder: ENCODER, decoder: DECODER }));

  it('without points is asked where only the gradient is wrong', () => {
    expect([replies, cut, wrong].map((given) => wantsTraining(practice, judge(given, practice)))).toEqual([false, true, false]);
  });

  it('with points is asked wherever values are right', () => {
    const counted = task(...bound.checks, { ...training, points: 2 });
    expect([replies, cut, wrong].map((given) => wantsTraining(counted, judge(given, counted)))).toEqual([true, true, false]);
  });

  it('counts as much as it has points', () => {
    const passed = judge(replies, practice);
    expect(withTraining(practice, passed, expectation, failed).outcome).toBe('pass');
    const counted = task(...bound.checks, { ...training, points: 2 });
    expect(withTraining(counted, judge(replies, counted), expectation, failed).outcome).toBe('fail');
    expect(withTraining(practice, judge(cut, practice), expectation, failed).checks.at(-1)).toMatchObject({ check: 'training', points: 0, outcome: 'fail' });
  });
});

function withLabels(model: Model, network: 'encoder' | 'decoder', shift = 0): Model['networks'][string] {
  const [layer] = model.networks[network] ?? [];
  if (layer === undefined) throw new Error('no layer');
  const [inputs = 0, outputs = 0] = layer.kernel.shape;
  const ofLabels = Array.from({ length: 2 * outputs }, (_, index) => 0.3 * Math.sin(index + shift + 1));
  return [{ ...layer, kernel: floats([inputs + 2, outputs], [...layer.kernel.values, ...ofLabels]) }];
}

/** Of the standard normal, by bisection of the error function's integral. */
function quantile(probability: number): number {
  let [low, high] = [-8, 8];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (cumulative(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Abramowitz and Stegun 26.2.17; 7.5e-8. */
function cumulative(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
