/** What an evaluation counts in: plain numbers with their size, or numbers linear in an unknown function. */

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
  /** Any other smooth function of one number, with its derivative for the size of rounding errors. */
  readonly smooth: (a: V, f: (x: number) => number) => V;
}

/** A number, and how large the terms were that it was made of: rounding errors are relative to those. */
export interface Measured {
  readonly value: number;
  readonly size: number;
}

/** `log`: the logarithm, or what stands in for it when a step is asked whether it needs one. */
export function measuring(log: (u: number) => number = Math.log): Arithmetic<Measured> {
  return {
    number: (value) => ({ value, size: Math.abs(value) }),
    add: (a, b) => ({ value: a.value + b.value, size: a.size + b.size }),
    total: (values) => {
      let [value, size] = [0, 0];
      for (const one of values) [value, size] = [value + one.value, size + one.size];
      return { value, size };
    },
    negate: (a) => ({ value: -a.value, size: a.size }),
    multiply: (a, b) => ({ value: a.value * b.value, size: a.size * b.size }),
    divide: (a, b) => ({ value: a.value / b.value, size: (a.size * b.size) / (b.value * b.value) }),
    power: (a, b) => {
      const value = a.value ** b.value;
      return { value, size: Math.abs(value) * (1 + (Math.abs(b.value) * a.size) / Math.abs(a.value || 1)) };
    },
    exp: (a) => ({ value: Math.exp(a.value), size: Math.exp(a.value) * (1 + a.size) }),
    // A relative error of u is an absolute error of log u.
    log: (a) => {
      const value = log(a.value);
      return { value, size: Math.abs(value) + a.size / Math.abs(a.value) };
    },
    smooth: (a, f) => ({ value: f(a.value), size: Math.abs(f(a.value)) + a.size }),
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
  number: known,
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
  smooth: (a, f) => known(f(plain(a))),
};
