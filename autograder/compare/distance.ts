/** How far apart two answers are, in tolerances: one measure for making fixtures and for judging hand-ins. */
import type { Tensors } from '../../contract/expectation.ts';
import type { TensorData } from '../../contract/values.ts';
import type { Tolerance } from './numeric.ts';
import { sameShape } from './shape.ts';

/** Of a gradient: max|g - g*| <= 1e-4 (1 + max|g*|). */
export const GRADIENT_TOLERANCE = 1e-4;

/** Over all components; one that only one of the two has is infinitely far. At most 1 where they agree. */
export function valueDistance(actual: Tensors, expected: Tensors, tolerance: Tolerance): number {
  return largestOf(keysOf(actual, expected), (component) => tensorDistance(actual.get(component), expected.get(component), tolerance));
}

/** Over all modules; one without a gradient has the gradient zero. */
export function gradientDistance(actual: Tensors, expected: Tensors): number {
  return largestOf(keysOf(actual, expected), (module) => {
    const [mine, theirs] = [actual.get(module)?.values, expected.get(module)?.values];
    let [difference, scale] = [0, 0];
    for (let index = 0; index < Math.max(mine?.length ?? 0, theirs?.length ?? 0); index += 1) {
      const [a, b] = [mine === undefined ? 0 : mine[index], theirs === undefined ? 0 : theirs[index]];
      if (a === undefined || b === undefined || !Number.isFinite(a) || !Number.isFinite(b)) return Number.POSITIVE_INFINITY;
      difference = Math.max(difference, Math.abs(a - b));
      scale = Math.max(scale, Math.abs(b));
    }
    return difference / (GRADIENT_TOLERANCE * (1 + scale));
  });
}

/** Of one tensor; infinite where only one is there, the shapes differ, or one alone is not finite. */
export function tensorDistance(actual: TensorData | undefined, expected: TensorData | undefined, { absolute, relative }: Tolerance): number {
  if (actual === undefined || expected === undefined || !sameShape(actual.shape, expected.shape)) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (const [index, b] of expected.values.entries()) {
    const a = actual.values[index] ?? Number.NaN;
    // Two wrong answers may well agree on NaN or an infinity.
    const difference = Object.is(a, b) ? 0 : Math.abs(a - b) / (absolute + relative * Math.abs(b));
    if (!Number.isFinite(difference)) return Number.POSITIVE_INFINITY;
    worst = Math.max(worst, difference);
  }
  return worst;
}

function keysOf(one: Tensors, other: Tensors): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])];
}

function largestOf<Item>(items: readonly Item[], size: (item: Item) => number): number {
  return items.reduce((most, item) => Math.max(most, size(item)), 0);
}
