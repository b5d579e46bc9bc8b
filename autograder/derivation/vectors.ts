/**
 * Column vectors and their transposes over any arithmetic of numbers: u^T v is a number, u v^T is refused, and a
 * number times a vector scales it. A vector of one item is not a number.
 */
import { type Arithmetic, WrongShape } from './arithmetic.ts';
import type { Curve } from './curve.ts';

export interface Vector<V> {
  readonly shape: 'number' | 'column' | 'row';
  readonly items: readonly V[];
}

export function vectors<V>(base: Arithmetic<V>): Arithmetic<Vector<V>> {
  const scalar = (value: V): Vector<V> => ({ shape: 'number', items: [value] });
  const one = ({ shape, items: [first] }: Vector<V>): V => {
    if (shape !== 'number' || first === undefined) throw new WrongShape('A vector stands here where a number is needed.');
    return first;
  };
  // A number is added to every item: where a vector was meant, the line has a value and is found false.
  const add = (a: Vector<V>, b: Vector<V>): Vector<V> => {
    if (a.shape === 'number' && b.shape !== 'number') return { shape: b.shape, items: b.items.map((item) => base.add(one(a), item)) };
    if (b.shape === 'number' && a.shape !== 'number') return add(b, a);
    if (a.shape !== b.shape || a.items.length !== b.items.length) throw new WrongShape('A vector is added to something of another shape here.');
    return { shape: a.shape, items: a.items.map((item, at) => base.add(item, b.items[at] ?? item)) };
  };
  const multiply = (a: Vector<V>, b: Vector<V>): Vector<V> => {
    if (a.shape === 'number') return { shape: b.shape, items: b.items.map((item) => base.multiply(one(a), item)) };
    if (b.shape === 'number') return multiply(b, a);
    if (a.shape !== 'row' || b.shape !== 'column' || a.items.length !== b.items.length) throw new WrongShape('Two vectors are multiplied here: type u^T * v or dot(u, v).');
    return scalar(base.total(a.items.map((item, at) => base.multiply(item, b.items[at] ?? item))));
  };
  return {
    number: (value) => scalar(base.number(value)),
    variable: (value) => scalar(base.variable(value)),
    add,
    total: ([first, ...rest]) => (first === undefined ? scalar(base.number(0)) : rest.reduce(add, first)),
    negate: ({ shape, items }) => ({ shape, items: items.map(base.negate) }),
    multiply,
    divide: ({ shape, items }, b) => ({ shape, items: items.map((item) => base.divide(item, one(b))) }),
    power: (a, b) => scalar(base.power(one(a), one(b))),
    exp: (a) => scalar(base.exp(one(a))),
    log: (a) => scalar(base.log(one(a))),
    logSlope: (a) => scalar(base.logSlope(one(a))),
    smooth: (a, curve: Curve) => (a.shape === 'number' ? scalar(base.smooth(one(a), curve)) : { shape: a.shape, items: a.items.map((item) => base.smooth(item, curve)) }),
    vector: (items) => ({ shape: 'column', items: items.map(one) }),
    items: ({ items }) => items.map(scalar),
    transpose: ({ shape, items }) => ({ shape: shape === 'column' ? 'row' : shape === 'row' ? 'column' : shape, items }),
  };
}
