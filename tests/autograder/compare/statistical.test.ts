/** Verdicts of the statistical fallback, from replies to sentences: when it is asked, and what it decides. */
import { describe, expect, it } from 'vitest';
import { judgeTask, type TaskJudgement } from '../../../autograder/compare/compare.ts';
import type { Statistics } from '../../../autograder/compare/statistical.ts';
import type { Draw } from '../../../contract/messages.ts';
import type { Reply } from '../../../contract/reply.ts';
import type { StatisticalExpectation } from '../../../contract/statistics.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { accepted, asValue, check, expectation, gradientOf, normals, record, returned, task, tensor, vector } from './evidence-builders.ts';

const bound = task(check('nelbo', 'value', 4, ['nelbo']), check('kl', 'value', 2, ['kl']), check('gradient', 'gradient', 1), check('stability', 'stability', 1, ['nelbo', 'kl']));

/** Two orders of six numbers, and the case in which noise has no order. */
const answers = (one: number, other: number) => [
  accepted({ nelbo: one, kl: 1 }, { layout: 'row, latent', draws: 6, gradients: { nelbo: { encoder: vector(1, 2) } } }),
  accepted({ nelbo: other, kl: 1 }, { layout: 'latent, row', draws: 6, gradients: { nelbo: { encoder: vector(2, 1) } } }),
];
const cases = [
  expectation('A', ['nelbo', 'kl', 'gradient'], answers(3, 4)),
  expectation('blind', ['nelbo', 'kl'], answers(5, 5)),
  expectation('extreme', ['stability'], answers(1000, 1001)),
];

const quantity = { mean: 10, deviation: 0.1, limit: 0.25 };
const expected: StatisticalExpectation = {
  rows: 2048,
  judged: {
    kind: 'averages',
    values: new Map([['nelbo', quantity], ['kl', { mean: 2, deviation: 0.05, limit: 0.12 }]]),
    gradients: new Map([['nelbo', new Map([['encoder', [{ ...quantity, mean: 3, direction: vector(1, 1) }]]])]]),
    extremes: new Map([['extreme', new Map([['nelbo', { mean: 1000, allowance: 20 }], ['kl', { mean: 1, allowance: 0.1 }]])]]),
  },
};

const NOISE = [0.3, -0.8, 1.1, -0.2, -1.3, 0.6, 0.9, -0.6];
const spread = (mean: number, deviation: number): readonly number[] => NOISE.map((noise) => mean + deviation * noise);

interface Calls {
  readonly nelbo?: readonly number[];
  readonly kl?: number;
  readonly encoder?: readonly number[] | null;
}

function statistics({ nelbo = spread(10, 0.1), kl = 2, encoder = [1, 2] }: Calls = {}): Statistics {
  const gradient = encoder === null ? null : vector(...encoder);
  return { expectation: expected, replies: nelbo.map((value) => returned(record({ nelbo: value, kl }), { gradients: [gradientOf('nelbo', { encoder: gradient })] })) };
}

/** Values that fit no layout, drawn like this. */
function judge(draws: readonly Draw[], calls: Statistics | null, { blind = 5.5, extreme = 1010 } = {}): TaskJudgement {
  const reply = (nelbo: number): Reply => returned(record({ nelbo, kl: 1 }), { draws, gradients: [gradientOf('nelbo', { encoder: vector(7, 7) })] });
  return judgeTask(bound, cases, new Map([['A', reply(3.5)], ['blind', reply(blind)], ['extreme', reply(extreme)]]), () => [], calls);
}

const outcomes = ({ checks }: TaskJudgement) => Object.fromEntries(checks.map(({ check: id, outcome }) => [id, outcome]));
const messageOf = ({ checks }: TaskJudgement, id: string) => checks.find(({ check: own }) => own === id)?.message;
const uniform: readonly Draw[] = [{ law: 'uniform', seeded: false, count: 12 }];

describe('noise that cannot be matched', () => {
  it('asks for statistics, and passes by them', () => {
    expect(judge(uniform, null)).toMatchObject({ outcome: 'awaiting-person', needsStatistics: true });
    const judged = judge(uniform, statistics());
    expect(judged).toMatchObject({ outcome: 'pass', needsStatistics: false, remarks: [] });
    expect(judged.checks[0]?.evidence).toEqual([expect.stringMatching(/^judged by statistics: nelbo: average 10.0000, right 10.0000, z = -?0.00, at most 0.250 off$/)]);
  });

  it('fails an average that is off, without showing a number', () => {
    const judged = judge(uniform, statistics({ nelbo: spread(10.5, 0.1) }));
    expect(outcomes(judged)).toMatchObject({ nelbo: 'fail', kl: 'pass' });
    expect(messageOf(judged, 'nelbo')).toBe('The average of nelbo over many calls differs from the right one by more than chance explains.');
  });

  it('judges gradients by their average, and names a module that none reaches', () => {
    expect(messageOf(judge(uniform, statistics({ encoder: [2, 2] })), 'gradient')).toBe('The gradient of nelbo with respect to the encoder is not right.');
    expect(messageOf(judge(uniform, statistics({ encoder: null })), 'gradient')).toBe('No gradient of nelbo reaches the encoder.');
  });

  it('holds extreme results against the range that noise can reach', () => {
    expect(outcomes(judge(uniform, statistics(), { extreme: 1200 }))).toMatchObject({ nelbo: 'pass', stability: 'fail' });
  });

  it('takes calls that repeat each other for one', () => {
    expect(judge(uniform, statistics({ nelbo: NOISE.map(() => 10.5) })).outcome).toBe('pass');
    expect(outcomes(judge(uniform, statistics({ nelbo: NOISE.map(() => 11) })))).toMatchObject({ nelbo: 'fail' });
  });

  it('remarks on noise that all rows share, and leaves an average to a person that it makes unclear', () => {
    const judged = judge(uniform, statistics({ nelbo: spread(10, 5) }));
    expect(judged.outcome).toBe('pass');
    expect(judged.remarks).toEqual([expect.stringContaining('This costs no marks.')]);
    expect(outcomes(judge(uniform, statistics({ nelbo: spread(12, 5) })))).toMatchObject({ nelbo: 'awaiting-person' });
  });

  it('leaves it to a person where the calls did not come back', () => {
    const { replies } = statistics();
    const slow: Statistics = { expectation: expected, replies: [...replies.slice(0, 2), { kind: 'ended', ending: { kind: 'limit', limit: 'cpu-time', allowed: 5 } }] };
    expect(judge(uniform, slow).outcome).toBe('awaiting-person');
  });

  it('fails what is NaN in any call', () => {
    expect(messageOf(judge(uniform, statistics({ nelbo: [10, Number.NaN, 10, 10, 10, 10, 10, 10] })), 'nelbo')).toBe('nelbo holds NaN (not a number).');
  });
});

describe('noise of a known count in an order that is not in the list', () => {
  it('is doubted where the case without an order is right, and then passes by statistics', () => {
    expect(judge([normals(6)], null, { blind: 5 })).toMatchObject({ outcome: 'fail', needsStatistics: true });
    expect(judge([normals(6)], statistics(), { blind: 5 }).outcome).toBe('pass');
  });

  it('keeps the words of the exact comparison where statistics say it is wrong as well', () => {
    const judged = judge([normals(6)], statistics({ nelbo: spread(11, 0.1) }), { blind: 5 });
    expect(messageOf(judged, 'nelbo')).toContain('differs from the right result in case A');
  });

  it('is a mistake where that case is wrong: no order could cure it', () => {
    expect(judge([normals(6)], null)).toMatchObject({ outcome: 'fail', needsStatistics: false });
    expect(judge([normals(6)], statistics()).outcome).toBe('fail');
  });
});

describe('samplers', () => {
  const sampler = task(check('samples', 'value', 4), check('gradient', 'gradient', 2));
  const [rows, columns] = [2048, 2];
  const numbers = seededNumbers(5);
  const size = rows * columns;
  const shape = [rows, columns];
  const mean = tensor(shape, Array.from({ length: size }, () => numbers.uniform(-1.5, 1.5)));
  const variance = tensor(shape, Array.from({ length: size }, () => numbers.uniform(1.6, 4)));
  const weights = tensor(shape, Array.from({ length: size }, () => numbers.uniform(0.5, 1.5)));
  const entry = expectation('A', ['samples', 'gradient'], [accepted({ '': vector(1) }, { layout: 'row, latent', draws: 1, gradients: { '': { mean: vector(1), variance: vector(1) } } })]);

  function judgeSampler(noiseOf: (call: number) => readonly number[], law: Draw['law'], slope = 1): TaskJudgement {
    const draws = [{ law, seeded: false, count: 2 }] as const;
    const replies = Array.from({ length: 8 }, (_, call) => {
      const noise = noiseOf(call);
      const deviation = (index: number): number => Math.sqrt(variance.values[index] ?? 1);
      const sample = noise.map((value, index) => (mean.values[index] ?? 0) + deviation(index) * value);
      const toVariance = noise.map((value, index) => (slope * (weights.values[index] ?? 0) * value) / (2 * deviation(index)));
      return returned(asValue(tensor(shape, sample)), { draws, gradients: [gradientOf('', { mean: weights, variance: tensor(shape, toVariance) })] });
    });
    const exact = returned(asValue(vector(9)), { draws, gradients: [gradientOf('', { mean: vector(9), variance: vector(9) })] });
    return judgeTask(sampler, [entry], new Map([['A', exact]]), () => [], { expectation: { rows, judged: { kind: 'sampler', mean, variance, weights } }, replies });
  }

  it('of normal numbers pass', () => {
    expect(judgeSampler(() => numbers.normals(size), 'uniform').outcome).toBe('pass');
  });

  it.each<[what: string, noise: (call: number) => readonly number[], law: Draw['law'], message: string]>([
    ['uniform numbers', () => Array.from({ length: size }, () => numbers.uniform()), 'uniform', 'The samples do not have the mean that was asked for. Its noise is made from uniform numbers, where a Gaussian sample needs Gaussian noise.'],
    ['half the spread', () => numbers.normals(size, 0.5), 'normal', 'The samples do not have the variance that was asked for.'],
    ['one row of noise for all', () => { const row = numbers.normals(columns); return Array.from({ length: size }, (_, index) => row[index % columns] ?? 0); }, 'normal', 'The rows of a sample are not independent of each other, as if they shared their noise: every entry needs noise of its own.'],
    ['one number a row', () => { const column = numbers.normals(rows); return Array.from({ length: size }, (_, index) => column[Math.floor(index / columns)] ?? 0); }, 'normal', 'The dimensions of a sample are not independent of each other, as if they shared their noise: every entry needs noise of its own.'],
    ['a generator that starts again', () => seededNumbers(3).normals(size), 'normal', 'The same numbers came back at every call: the generator starts again inside the function, so nothing new is drawn.'],
  ])('of %s fail, and are told so', (_, noise, law, message) => {
    expect(messageOf(judgeSampler(noise, law), 'samples')).toBe(message);
  });

  it('have the gradient that follows from the sample', () => {
    const judged = judgeSampler(() => numbers.normals(size), 'uniform', 2);
    expect(outcomes(judged)).toEqual({ samples: 'pass', gradient: 'fail' });
    expect(messageOf(judged, 'gradient')).toBe('The gradient of the result with respect to the variance is not right.');
  });
});
