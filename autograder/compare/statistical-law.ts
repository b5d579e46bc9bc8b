/**
 * Judges a sampler of a law that is not Gaussian: a right sample is carried over to independent standard normals
 * by the distribution function of its law (Rosenblatt 1952), so the tests of normal-sample.ts serve here too.
 */
import type { SampledLaw, StatisticalExpectation } from '../../contract/statistics.ts';
import type { TensorData } from '../../contract/values.ts';
import type { Returned } from './evidence.ts';
import type { Finding } from './findings.ts';
import { normalQuantile } from './normal-quantile.ts';
import { type Aspect, type StandardisedCall, testNormal } from './normal-sample.ts';
import { findComponent } from './shape.ts';
import { GRADIENT_TOLERANCE } from './distance.ts';
import { judgeNormals } from './statistical-sampler.ts';

type LawExpectation = Extract<StatisticalExpectation['judged'], { kind: 'law' }>;

/** Every draw has the same law. */
const NOTHING_GIVEN = { mean: [], variance: [] };

/** Rows of a softmax add up to one, in float32. */
const ROUNDING = 1e-3;

/** Half of float32's step below 1. */
const SMALLEST = 2 ** -25;

/** What neighbours in a row have to do with one another is part of the law. */
const DEPENDENT: Readonly<Partial<Record<Aspect, string>>> = {
  rows: 'The draws are not independent of each other, as if they shared their noise: every draw needs noise of its own.',
  calls: 'The draws of one call are not independent of those of the next.',
};

const LAWS: Readonly<Record<SampledLaw['name'], string>> = {
  exponential: 'The draws do not follow the exponential distribution with this rate.',
  categorical: 'The labels do not come with the probabilities that were asked for.',
  'gumbel-softmax': 'The rows do not follow the Gumbel-softmax distribution with these probabilities and this temperature.',
};

export function judgeLaw(replies: readonly Returned[], { law }: LawExpectation, rows: number): Finding {
  const shape = law.name === 'gumbel-softmax' ? [rows, law.probabilities.length] : [rows];
  const calls: StandardisedCall[] = [];
  for (const [call, reply] of replies.entries()) {
    const found = findComponent(reply.value, '', [], shape);
    if (found.kind === 'problem') return { kind: 'differs', message: `${found.problem}.`, evidence: [found.problem] };
    const normals = toNormals(found.tensor, law, call);
    if (typeof normals === 'string') return { kind: 'differs', message: normals, evidence: [] };
    calls.push(normals);
  }
  const columns = law.name === 'gumbel-softmax' ? law.probabilities.length - 1 : 1;
  return judgeNormals(calls, columns, NOTHING_GIVEN, () => dependence(calls, columns) ?? LAWS[law.name] + ofMean(replies, law));
}

/** Of a wrong law columns have wrong means, which look like dependence: so they are put right before it is looked for. */
function dependence(calls: readonly StandardisedCall[], columns: number): string | null {
  const moments = Array.from({ length: columns }, (_, column) => momentsOf(calls.flatMap((call) => Array.from(call).filter((_value, index) => index % columns === column))));
  const righted = calls.map((call) => call.map((value, index) => (value - (moments[index % columns]?.mean ?? 0)) / (moments[index % columns]?.deviation ?? 1)));
  const failed = testNormal(righted, columns, NOTHING_GIVEN).find(({ aspect, statistic, bar }) => DEPENDENT[aspect] !== undefined && !(statistic <= bar));
  return failed === undefined ? null : (DEPENDENT[failed.aspect] ?? null);
}

function momentsOf(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) || 1 };
}

/** The gradient follows from the draws themselves, whichever noise they were made of. */
export function judgeLawGradients(replies: readonly Returned[], { law, differentiated }: LawExpectation): Finding {
  if (differentiated === undefined) throw new Error('no gradient of this law is asked for');
  const { parameter, weights } = differentiated;
  for (const reply of replies) {
    const given = reply.gradients.find(({ component }) => component === '');
    if (given === undefined || reply.value.kind !== 'tensor') return { kind: 'differs', message: 'No gradient was returned.', evidence: [] };
    if (given.error !== null) return { kind: 'differs', message: `The gradient of the result could not be taken: ${given.error}`, evidence: [] };
    const gradient = given.modules.get(parameter) ?? null;
    if (gradient === null || gradient.values.every((value) => value === 0)) return { kind: 'differs', message: `No gradient of the result reaches ${parameter}.`, evidence: [] };
    const right = gradientOf(reply.value.tensor, law, weights);
    const worst = right.reduce((most, entry, index) => Math.max(most, Math.abs((gradient.values[index] ?? Number.NaN) - entry)), 0);
    if (worst <= GRADIENT_TOLERANCE * (1 + Math.max(...right.map(Math.abs)))) continue;
    return { kind: 'differs', message: `The gradient of the result with respect to ${parameter} is not right.`, evidence: [`off by ${worst.toPrecision(3)}`] };
  }
  return { kind: 'agrees', evidence: ['gradients compared with those that follow from the draws'] };
}

/** Independent standard normals of a right sample, or what makes it impossible. */
function toNormals({ values }: TensorData, law: SampledLaw, call: number): StandardisedCall | string {
  switch (law.name) {
    case 'exponential':
      if (values.some((value) => value < 0)) return 'A draw is negative, which an exponential variable never is.';
      // By the upper tail exp(-rate x): 1 minus it would lose the digits of large draws.
      return Float64Array.from(values, (value) => -boundedQuantile(Math.exp(-law.rate * value)));
    case 'categorical':
      return labelsToNormals(values, law.probabilities, call);
    case 'gumbel-softmax':
      return rowsToNormals(values, law.probabilities, law.temperature);
  }
}

/** A label becomes a uniform anywhere in its own stretch of (0, 1); where, is chosen by a generator of ours. */
function labelsToNormals(values: TensorData['values'], probabilities: readonly number[], call: number): StandardisedCall | string {
  if (values.some((value) => !Number.isInteger(value) || (probabilities[value] ?? 0) === 0)) {
    return `A label is none of 0 to ${probabilities.length - 1}, or has probability 0.`;
  }
  const below = probabilities.map((_, label) => probabilities.slice(0, label).reduce((sum, value) => sum + value, 0));
  const uniform = generator(call + 1);
  return Float64Array.from(values, (label) => boundedQuantile((below[label] ?? 0) + uniform() * (probabilities[label] ?? 0)));
}

/**
 * With y_i proportional to (p_i / E_i)^(1/t) and E_i = exp(-g_i) exponential, p_i y_i^-t is proportional to E_i: its
 * shares are uniform on the simplex, and each share of what the shares before it left is a Beta(1, K - i) variable.
 */
function rowsToNormals(values: TensorData['values'], probabilities: readonly number[], temperature: number): StandardisedCall | string {
  const size = probabilities.length;
  const normals = new Float64Array((values.length / size) * (size - 1));
  for (let row = 0; row < values.length / size; row += 1) {
    const entries = Array.from(values.slice(row * size, (row + 1) * size));
    if (entries.some((value) => value < 0) || !(Math.abs(entries.reduce((sum, value) => sum + value, 0) - 1) <= ROUNDING)) return 'A row does not hold shares that add up to 1.';
    if (entries.includes(0)) return 'A row holds exact zeros, where a softmax at this temperature leaves something everywhere: argmax and one-hot rows let no gradient through.';
    // Of the largest share: none of them overflows.
    const logs = entries.map((value, index) => Math.log(probabilities[index] ?? 0) - temperature * Math.log(value));
    const largest = Math.max(...logs);
    const shares = logs.map((value) => Math.exp(value - largest));
    let left = shares.reduce((sum, value) => sum + value, 0);
    for (let index = 0; index < size - 1; index += 1) {
      const rest = left - (shares[index] ?? 0);
      normals[row * (size - 1) + index] = -boundedQuantile((rest / left) ** (size - 1 - index));
      left = rest;
    }
  }
  return normals;
}

/** In float32 log(1 - u) is 0 for a u below 6e-8, which comes up once in some hundred samples: no right one may fail by it. */
function boundedQuantile(p: number): number {
  return normalQuantile(Math.min(Math.max(p, SMALLEST), 1 - SMALLEST));
}

function gradientOf({ values }: TensorData, law: SampledLaw, { values: weights }: TensorData): readonly number[] {
  const weighted = (index: number): number => weights[weights.length === 1 ? 0 : index] ?? 0;
  switch (law.name) {
    case 'exponential':
      // x = -log(1 - u) / rate, so dx / d rate = -x / rate
      return [Array.from(values).reduce((sum, value, index) => sum - (weighted(index) * value) / law.rate, 0)];
    case 'categorical':
      throw new Error('a label has no gradient');
    case 'gumbel-softmax': {
      // d y_i / d p_j = y_i (1[i = j] - y_j) / (t p_j)
      const size = law.probabilities.length;
      const sums = new Float64Array(size);
      for (let row = 0; row < values.length; row += size) {
        const average = law.probabilities.reduce((sum, _, index) => sum + weighted(row + index) * (values[row + index] ?? 0), 0);
        for (let index = 0; index < size; index += 1) sums[index] = (sums[index] ?? 0) + (values[row + index] ?? 0) * (weighted(row + index) - average);
      }
      return law.probabilities.map((probability, index) => (sums[index] ?? 0) / (law.temperature * probability));
    }
  }
}

/** The commonest mistake, named where the average tells it without doubt. */
function ofMean(replies: readonly Returned[], law: SampledLaw): string {
  if (law.name !== 'exponential') return '';
  const all = replies.flatMap(({ value }) => (value.kind === 'tensor' ? Array.from(value.tensor.values) : []));
  const average = all.reduce((sum, value) => sum + value, 0) / all.length;
  return Math.abs(average / law.rate - 1) < 0.05 ? ' Their average is near lambda, as if it were the mean; lambda is the rate, and the mean is 1 / lambda.' : '';
}

/** A small seeded generator of uniforms on (0, 1). */
function generator(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}
