/**
 * What the difference looks like where no known mistake fits: the right result times or plus something that
 * has a name, its negative, its square, its entries in another order. It must hold in at least two cases.
 */
import type { Expectation } from '../../contract/expectation.ts';
import type { CaseSizes } from '../../contract/fixture.ts';
import type { Diagnosis } from '../../contract/outcome.ts';
import type { TensorData } from '../../contract/values.ts';
import { tensorDistance } from './distance.ts';
import { type Evidence, returnedOnly } from './evidence.ts';
import { componentsOf } from './shape.ts';

const FEWEST_CASES = 2;

interface Pattern {
  /** Completes "kl is". */
  readonly words: string;
  readonly fits: (pair: Pair) => boolean;
}

/** What came back for one component of one case, beside what is right. */
interface Pair {
  readonly expectation: Expectation;
  readonly right: TensorData;
  readonly given: TensorData | undefined;
}

/** Under the first layout that shows one, component by component. */
export function findPattern(evidence: readonly Evidence[], layouts: readonly string[], order: readonly string[]): Diagnosis | null {
  const components = [...new Set(evidence.flatMap(({ expectation }) => [...(expectation.accepted[0]?.values.keys() ?? [])]))];
  for (const layout of layouts) {
    const found = components.flatMap((component) => {
      const pattern = patternOf(pairsOf(evidence, component, layout, order));
      return pattern === undefined ? [] : [`${component === '' ? 'The result' : component} is ${pattern.words}, in every case that was tried.`];
    });
    if (found.length > 0) return { ids: [], feedback: found.join(' '), evidence: [`pattern of the difference under layout ${layout}`] };
  }
  return null;
}

function pairsOf(evidence: readonly Evidence[], component: string, layout: string, order: readonly string[]): readonly Pair[] {
  return returnedOnly(evidence).flatMap(({ expectation, reply }) => {
    const right = expectation.accepted.find((answer) => answer.layout === layout)?.values.get(component);
    return right === undefined ? [] : [{ expectation, right, given: componentsOf(reply.value, [component], order).get(component) }];
  });
}

function patternOf(pairs: readonly Pair[]): Pattern | undefined {
  // Where a batch has one image, dividing by the batch size changes nothing.
  const wrong = pairs.filter((pair) => !agree(pair, pair.right));
  return wrong.length < FEWEST_CASES ? undefined : patterns.find(({ fits }) => wrong.every(fits));
}

function agree({ given, expectation }: Pair, expected: TensorData): boolean {
  return tensorDistance(given, expected, expectation.tolerance) <= 1;
}

/** Every element of the right result changed in the same way. */
function each(words: string, change: (value: number, sizes: CaseSizes) => number): Pattern {
  return {
    words,
    fits: (pair) => {
      const values = Float32Array.from(pair.right.values, (value) => change(value, pair.expectation.sizes ?? {}));
      // A size that a case does not have makes NaN of everything, and NaN that came back would agree with it.
      return values.every(Number.isFinite) && agree(pair, { ...pair.right, dtype: 'float32', values });
    },
  };
}

const NAN = Number.NaN;

function byCount(size: keyof CaseSizes, count: string): readonly Pattern[] {
  return [
    each(`the right value times ${count}`, (value, sizes) => value * (sizes[size] ?? NAN)),
    each(`the right value divided by ${count}`, (value, sizes) => value / (sizes[size] ?? NAN)),
  ];
}

function byLogarithm(size: keyof CaseSizes, count: string): readonly Pattern[] {
  return [
    each(`too large by the logarithm of ${count}`, (value, sizes) => value + Math.log(sizes[size] ?? NAN)),
    each(`too small by the logarithm of ${count}`, (value, sizes) => value - Math.log(sizes[size] ?? NAN)),
  ];
}

function byGaussianConstant(size: keyof CaseSizes, unit: string): readonly Pattern[] {
  const constant = (sizes: CaseSizes): number => ((sizes[size] ?? NAN) / 2) * Math.log(2 * Math.PI);
  return [
    each(`too large by half the logarithm of 2π for each ${unit}`, (value, sizes) => value + constant(sizes)),
    each(`too small by half the logarithm of 2π for each ${unit}`, (value, sizes) => value - constant(sizes)),
  ];
}

/** The first that fits is named, so the plainer ones come first. */
const patterns: readonly Pattern[] = [
  each('the right value with the opposite sign', (value) => -value),
  each('half the right value', (value) => value / 2),
  each('twice the right value', (value) => value * 2),
  ...byCount('batch', 'the batch size'),
  ...byCount('samples', 'the number of samples'),
  ...byCount('latent', 'the number of latent dimensions'),
  ...byCount('pixels', 'the number of pixels'),
  ...byCount('dimensions', 'the number of dimensions'),
  ...byCount('components', 'the number of components'),
  ...byCount('labels', 'the number of labels'),
  ...byLogarithm('samples', 'the number of samples'),
  ...byLogarithm('components', 'the number of components'),
  ...byLogarithm('labels', 'the number of labels'),
  ...byGaussianConstant('latent', 'latent dimension'),
  ...byGaussianConstant('pixels', 'pixel'),
  ...byGaussianConstant('dimensions', 'dimension'),
  each('the square of the right value', (value) => value ** 2),
  each('the square root of the right value', Math.sqrt),
  { words: 'the right result with its two axes exchanged', fits: (pair) => pair.right.shape.length === 2 && agree(pair, transposed(pair.right)) },
  { words: 'the right result with its rows in another order', fits: rowsPermuted },
];

function transposed({ dtype, shape, values }: TensorData): TensorData {
  const [rows = 0, columns = 0] = shape;
  const swapped = Float32Array.from({ length: rows * columns }, (_, index) => values[(index % rows) * columns + Math.floor(index / rows)] ?? NAN);
  return { dtype, shape: [columns, rows], values: swapped };
}

function rowsPermuted(pair: Pair): boolean {
  const { right, given } = pair;
  if (given === undefined || right.shape.length === 0) return false;
  return agree({ ...pair, given: sortedRows(given) }, sortedRows(right));
}

/** By their first entries, which no two rows share. */
function sortedRows({ shape, values }: TensorData): TensorData {
  const rows = shape[0] ?? 0;
  const width = values.length / Math.max(rows, 1);
  const sorted = Array.from({ length: rows }, (_, row) => Array.from(values.slice(row * width, (row + 1) * width))).toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  return { dtype: 'float32', shape, values: Float32Array.from(sorted.flat()) };
}
