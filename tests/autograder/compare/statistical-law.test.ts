/** Samplers of other laws than the Gaussian: right ones pass, near misses do not, whatever the noise was. */
import { describe, expect, it } from 'vitest';
import { judgeLaw, judgeLawGradients } from '../../../autograder/compare/statistical-law.ts';
import { normalQuantile } from '../../../autograder/compare/normal-quantile.ts';
import { normalDistribution } from '../../../autograder/compare/normal-sample.ts';
import type { Reply } from '../../../contract/reply.ts';
import type { SampledLaw } from '../../../contract/statistics.ts';
import { range } from '../../oracles/arrays.ts';
import { seededNumbers, type SeededNumbers } from '../../oracles/seeded-numbers.ts';

type Returned = Extract<Reply, { kind: 'returned' }>;
/** The entries of one row, from noise. */
type Row = (random: SeededNumbers) => readonly number[];

const [ROWS, CALLS] = [4096, 8];
const probabilities = [0.13, 0.42, 0.27, 0.18];
const [rate, temperature] = [2.3, 0.7];
const laws = {
  exponential: { name: 'exponential', rate },
  categorical: { name: 'categorical', probabilities },
  'gumbel-softmax': { name: 'gumbel-softmax', probabilities, temperature },
} as const satisfies Record<string, SampledLaw>;

/** In (0, 1) as a child draws it, in float32. */
const open = (random: SeededNumbers): number => Math.fround(Math.max(random.uniform(), 2 ** -24) * (1 - 2 ** -24));
const gumbel = (random: SeededNumbers): number => -Math.log(-Math.log(open(random)));
const softmax = (logits: readonly number[]): readonly number[] => {
  const weights = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};
const label = (u: number, of: readonly number[]): number => {
  let left = u;
  const found = of.findIndex((probability) => (left -= probability) < 0);
  return found < 0 ? of.length - 1 : found;
};
const relaxed = (logit: (probability: number, random: SeededNumbers) => number): Row => (random) => softmax(probabilities.map((probability) => logit(probability, random)));

const right: Readonly<Record<keyof typeof laws, Row>> = {
  exponential: (random) => [-Math.log(1 - open(random)) / rate],
  categorical: (random) => [label(open(random), probabilities)],
  'gumbel-softmax': relaxed((probability, random) => (Math.log(probability) + gumbel(random)) / temperature),
};

function replies(row: Row, seed: number, rows = ROWS): readonly Returned[] {
  const random = seededNumbers(seed);
  return range(CALLS).map(() => {
    const entries = range(rows).map(() => row(random));
    const width = entries[0]?.length ?? 1;
    const shape = width === 1 ? [rows] : [rows, width];
    return { kind: 'returned', value: { kind: 'tensor', tensor: { dtype: 'float32', shape, values: Float32Array.from(entries.flat()) } }, gradients: [], draws: [], operations: 0 };
  });
}

const judged = (name: keyof typeof laws, row: Row, seed = 1) => judgeLaw(replies(row, seed), { kind: 'law', law: laws[name] }, ROWS);

describe('a right sample', () => {
  it.each(range(12).flatMap((seed) => (Object.keys(laws) as (keyof typeof laws)[]).map((name) => [name, seed] as const)))('of the %s law passes with seed %i', (name, seed) => {
    expect(judged(name, right[name], seed).kind).toBe('agrees');
  });

  it('leaves statistics that are no larger than chance makes them: a hundred samples, ten numbers each', () => {
    const worst = range(100).flatMap((seed) => {
      const { evidence } = judgeLaw(replies(right['gumbel-softmax'], 1000 + seed, 256), { kind: 'law', law: laws['gumbel-softmax'] }, 256);
      return evidence.flatMap((line) => [.../: (\d+\.\d+) of at most (\S+)/.exec(line) ?? []].slice(1, 2).map(Number));
    });
    // Of a thousand absolute standard normals about 46 are beyond 2, and 3 beyond 3.
    expect(worst.filter((statistic) => statistic > 2).length).toBeLessThan(90);
    expect(worst.filter((statistic) => statistic > 3.5).length).toBeLessThan(6);
  });
});

describe('a wrong sample', () => {
  const wrong: readonly (readonly [what: string, name: keyof typeof laws, row: Row, sentence: RegExp])[] = [
    ['lambda taken for the mean', 'exponential', (random) => [-Math.log(open(random)) * rate], /rate\. Their average is near lambda/],
    ['another rate, by a twentieth', 'exponential', (random) => [-Math.log(open(random)) / (1.05 * rate)], /do not follow the exponential/],
    ['the other sign', 'exponential', (random) => [Math.log(open(random)) / rate], /negative/],
    ['half a normal of the same mean', 'exponential', (random) => [Math.abs(random.normal()) * Math.sqrt(Math.PI / 2) / rate], /do not follow the exponential/],
    ['a probability off by three hundredths', 'categorical', (random) => [label(open(random), [0.16, 0.39, 0.27, 0.18])], /probabilities/],
    ['labels from 1', 'categorical', (random) => [label(open(random), probabilities) + 1], /none of 0 to 3/],
    ['uniform noise', 'gumbel-softmax', relaxed((probability, random) => (Math.log(probability) + open(random)) / temperature), /Gumbel-softmax/],
    ['the other sign of the noise', 'gumbel-softmax', relaxed((probability, random) => (Math.log(probability) - gumbel(random)) / temperature), /Gumbel-softmax/],
    ['another temperature, by a tenth', 'gumbel-softmax', relaxed((probability, random) => (Math.log(probability) + gumbel(random)) / (1.1 * temperature)), /Gumbel-softmax/],
    ['probabilities without their logarithm', 'gumbel-softmax', relaxed((probability, random) => (probability + gumbel(random)) / temperature), /Gumbel-softmax/],
    ['one-hot rows', 'gumbel-softmax', (random) => probabilities.map((_, index) => (index === label(open(random), probabilities) ? 1 : 0)), /exact zeros|add up to 1/],
    ['rows that do not add up', 'gumbel-softmax', (random) => softmax(probabilities.map(() => gumbel(random))).map((share) => 0.9 * share), /add up to 1/],
  ];

  it.each(wrong)('%s (%s)', (_, name, row, sentence) => {
    const found = judged(name, row);
    expect(found.kind).toBe('differs');
    expect('message' in found ? found.message : '').toMatch(sentence);
  });

  it('whose rows share their noise is called dependent', () => {
    let last = 0;
    const found = judged('exponential', (random) => [(last = random.uniform() < 0.5 ? last : -Math.log(open(random)) / rate)]);
    expect(found).toMatchObject({ kind: 'differs', message: expect.stringContaining('not independent') });
  });

  it('that repeats itself at every call is told so', () => {
    const [first] = replies(right.exponential, 5);
    const same = range(CALLS).flatMap(() => first ?? []);
    expect(judgeLaw(same, { kind: 'law', law: laws.exponential }, ROWS)).toMatchObject({ kind: 'differs', message: expect.stringContaining('same numbers came back') });
  });

  it('of another shape is named by it', () => {
    expect(judgeLaw(replies(right.exponential, 1, 10), { kind: 'law', law: laws.exponential }, ROWS)).toMatchObject({ kind: 'differs', message: expect.stringContaining('shape [10]') });
  });
});

describe('gradients', () => {
  const weights = { dtype: 'float32', shape: [2], values: Float32Array.of(1, 2) } as const;
  const reply = (gradient: number | null): Returned => ({
    kind: 'returned',
    value: { kind: 'tensor', tensor: { dtype: 'float32', shape: [2], values: Float32Array.of(0.5, 1.5) } },
    gradients: [{ component: '', modules: new Map([['lambda', gradient === null ? null : { dtype: 'float32', shape: [1], values: Float32Array.of(gradient) }]]), error: null }],
    draws: [],
    operations: 0,
  });
  const judge = (gradient: number | null) => judgeLawGradients([reply(gradient)], { kind: 'law', law: laws.exponential, differentiated: { parameter: 'lambda', weights } });

  it('follow from the draws: -x / lambda, weighted', () => {
    expect(judge(-(0.5 + 2 * 1.5) / rate).kind).toBe('agrees');
    expect(judge((0.5 + 2 * 1.5) / rate)).toMatchObject({ kind: 'differs', message: expect.stringContaining('is not right') });
    expect(judge(null)).toMatchObject({ kind: 'differs', message: 'No gradient of the result reaches lambda.' });
  });
});

it('the quantile undoes the distribution function', () => {
  for (const x of [-5, -2.5, -1, -0.1, 0, 0.3, 1.9, 3, 4.5]) expect(normalQuantile(normalDistribution(x))).toBeCloseTo(x, Math.abs(x) > 4 ? 1 : 4);
  expect([normalQuantile(0), normalQuantile(1)]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});
