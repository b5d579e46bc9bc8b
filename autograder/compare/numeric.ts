/** |a - b| <= absolute + relative |b|, and only what that proves: NaN never passes. */
import type { TensorData } from '../../contract/values.ts';

export interface Tolerance {
  readonly absolute: number;
  readonly relative: number;
}

/**
 * The largest difference, in tolerances: at most 1 when every element agrees, infinite where one of the
 * two is not finite. Shapes are compared before (shape.ts).
 */
export function worstDifference(actual: TensorData, expected: TensorData, tolerance: Tolerance): number {
  let worst = 0;
  for (const [index, b] of expected.values.entries()) {
    const a = actual.values[index] ?? Number.NaN;
    const difference = Math.abs(a - b) / (tolerance.absolute + tolerance.relative * Math.abs(b));
    // NaN compares false with everything, so it must be asked for: `difference > worst` would let it pass.
    if (!(difference <= worst)) worst = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    if (worst === Number.POSITIVE_INFINITY) return worst;
  }
  return worst;
}
