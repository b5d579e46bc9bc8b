/** kth-1b's rows on its trained model: the notebook's losses against the checkpoint, its bands, and images beside their reconstructions. */
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/kth-1b/assignment.ts';
import { fromNoise, reconstruction, trained } from '../../../assignments/kth-1b/trained.ts';
import { judgeFigure, judgeTrained, openTrainedWork, type TrainedWork } from '../../../autograder/trained/trained.ts';
import type { Evaluation, EvaluationRequest } from '../../../contract/evaluation.ts';
import { picturesAskedFor } from '../../../contract/rubric.ts';
import { encodeSafetensors } from '../../../contract/safetensors.ts';
import type { Submission } from '../../../contract/submission.ts';
import { initialWeights } from '../../../training/initial-weights.ts';

const weights = encodeSafetensors(initialWeights('kth-vae', 1));
const samples = Uint8Array.from({ length: 560 * 280 }, (_, index) => ((index * 2654435761) >>> 24) & 255);
const grid = encode({ width: 560, height: 280, channels: 1, data: samples });
const estimate = (value: number) => ({ value, error: 0.02, once: 0.2 });

type Evaluated = Extract<Evaluation, { kind: 'evaluated' }>;
const measuring = (loss: number, nelbo: number, more: Partial<Evaluated> = {}): Evaluated => ({ kind: 'evaluated', public: { 'training-loss': estimate(loss), nelbo: estimate(nelbo) }, hidden: null, reference: null, pictures: null, ...more });

interface Given {
  readonly losses?: readonly number[];
  readonly evaluation?: Evaluated;
  readonly metrics?: object;
  readonly files?: Readonly<Record<string, Uint8Array>>;
  readonly attachments?: readonly string[];
  readonly onRequest?: (request: EvaluationRequest) => void;
}

function open({ losses = [96.8, 95.5, 94.4], evaluation = measuring(93.6, 98.7), metrics = {}, files = {}, attachments = [], onRequest = () => undefined }: Given): TrainedWork {
  const run = { dataSet: 'drawn-digits', iterations: 3000, batch: 100, learningRate: 0.001, seed: 1, losses, measured: {}, ...metrics };
  const all: Readonly<Record<string, Uint8Array>> = { 'checkpoints/kth-vae.safetensors': weights, 'metrics.json': Buffer.from(JSON.stringify({ format: 1, runs: { 'kth-vae': run } })), ...files };
  const results = Object.entries(all).map(([path, bytes]) => ({ path, content: { kind: 'bytes', bytes } as const }));
  const named = [...Object.keys(files), ...attachments].map((name) => ({ name, sha256: name }));
  const submission: Submission = { student: { id: 's1' }, source: 's1', code: [], written: [], attachments: named, results, notes: [] };
  const evaluator = {
    evaluate: (request: EvaluationRequest) => {
      onRequest(request);
      return Promise.resolve(evaluation);
    },
    close: () => undefined,
  };
  return openTrainedWork(submission, { evaluator, dataSet: {}, figures: [reconstruction, fromNoise], taken: picturesAskedFor(assignment) });
}

async function verdict(given: Given) {
  const { outcome, earned, checks } = await judgeTrained(trained, open(given), { kind: 'none' }, { bands: assignment.bands ?? [], classified: 1000, wrongFunctions: [], mistakePaidOnce: true });
  return { outcome, earned, checks: checks.map((check) => check.outcome), messages: checks.map(({ message }) => message) };
}

describe('the loss of the last epoch', () => {
  it('is the checkpoint’s, a little behind it, in either scale', async () => {
    for (const last of [94.4, (94.4 * 200) / 199]) expect(await verdict({ losses: [96.8, 95.5, last] })).toMatchObject({ outcome: 'pass', earned: 4 });
  });

  it('that is too good to be the checkpoint’s costs its mark, and both numbers are told', async () => {
    const { earned, checks, messages } = await verdict({ losses: [96.8, 95.5, 83.8] });
    expect([earned, ...checks]).toEqual([3, 'fail', 'pass']);
    expect(messages[0]).toBe('You report the training loss 83.80 where the checkpoint measures 93.60.');
  });

  it('that falls steeply lies far behind, and is honest', async () => {
    const { earned, checks, messages } = await verdict({ losses: [245.2, 196.7], evaluation: measuring(177.4, 179.9), metrics: { iterations: 400 } });
    expect([earned, ...checks]).toEqual([1, 'pass', 'fail']);
    expect(messages[0]).toBe('On training images the checkpoint measures the training loss 177.40.');
    expect(messages[1]).toMatch(/^the training loss is 177\.40 on training images, where right work stays below .* It was trained for 400 iterations; the handout asks for 3,000\.$/);
    expect(await verdict({ losses: [245.2], evaluation: measuring(200, 210), metrics: { iterations: 300 } })).toMatchObject({ checks: ['pass', 'fail'] });
    // Falling steeply is no licence to report what is better.
    expect(await verdict({ losses: [245.2, 170], evaluation: measuring(177.4, 179.9) })).toMatchObject({ checks: ['fail', 'fail'] });
  });

  it('is asked for', async () => {
    expect(await verdict({ losses: [] })).toMatchObject({ earned: 3, checks: ['unanswered', 'pass'] });
  });
});

it('an epoch of MNIST is three times as long, and the published losses are in its band', async () => {
  const mnist = { dataSet: 'mnist', iterations: 9000 };
  expect(await verdict({ losses: [84.7, 84.2, 83.77], evaluation: measuring(84.4, 85.8), metrics: mnist })).toMatchObject({ outcome: 'pass', earned: 4 });
  const short = await verdict({ losses: [119.6, 104.1], evaluation: measuring(100, 101), metrics: { ...mnist, iterations: 1200 } });
  expect(short.messages[1]).toMatch(/the handout asks for 9,000\.$/);
});

describe('images beside their reconstructions', () => {
  const judge = (given: Given) => judgeFigure(reconstruction, open(given));
  const pairs = (given: number, own: number): Evaluated => measuring(93.6, 98.7, { pairs: { drawn: samples, difference: { given, own } } });

  it('are asked of the checkpoint, and those from noise apart', async () => {
    const requests: EvaluationRequest[] = [];
    const { outcome, earned, figures } = await judge({ files: { 'reconstruction.png': grid }, evaluation: pairs(5, 5), onRequest: (request) => requests.push(request) });
    expect([outcome, earned]).toEqual(['pass', 2]);
    expect(requests.map(({ pairs: sent, pictures }) => [sent?.length, pictures?.length])).toEqual([[200 * 784, undefined]]);
    expect(figures?.map(({ caption }) => caption)).toEqual(['Handed in as reconstruction.png', 'Drawn by elbow from your checkpoint']);
  });

  // Measured: samples of one checkpoint differ by 7.04 of 255, those of two right runs by 9.38, images and reconstructions by 9.56.
  it.each([['another right run', 9.38, 7.04], ['no model: they are the images again', 9.56, 7.06], ['a run of a few steps', 26.4, 7.06]])('made by %s are for a person, beside the checkpoint’s own', async (_, given, own) => {
    expect(await judge({ files: { 'reconstruction.png': grid }, evaluation: pairs(given, own) })).toMatchObject({ outcome: 'awaiting-person', earned: 1 });
  });

  it('made with another sample, or with the mean, are the checkpoint’s', async () => {
    for (const given of [4.9, 7.04]) expect(await judge({ files: { 'reconstruction.png': grid }, evaluation: pairs(given, 7.04) })).toMatchObject({ outcome: 'pass', earned: 2 });
  });

  it('as the notebook shows one are for a person', async () => {
    const one = encode({ width: 28, height: 28, channels: 1, data: samples.subarray(0, 784) });
    expect(await judge({ files: { 'reconstruction.png': one } })).toMatchObject({ outcome: 'awaiting-person', earned: 0, message: expect.stringMatching(/is 28 x 28 pixels; 10 x 20 pictures/) });
  });

  it('are not what another row asks for', async () => {
    const others = ['from-noise.png', 'Graphical-Model.JPG', 'exponential-histogram.png'];
    expect(await judge({ attachments: others })).toMatchObject({ outcome: 'unanswered' });
    expect(await judge({ attachments: [...others, 'reconstruction.jpg'] })).toMatchObject({ outcome: 'awaiting-person', message: 'A person marks this from reconstruction.jpg.' });
  });
});
