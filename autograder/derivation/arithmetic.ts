/** What an evaluation counts in: plain numbers with their size, numbers linear in an unknown function; vectors.ts and duals.ts build on these. */
import { type Curve, logarithm } from './curve.ts';

export interface Arithmetic<V> {
  readonly number: (value: number) => V;
  readonly add: (a: V, b: V) => V;
  readonly total: (values: readonly V[]) => V;
  readonly negate: (a: V) => V;
  readonly multiply: (a: V, b: V) => V;
  readonly divide: (a: V, b: V) => V;
  readonly power: (a: V, b: V) => V;
  readonly exp: (a: V) => V;
  readonly log: (a: V) => V;
  /** Any other smooth function of one number. */
  readonly smooth: (a: V, curve: Curve) => V;
  /** The derivative of `log` here, which is 1/u only where log is the logarithm. */
  readonly logSlope: (a: V) => V;
  /** What a derivative is taken by; a number like any other elsewhere. */
  readonly variable: (value: number) => V;
  readonly vector: (items: readonly V[]) => V;
  readonly items: (a: V) => readonly V[];
  readonly transpose: (a: V) => V;
}

/** A vector where numbers are wanted, or two that do not fit. */
export class WrongShape extends Error {
  override readonly name = 'WrongShape';
}

/** Of an arithmetic that has no vectors: a vector of one is a number. */
function scalars<V>(): Pick<Arithmetic<V>, 'vector' | 'items' | 'transpose'> {
  const vector = ([only, ...rest]: readonly V[]): V => {
    if (only === undefined || rest.length > 0) throw new WrongShape('There are no vectors in this task.');
    return only;
  };
  return { vector, items: (a) => [a], transpose: (a) => a };
}

/** A number, and how large the terms were that it was made of: rounding errors are relative to those. */
export interface Measured {
  readonly value: number;
  readonly size: number;
}

/** Below this, numbers lose their digits: a log or a quotient of one says nothing, and is neither true nor false. */
const SMALLEST = 1e-300;

/** `isOfSomething`: that the value is not 0 by itself. What is lost in a part is lost in the whole, also where it is no number. */
function measured(value: number, size: number, isOfSomething: boolean, a: Measured, b: Measured): Measured {
  if (isOfSomething && Math.abs(value) < SMALLEST) return { value, size: size + SMALLEST };
  if (Number.isNaN(size) && (a.size === Number.POSITIVE_INFINITY || b.size === Number.POSITIVE_INFINITY)) return { value, size: Number.POSITIVE_INFINITY };
  return { value, size };
}

/** `log`: the logarithm, or what stands in for it when a step is asked whether it needs one. */
export function measuring(log: Curve = logarithm): Arithmetic<Measured> {
  const number = (value: number): Measured => ({ value, size: Math.abs(value) });
  return {
    ...scalars<Measured>(),
    number,
    variable: number,
    add: (a, b) => ({ value: a.value + b.value, size: a.size + b.size }),
    total: (values) => {
      let [value, size] = [0, 0];
      for (const one of values) [value, size] = [value + one.value, size + one.size];
      return { value, size };
    },
    negate: (a) => ({ value: -a.value, size: a.size }),
    // To first order: an error of a moves a b by b times as much. Sizes multiplied would grow without bound in long products.
    multiply: (a, b) => {
      const value = a.value * b.value;
      return measured(value, Math.abs(a.value) * b.size + Math.abs(b.value) * a.size, a.value !== 0 && b.value !== 0, a, b);
    },
    divide: (a, b) => {
      const value = a.value / b.value;
      // A 0 that is left of something else may stand for any small number.
      if (b.value === 0 && b.size > 0) return { value, size: Number.POSITIVE_INFINITY };
      return measured(value, (a.size + Math.abs(value) * b.size) / Math.abs(b.value), a.value !== 0, a, b);
    },
    power: (a, b) => {
      const value = a.value ** b.value;
      return measured(value, Math.abs(value) * (1 + (Math.abs(b.value) * a.size) / Math.abs(a.value || 1)), a.value !== 0, a, b);
    },
    exp: (a) => {
      const value = Math.exp(a.value);
      return measured(value, value * (1 + a.size), true, a, a);
    },
    // A relative error of u is an absolute error of log u.
    log: (a) => {
      const value = log.at(a.value);
      return measured(value, Math.abs(value) + a.size / Math.abs(a.value), false, a, a);
    },
    logSlope: (a) => ({ value: log.slope(a.value), size: a.size / (a.value * a.value) }),
    smooth: (a, { at }) => ({ value: at(a.value), size: Math.abs(at(a.value)) + a.size }),
  };
}

/** constant + sum of coefficient * g(at), for a function g that is not known. */
export interface LinearForm {
  readonly constant: number;
  readonly terms: readonly { readonly coefficient: number; readonly at: number }[];
}

/** The expression is not linear in the unknown function, so nothing follows for every concave one. */
export class NotLinear extends Error {
  override readonly name = 'NotLinear';
}

const known = (constant: number): LinearForm => ({ constant, terms: [] });

function plain({ constant, terms }: LinearForm): number {
  if (terms.length > 0) throw new NotLinear('a log stands inside another function');
  return constant;
}

function scaled({ constant, terms }: LinearForm, by: number): LinearForm {
  return { constant: constant * by, terms: by === 0 ? [] : terms.map(({ coefficient, at }) => ({ coefficient: coefficient * by, at })) };
}

/** Every log is read as g. */
export const linear: Arithmetic<LinearForm> = {
  ...scalars<LinearForm>(),
  number: known,
  variable: known,
  add: (a, b) => ({ constant: a.constant + b.constant, terms: a.terms.length === 0 ? b.terms : [...a.terms, ...b.terms] }),
  total: (values) => ({ constant: values.reduce((sum, { constant }) => sum + constant, 0), terms: values.flatMap(({ terms }) => terms) }),
  negate: (a) => scaled(a, -1),
  multiply: (a, b) => (a.terms.length === 0 ? scaled(b, a.constant) : scaled(a, plain(b))),
  divide: (a, b) => scaled(a, 1 / plain(b)),
  power: (a, b) => known(plain(a) ** plain(b)),
  exp: (a) => known(Math.exp(plain(a))),
  log: (a) => {
    const at = plain(a);
    if (!(at > 0)) throw new NotLinear('a log of nothing positive');
    return { constant: 0, terms: [{ coefficient: 1, at }] };
  },
  logSlope: () => {
    throw new NotLinear('a derivative of a log');
  },
  smooth: (a, { at }) => known(at(plain(a))),
};
