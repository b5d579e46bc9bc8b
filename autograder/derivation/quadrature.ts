/** Weighted points that stand for a continuous law: expectations of smooth functions become sums. */

export interface Node {
  readonly at: number;
  /** The weights of a law add up to 1. */
  readonly weight: number;
}

/** N(0, 1) by Gauss and Hermite: exact for polynomials up to degree 2 count - 1. */
export function normalNodes(count: number): readonly Node[] {
  const roots = hermiteRoots(count);
  const raw = roots.map((at) => ({ at, weight: 1 / hermite(count - 1, at) ** 2 }));
  const total = raw.reduce((sum, { weight }) => sum + weight, 0);
  return raw.map(({ at, weight }) => ({ at, weight: weight / total }));
}

/** Normalised Hermite polynomials h_n = He_n / sqrt(n!), which stay small: sqrt(n+1) h_(n+1) = x h_n - sqrt(n) h_(n-1). */
function hermite(order: number, x: number): number {
  let [before, here] = [0, 1];
  for (let n = 0; n < order; n += 1) [before, here] = [here, (x * here - Math.sqrt(n) * before) / Math.sqrt(n + 1)];
  return here;
}

/** The roots lie within 2 sqrt(n) of 0: every change of sign on a fine grid is bisected. */
function hermiteRoots(count: number): readonly number[] {
  const reach = 2 * Math.sqrt(count) + 1;
  const steps = 200 * count + 1;
  const grid = Array.from({ length: steps + 1 }, (_, index) => -reach + (2 * reach * index) / steps);
  return grid.slice(1).flatMap((right, index) => {
    const left = grid[index] ?? right;
    return Math.sign(hermite(count, left)) * Math.sign(hermite(count, right)) < 0 ? [bisected(count, left, right)] : [];
  });
}

function bisected(count: number, from: number, to: number): number {
  let [left, right] = [from, to];
  const sign = Math.sign(hermite(count, left));
  for (let halving = 0; halving < 60; halving += 1) {
    const middle = (left + right) / 2;
    if (Math.sign(hermite(count, middle)) === sign) left = middle;
    else right = middle;
  }
  return (left + right) / 2;
}

/** Gamma(shape, 1) with x = e^t and equal steps in t, which is exact to 12 digits here: both tails fall off fast. */
export function gammaNodes(shape: number, count: number): readonly Node[] {
  // The integrand in t is e^(shape t - e^t), largest at t = log shape.
  const peak = shape * Math.log(shape) - shape;
  const [low, high] = [Math.log(shape) - 5 - 36 / shape, Math.log(shape + 12 * Math.sqrt(shape) + 40)];
  const raw = Array.from({ length: count }, (_, index) => {
    const t = low + ((high - low) * (index + 0.5)) / count;
    return { at: Math.exp(t), weight: Math.exp(shape * t - Math.exp(t) - peak) };
  });
  const total = raw.reduce((sum, { weight }) => sum + weight, 0);
  return raw.map(({ at, weight }) => ({ at, weight: weight / total }));
}
