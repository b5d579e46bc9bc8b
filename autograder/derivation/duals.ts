/**
 * Forward-mode differentiation: every number carries its slope along one direction, f(a + b e) = f(a) + f'(a) b e.
 * Built on any arithmetic, vectors included, whose numbers are the values and the slopes.
 */
import type { Arithmetic } from './arithmetic.ts';
import { logarithm } from './curve.ts';

export interface Dual<V> {
  readonly value: V;
  readonly slope: V;
}

export interface DualArithmetic<V> extends Arithmetic<Dual<V>> {
  /** A value that does not move along the direction. */
  readonly constant: (value: V) => Dual<V>;
}

/** A derivative of a derivative, which no task needs. */
export class NestedDerivative extends Error {
  override readonly name = 'NestedDerivative';
}

export function duals<V>(base: Arithmetic<V>): DualArithmetic<V> {
  const { number, add, total, negate, multiply, divide, power, exp, log, logSlope, smooth } = base;
  const constant = (value: V): Dual<V> => ({ value, slope: multiply(number(0), value) });
  return {
    constant,
    // What has no value has no slope either.
    number: (value) => ({ value: number(value), slope: number(Number.isFinite(value) ? 0 : Number.NaN) }),
    variable: (value) => ({ value: number(value), slope: number(1) }),
    add: (a, b) => ({ value: add(a.value, b.value), slope: add(a.slope, b.slope) }),
    total: (values) => ({ value: total(values.map(({ value }) => value)), slope: total(values.map(({ slope }) => slope)) }),
    negate: (a) => ({ value: negate(a.value), slope: negate(a.slope) }),
    multiply: (a, b) => ({ value: multiply(a.value, b.value), slope: add(multiply(a.slope, b.value), multiply(a.value, b.slope)) }),
    divide: (a, b) => {
      const value = divide(a.value, b.value);
      return { value, slope: divide(add(a.slope, negate(multiply(value, b.slope))), b.value) };
    },
    // Exponents are mostly constant, and their bases may be negative: then no log is wanted.
    power: (a, b) => {
      const value = power(a.value, b.value);
      const byBase = multiply(multiply(b.value, power(a.value, add(b.value, number(-1)))), a.slope);
      return { value, slope: isZero(b.slope) ? byBase : add(byBase, multiply(multiply(value, smooth(a.value, logarithm)), b.slope)) };
    },
    exp: (a) => ({ value: exp(a.value), slope: multiply(exp(a.value), a.slope) }),
    log: (a) => ({ value: log(a.value), slope: multiply(logSlope(a.value), a.slope) }),
    logSlope: () => {
      throw new NestedDerivative('a derivative of a derivative');
    },
    smooth: (a, curve) => ({ value: smooth(a.value, curve), slope: multiply(smooth(a.value, { at: curve.slope, slope: noSecond }), a.slope) }),
    vector: (items) => ({ value: base.vector(items.map(({ value }) => value)), slope: base.vector(items.map(({ slope }) => slope)) }),
    items: (a) => {
      const slopes = base.items(a.slope);
      return base.items(a.value).map((value, at) => ({ value, slope: slopes[at] ?? number(0) }));
    },
    transpose: (a) => ({ value: base.transpose(a.value), slope: base.transpose(a.slope) }),
  };
}

function noSecond(): never {
  throw new NestedDerivative('a derivative of a derivative');
}

/** Whether a slope is nothing at all, as the slopes of constants are, whatever it counts in. */
function isZero(slope: unknown): boolean {
  if (typeof slope !== 'object' || slope === null) return slope === 0;
  if ('items' in slope && Array.isArray(slope.items)) return slope.items.every(isZero);
  return 'size' in slope && slope.size === 0;
}
