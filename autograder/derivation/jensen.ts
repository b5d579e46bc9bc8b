/**
 * Whether an inequality holds for every concave function in the place of log: Jensen's inequality, decided
 * exactly. With every log read as g, left - right is c + sum of c_j g(u_j); that is at least 0 for every concave
 * g if and only if it is for g = 1, -1, u, -u and min(u, u_j) at every u_j that occurs. As log 1 = 0, g(1) = 0.
 */
import { linear, NotLinear } from './arithmetic.ts';
import { evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { type Budget, spend } from './outcomes.ts';
import type { Point } from './points.ts';

const TOLERANCE = 1e-9;

/** Whether left >= right follows from concavity at this point. */
export function followsFromConcavity(left: Expression, right: Expression, { model, free }: Point, budget: Budget): boolean {
  try {
    const at = (expression: Expression) => evaluate(expression, { model, arithmetic: linear, environment: new Map(free), budget });
    const [a, b] = [at(left), at(right)];
    // Terms are gathered list by list: that many lists are no small matter.
    spend(budget, (a.terms.length + b.terms.length) ** 2 / 16);
    const size = Math.abs(a.constant) + Math.abs(b.constant);
    if (!(a.constant - b.constant >= -TOLERANCE * size)) return false;
    return isNonNegative([...a.terms, ...b.terms.map(({ coefficient, at: u }) => ({ coefficient: -coefficient, at: u }))]);
  } catch (error) {
    if (error instanceof NotLinear) return false;
    throw error;
  }
}

function isNonNegative(terms: readonly { readonly coefficient: number; readonly at: number }[]): boolean {
  const sorted = withOne(terms).filter(({ coefficient }) => coefficient !== 0).toSorted((a, b) => a.at - b.at);
  if (!sorted.every(({ coefficient, at }) => Number.isFinite(coefficient) && Number.isFinite(at))) return false;
  const [ones, onesSize] = weighed(sorted, () => 1);
  const [identity, identitySize] = weighed(sorted, (u) => u);
  if (Math.abs(ones) > TOLERANCE * onesSize || Math.abs(identity) > TOLERANCE * identitySize) return false;
  // sum of c_j min(u_j, t): what lies above t is summed from above, for there a rounding error is multiplied by t.
  const above = [0];
  const aboveSize = [0];
  for (const { coefficient } of sorted.toReversed()) {
    above.push((above.at(-1) ?? 0) + coefficient);
    aboveSize.push((aboveSize.at(-1) ?? 0) + Math.abs(coefficient));
  }
  let [below, belowSize] = [0, 0];
  for (const [index, { coefficient, at: t }] of sorted.entries()) {
    const rest = sorted.length - index;
    if (below + (above[rest] ?? 0) * t < -TOLERANCE * (belowSize + (aboveSize[rest] ?? 0) * t)) return false;
    below += coefficient * t;
    belowSize += Math.abs(coefficient) * t;
  }
  return true;
}

/** Any multiple of g(1) may be added: what is missing to a sum of 1 - 1 = 0 is added there. */
function withOne(terms: readonly { readonly coefficient: number; readonly at: number }[]): readonly { readonly coefficient: number; readonly at: number }[] {
  const [ones, size] = weighed(terms, () => 1);
  return Math.abs(ones) <= TOLERANCE * size ? terms : [...terms, { coefficient: -ones, at: 1 }];
}

function weighed(terms: readonly { readonly coefficient: number; readonly at: number }[], g: (u: number) => number): readonly [number, number] {
  let [sum, size] = [0, 0];
  for (const { coefficient, at } of terms) [sum, size] = [sum + coefficient * g(at), size + Math.abs(coefficient) * Math.abs(g(at))];
  return [sum, size];
}
