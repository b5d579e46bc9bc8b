/**
 * How far a 32-bit result is from a 64-bit oracle: one number, to be compared with a tolerance.
 * NaN, a missing number and a wrong shape are infinitely far.
 */
import * as tf from '@tensorflow/tfjs';
import { at, type Vector } from '../oracles/arrays.ts';
import { oracleGradient } from '../oracles/finite-differences.ts';
import type { Built } from './models-in-tensorflow.ts';

/** The largest |actual - expected| / (1 + |expected|) */
export function worstError(actual: Vector, expected: Vector): number {
  if (actual.length !== expected.length) return Infinity;
  return worst(
    actual.map((value, i) => {
      const right = at(expected, i);
      return value === right ? 0 : Math.abs(value - right) / (1 + Math.abs(right)); // infinities may be equal
    }),
  );
}

/** The same over the components of a result, which must be scalars with the oracle's names. */
export function componentError(result: object, expected: object): number {
  const [actual, right] = [new Map(Object.entries(result)), Object.entries(expected)];
  if (actual.size !== right.length) return Infinity;
  return worst(
    right.map(([name, value]) => {
      const scalar: unknown = actual.get(name);
      if (!(scalar instanceof tf.Tensor) || scalar.rank > 0) return Infinity;
      return worstError(Array.from(scalar.dataSync()), [value]);
    }),
  );
}

/**
 * d loss / d weights of one module against finite differences of the oracle, relative to the
 * largest entry. A module with next to no gradient would prove nothing: that is refused.
 */
export function gradientError<Model>(
  { variables }: Built<Model>,
  module: string,
  loss: () => tf.Tensor,
  oracle: (weights: Vector) => number,
  weights: Vector,
): number {
  const own = [...(variables[module] ?? [])];
  const { grads } = tf.variableGrads(() => tf.squeeze(loss()), own);
  const actual = own.flatMap((variable) => Array.from(grads[variable.name]?.dataSync() ?? []));
  const expected = oracleGradient(oracle, weights);
  const largest = worst(expected.map(Math.abs));
  if (largest < 0.01) throw new RangeError(`${module} hardly matters in this case: take another`);
  if (actual.length !== expected.length) return Infinity;
  return worst(actual.map((value, i) => Math.abs(value - at(expected, i)) / (1 + largest)));
}

function worst(errors: Vector): number {
  return Math.max(0, ...errors.map((error) => (Number.isNaN(error) ? Infinity : error)));
}
