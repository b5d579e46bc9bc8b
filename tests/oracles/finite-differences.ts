/** Gradients without derivatives, for float64 functions. */
import { at, type Vector } from './arrays.ts';

/**
 * (f(p + h e_i) - f(p - h e_i)) / 2h, refined by Richardson's extrapolation: the error is O(h^4),
 * about 1e-10 for functions of order one.
 */
export function oracleGradient(f: (parameters: Vector) => number, parameters: Vector, h = 1e-4): Vector {
  return parameters.map((_, i) => {
    const slope = (step: number): number => (f(moved(parameters, i, step)) - f(moved(parameters, i, -step))) / (2 * step);
    return (4 * slope(h / 2) - slope(h)) / 3;
  });
}

function moved(parameters: Vector, i: number, step: number): Vector {
  const copy = [...parameters];
  copy[i] = at(parameters, i) + step;
  return copy;
}
