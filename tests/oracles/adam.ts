/** Adam in float64 with gradients by differences: Kingma and Ba 2015 (arXiv:1412.6980), algorithm 1. */
import { at, type Vector } from './arrays.ts';
import { oracleGradient } from './finite-differences.ts';

/** TensorFlow.js adds this to the root of the second moment. */
const FLOOR = 1e-7;

/** The loss before each step, and the weights after the last. */
export function oracleAdam(weights: Vector, losses: readonly ((weights: Vector) => number)[], learningRate: number): readonly number[] {
  let current = weights;
  let first: Vector = weights.map(() => 0);
  let second: Vector = weights.map(() => 0);
  return losses.map((loss, index) => {
    const before = loss(current);
    const gradient = oracleGradient(loss, current);
    first = first.map((value, i) => 0.9 * value + 0.1 * at(gradient, i));
    second = second.map((value, i) => 0.999 * value + 0.001 * at(gradient, i) ** 2);
    const step = index + 1;
    current = current.map((value, i) => value - (learningRate * at(first, i)) / (1 - 0.9 ** step) / (Math.sqrt(at(second, i) / (1 - 0.999 ** step)) + FLOOR));
    return before;
  });
}
