/** Judges a bound by the average of several calls against its expectation, known by quadrature. */
import type { DirectionalMean, Extreme, Quantity, StatisticalExpectation } from '../../contract/statistics.ts';
import { type Evidence, type Returned, returnedOnly } from './evidence.ts';
import type { Finding } from './findings.ts';
import { chiSquareAsNormal } from './normal-sample.ts';
import { findComponent } from './shape.ts';

export type AverageExpectation = Extract<StatisticalExpectation['judged'], { kind: 'averages' }>;

/** A right estimator spreads more than this from call to call with 1e-11. */
const SPREAD_BAR = 6.8;

const SHARED_TIMES = 8;

const SHARED_NOISE = 'Its results vary from call to call far more than noise of their own for every row lets them.';

export function judgeAverages(replies: readonly Returned[], expected: AverageExpectation, components: readonly string[], order: readonly string[]): Finding {
  const evidence: string[] = [];
  const problems: string[] = [];
  let unclear = false;
  for (const component of components) {
    const quantity = expected.values.get(component);
    if (quantity === undefined) throw new Error(`the statistical case has no ${component || 'value'}`);
    const results = scalarsOf(replies, component, order);
    if (typeof results === 'string') return { kind: 'differs', message: `${results}.`, evidence: [...evidence, results] };
    evidence.push(`judged by statistics: ${describe(component, results, quantity)}`);
    if (agrees(results, quantity)) continue;
    if (isShared(results, quantity)) unclear = true;
    problems.push(`The average of ${component || 'the result'} over many calls differs from the right one by more than chance explains.`);
  }
  const [first] = problems;
  if (first === undefined) return { kind: 'agrees', evidence };
  // With noise that all rows share, a few calls say little of the average.
  if (unclear) return { kind: 'undecided', reason: 'calls', message: `${SHARED_NOISE} Whether they are right on average cannot be told from a few calls, so a person will look at it.`, evidence };
  return { kind: 'differs', message: first, evidence };
}

/** The averaged gradient along fixed directions of every module. */
export function judgeAverageGradients(replies: readonly Returned[], expected: AverageExpectation, sound: ReadonlySet<string>): Finding {
  const evidence: string[] = [];
  const problems: string[] = [];
  for (const [component, modules] of expected.gradients) {
    if (!sound.has(component)) continue;
    const given = replies.map(({ gradients }) => gradients.find((gradient) => gradient.component === component));
    const [error] = given.flatMap((gradient) => gradient?.error ?? []);
    if (error !== undefined) {
      problems.push(`The gradient of ${component} could not be taken: ${error}`);
      continue;
    }
    for (const [module, directions] of modules) {
      const found = given.map((gradient) => gradient?.modules.get(module)?.values ?? null);
      if (found.every((values) => values === null || values.every((value: number) => value === 0))) {
        problems.push(`No gradient of ${component} reaches the ${module}.`);
        continue;
      }
      const off = directions.filter((along) => {
        const results = found.map((values) => alongDirection(values, along));
        evidence.push(`judged by statistics: gradient with respect to ${module}, ${describe(component, results, along)}`);
        return !agrees(results, along);
      });
      if (off.length > 0) problems.push(`The gradient of ${component} with respect to the ${module} is not right.`);
    }
  }
  const [first] = problems;
  return first === undefined ? { kind: 'agrees', evidence } : { kind: 'differs', message: first, evidence };
}

/** On extreme inputs no noise moves a right result far. A case of the handout's sizes has too many latent dimensions for quadrature. */
export function judgeExtremes(evidence: readonly Evidence[], expected: AverageExpectation, components: readonly string[], order: readonly string[]): Finding {
  const staff: string[] = [];
  const problems: string[] = [];
  for (const { expectation, reply } of returnedOnly(evidence)) {
    for (const component of components) {
      const extreme: Extreme | undefined = expected.extremes.get(expectation.case)?.get(component);
      const found = findComponent(reply.value, component, order, []);
      if (found.kind === 'problem') return { kind: 'differs', message: `${found.problem}.`, evidence: [...staff, `case ${expectation.case}: ${found.problem}`] };
      const value = found.tensor.values[0] ?? Number.NaN;
      if (extreme === undefined) {
        staff.push(`case ${expectation.case}, ${component}: got ${value.toPrecision(6)}; it has no range, so only asked to be finite`);
        if (!Number.isFinite(value)) problems.push(`${component || 'The result'} is not a finite number at the sizes of the handout.`);
        continue;
      }
      staff.push(`judged by its range: case ${expectation.case}, ${component}: got ${value.toPrecision(6)}, right within ${extreme.allowance.toPrecision(3)} of ${extreme.mean.toPrecision(6)}`);
      if (!(Math.abs(value - extreme.mean) <= extreme.allowance)) problems.push(`${component || 'The result'} is farther from the right result than any noise brings it, on extreme inputs.`);
    }
  }
  const [first] = problems;
  return first === undefined ? { kind: 'agrees', evidence: staff } : { kind: 'differs', message: first, evidence: staff };
}

/** A remark for noise that is shared by rows: unbiased, and worth no marks. */
export function remarkOnSpread(replies: readonly Returned[], expected: AverageExpectation, order: readonly string[]): readonly string[] {
  const shared = [...expected.values].some(([component, quantity]) => {
    const results = scalarsOf(replies, component, order);
    return typeof results !== 'string' && spreadsTooFar(results, quantity);
  });
  return shared ? [`${SHARED_NOISE} If rows share their noise, gradients vary as much. This costs no marks.`] : [];
}

function scalarsOf(replies: readonly Returned[], component: string, order: readonly string[]): readonly number[] | string {
  const results: number[] = [];
  for (const { value } of replies) {
    const found = findComponent(value, component, order, []);
    if (found.kind === 'problem') return found.problem;
    results.push(found.tensor.values[0] ?? Number.NaN);
  }
  return results;
}

function alongDirection(values: ArrayLike<number> | null, { direction }: DirectionalMean): number {
  if (values === null) return 0;
  // An entry too few or too many is as wrong as one that is not a number.
  if (values.length !== direction.values.length) return Number.NaN;
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += (values[index] ?? Number.NaN) * (direction.values[index] ?? Number.NaN);
  return sum;
}

/** Results that are the same at every call are worth one call: the generator may have been seeded inside. */
function agrees(results: readonly number[], { mean, limit }: Quantity): boolean {
  const [first = Number.NaN] = results;
  const repeated = results.every((result) => result === first);
  return Math.abs(averageOf(results) - mean) <= limit * (repeated ? Math.sqrt(results.length) : 1);
}

function spreadsTooFar(results: readonly number[], { mean, deviation }: Quantity): boolean {
  const average = averageOf(results);
  const slack = deviation + 1e-5 * (1 + Math.abs(mean));
  const sum = results.reduce((total, result) => total + ((result - average) / slack) ** 2, 0);
  return chiSquareAsNormal(sum, results.length - 1) > SPREAD_BAR;
}

/** Noise that all rows share makes deviations as many times larger as the root of the rows; no other right way comes near. */
function isShared(results: readonly number[], quantity: Quantity): boolean {
  const average = averageOf(results);
  const spread = Math.sqrt(results.reduce((sum, result) => sum + (result - average) ** 2, 0) / (results.length - 1));
  return spreadsTooFar(results, quantity) && spread > SHARED_TIMES * quantity.deviation;
}

function averageOf(results: readonly number[]): number {
  return results.reduce((sum, result) => sum + result, 0) / results.length;
}

function describe(component: string, results: readonly number[], { mean, deviation, limit }: Quantity): string {
  const average = averageOf(results);
  const z = ((average - mean) / (deviation || 1)) * Math.sqrt(results.length);
  const inDeviations = deviation > 1e-9 ? `, z = ${z.toFixed(2)}` : '';
  return `${component || 'value'}: average ${average.toPrecision(6)}, right ${mean.toPrecision(6)}${inDeviations}, at most ${limit.toPrecision(3)} off`;
}
