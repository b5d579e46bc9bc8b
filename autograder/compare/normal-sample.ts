/**
 * Is this a sample of independent standard normals? Ten tests, each at 1e-10 or below, so that all of them
 * together fail a right sample with at most 1e-9.
 */

/** One call's standardised numbers, row by row. */
export type StandardisedCall = Float64Array;

/** What a test looks at; the sentence for each is in statistical-sampler.ts. */
export type Aspect = 'mean' | 'spread' | 'rows' | 'dimensions' | 'calls' | 'shape';

export interface NormalTest {
  readonly aspect: Aspect;
  readonly name: string;
  readonly statistic: number;
  readonly bar: number;
}

/**
 * A standard normal is beyond it with 1e-11. What is tested is an average of squares or products at most, whose
 * skewed tail is three times heavier at this distance (Cornish and Fisher, 32,768 numbers).
 */
const BAR = 6.8;

/** sqrt(n) times the largest distance between distributions is beyond it with 1e-10 (Kolmogorov). */
const KOLMOGOROV_BAR = 3.45;

/** `shape`: rows and columns of a call; `given`: what the numbers were standardised by, entry for entry. */
export function testNormal(
  calls: readonly StandardisedCall[],
  columns: number,
  given: { readonly mean: ArrayLike<number>; readonly variance: ArrayLike<number> },
): readonly NormalTest[] {
  const count = calls.reduce((sum, call) => sum + call.length, 0);
  const size = calls[0]?.length ?? 0;
  const rows = size / columns;
  const flat = centred(Array.from({ length: size }, (_, index) => given.mean[index] ?? 0));
  const logs = centred(Array.from({ length: size }, (_, index) => Math.log(given.variance[index] ?? 1)));
  const average = total(calls, (value) => value) / count;
  const deviation = Math.sqrt(total(calls, (value) => (value - average) ** 2) / count) || 1;
  // Dependence is looked for beside what a wrong mean or spread would show as well.
  const scaled = calls.map((call) => call.map((value) => (value - average) / deviation));
  const z = (aspect: Aspect, name: string, statistic: number): NormalTest => ({ aspect, name, statistic: Math.abs(statistic), bar: BAR });
  return [
    z('rows', 'averages of the calls', chiSquareAsNormal(callAverages(scaled, columns, rows), calls.length * columns - 1)),
    z('mean', 'average', (average * count) / Math.sqrt(count)),
    z('mean', 'average against the given mean', total(calls, (value, index) => value * (flat[index] ?? 0)) / Math.sqrt(calls.length * sumOfSquares(flat))),
    z('spread', 'average square', total(calls, (value) => value * value - 1) / Math.sqrt(2 * count)),
    z('spread', 'squares against the given variance', total(calls, (value, index) => (value * value - 1) * (logs[index] ?? 0)) / Math.sqrt(2 * calls.length * sumOfSquares(logs))),
    z('dimensions', 'products of neighbouring dimensions', lagged(scaled, 1, (index) => index % columns < columns - 1)),
    z('rows', 'products of neighbouring rows', lagged(scaled, columns, () => true)),
    z('calls', 'products of successive calls', acrossCalls(scaled)),
    { aspect: 'shape', name: 'Kolmogorov and Smirnov', statistic: Math.sqrt(count) * distanceFromNormal(calls, count), bar: KOLMOGOROV_BAR },
  ];
}

function total(calls: readonly StandardisedCall[], term: (value: number, index: number) => number): number {
  let sum = 0;
  for (const call of calls) for (const [index, value] of call.entries()) sum += term(value, index);
  return sum;
}

function centred(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

function sumOfSquares(values: readonly number[]): number {
  // Where all given values are equal the test has nothing to look at.
  return values.reduce((sum, value) => sum + value * value, 0) || 1;
}

/** Noise that rows share does not average out over them. */
function callAverages(calls: readonly StandardisedCall[], columns: number, rows: number): number {
  return calls.reduce((sum, call) => {
    const sums = new Float64Array(columns);
    for (const [index, value] of call.entries()) sums[index % columns] = (sums[index % columns] ?? 0) + value;
    return sum + sums.reduce((all, own) => all + own ** 2 / rows, 0);
  }, 0);
}

/** Sum of products of entries that lie `lag` apart, over the root of their count. */
function lagged(calls: readonly StandardisedCall[], lag: number, counts: (index: number) => boolean): number {
  let sum = 0;
  let pairs = 0;
  for (const call of calls) {
    for (let index = 0; index + lag < call.length; index += 1) {
      if (!counts(index)) continue;
      sum += (call[index] ?? 0) * (call[index + lag] ?? 0);
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : sum / Math.sqrt(pairs);
}

function acrossCalls(calls: readonly StandardisedCall[]): number {
  let sum = 0;
  let pairs = 0;
  for (const [number, call] of calls.entries()) {
    const next = calls[number + 1];
    if (next === undefined) break;
    for (const [index, value] of call.entries()) sum += value * (next[index] ?? 0);
    pairs += call.length;
  }
  return pairs === 0 ? 0 : sum / Math.sqrt(pairs);
}

/** Wilson and Hilferty: the cube root of a chi-square is nearly normal. */
export function chiSquareAsNormal(sum: number, degrees: number): number {
  const width = 2 / (9 * degrees);
  // Too even is no mistake of a sampler that other tests would miss.
  return Math.max(0, (Math.cbrt(sum / degrees) - (1 - width)) / Math.sqrt(width));
}

function distanceFromNormal(calls: readonly StandardisedCall[], count: number): number {
  const sorted = new Float64Array(count);
  let offset = 0;
  for (const call of calls) {
    sorted.set(call, offset);
    offset += call.length;
  }
  sorted.sort();
  let worst = 0;
  for (const [index, value] of sorted.entries()) {
    const right = normalDistribution(value);
    worst = Math.max(worst, Math.abs(right - index / count), Math.abs(right - (index + 1) / count));
  }
  return worst;
}

/** P(N <= x), to 1e-7: Abramowitz and Stegun 1964, 26.2.17. */
export function normalDistribution(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x > 0 ? 1 - tail : tail;
}
