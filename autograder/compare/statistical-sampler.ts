/** Judges a sampler by what it returned in several calls, each with thousands of rows of noise of its own. */
import type { StatisticalExpectation } from '../../contract/statistics.ts';
import type { TensorData } from '../../contract/values.ts';
import type { Returned } from './evidence.ts';
import type { Finding } from './findings.ts';
import { type Aspect, type NormalTest, type StandardisedCall, testNormal } from './normal-sample.ts';
import { findComponent } from './shape.ts';

export type SamplerExpectation = Extract<StatisticalExpectation['judged'], { kind: 'sampler' }>;

const GRADIENT_TOLERANCE = 1e-4;

const SENTENCES: Readonly<Record<Aspect, string>> = {
  mean: 'The samples do not have the mean that was asked for.',
  spread: 'The samples do not have the variance that was asked for.',
  rows: 'The rows of a sample are not independent of each other, as if they shared their noise: every entry needs noise of its own.',
  dimensions: 'The dimensions of a sample are not independent of each other, as if they shared their noise: every entry needs noise of its own.',
  calls: 'The samples of one call are not independent of those of the next.',
  shape: 'The samples are not normally distributed.',
};

const REPEATED = 'The same numbers came back at every call: the generator starts again inside the function, so nothing new is drawn.';

/** What else than normal draws a function started from, as a half-sentence. */
const LAWS: Readonly<Record<string, string>> = {
  uniform: 'uniform numbers',
  'truncated-normal': 'truncated normal numbers, which never lie beyond two deviations',
  gamma: 'gamma numbers',
};

export function judgeSamples(replies: readonly Returned[], expected: SamplerExpectation): Finding {
  const calls: StandardisedCall[] = [];
  for (const reply of replies) {
    const found = findComponent(reply.value, '', [], expected.mean.shape);
    if (found.kind === 'problem') return { kind: 'differs', message: `${found.problem}.`, evidence: [found.problem] };
    calls.push(standardised(found.tensor, expected));
  }
  const given = { mean: expected.mean.values, variance: expected.variance.values };
  return judgeNormals(calls, expected.mean.shape.at(-1) ?? 1, given, (aspect) => SENTENCES[aspect] + lawOf(replies));
}

/** Numbers that a right sampler makes independent standard normals, row by row; `sentence` is for what they are instead. */
export function judgeNormals(calls: readonly StandardisedCall[], columns: number, given: Parameters<typeof testNormal>[2], sentence: (aspect: Aspect) => string): Finding {
  const tests = testNormal(calls, columns, given);
  const evidence = [`judged by statistics over ${calls.length} calls of ${calls[0]?.length ?? 0} numbers`, ...tests.map(describe)];
  if (repeats(calls)) return { kind: 'differs', message: REPEATED, evidence };
  const failed = tests.find(({ statistic, bar }) => !(statistic <= bar));
  return failed === undefined ? { kind: 'agrees', evidence } : { kind: 'differs', message: sentence(failed.aspect), evidence };
}

/** The gradient with respect to mean and variance follows from the sample itself: it is exact, whatever the noise. */
export function judgeSampleGradients(replies: readonly Returned[], expected: SamplerExpectation): Finding {
  for (const reply of replies) {
    const sample = findComponent(reply.value, '', [], expected.mean.shape);
    const given = reply.gradients.find(({ component }) => component === '');
    if (sample.kind === 'problem' || given === undefined) return { kind: 'differs', message: 'No gradient was returned.', evidence: [] };
    if (given.error !== null) return { kind: 'differs', message: `The gradient of the result could not be taken: ${given.error}`, evidence: [] };
    const weights = Array.from(expected.weights.values);
    const noise = standardised(sample.tensor, expected);
    const right = {
      mean: weights,
      // d (mean + sd * noise) / d variance = noise / (2 sd)
      variance: weights.map((weight, index) => (weight * (noise[index] ?? 0)) / (2 * Math.sqrt(expected.variance.values[index] ?? 1))),
    };
    for (const [module, entries] of Object.entries(right)) {
      const gradient = given.modules.get(module) ?? null;
      if (gradient === null || gradient.values.every((value) => value === 0)) return { kind: 'differs', message: `No gradient of the result reaches the ${module}.`, evidence: [] };
      const worst = entries.reduce((most, entry, index) => Math.max(most, Math.abs((gradient.values[index] ?? Number.NaN) - entry)), 0);
      if (worst <= GRADIENT_TOLERANCE * (1 + Math.max(...entries.map(Math.abs)))) continue;
      return { kind: 'differs', message: `The gradient of the result with respect to the ${module} is not right.`, evidence: [`off by ${worst.toPrecision(3)}`] };
    }
  }
  return { kind: 'agrees', evidence: ['gradients compared with those that follow from the samples'] };
}

function standardised(sample: TensorData, { mean, variance }: SamplerExpectation): StandardisedCall {
  return Float64Array.from(sample.values, (value, index) => (value - (mean.values[index] ?? 0)) / Math.sqrt(variance.values[index] ?? 1));
}

function repeats([first, ...others]: readonly StandardisedCall[]): boolean {
  return first !== undefined && others.every((call) => call.every((value, index) => value === first[index]));
}

function lawOf(replies: readonly Returned[]): string {
  const laws = new Set(replies.flatMap(({ draws }) => draws.map(({ law }) => law)));
  const named = [...laws].flatMap((law) => LAWS[law] ?? []);
  return named.length === 0 ? '' : ` Its noise is made from ${named.join(' and ')}, where a Gaussian sample needs Gaussian noise.`;
}

function describe({ name, statistic, bar }: NormalTest): string {
  return `${name}: ${statistic.toFixed(2)} of at most ${bar}`;
}
