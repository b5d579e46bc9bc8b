/**
 * Column vectors and their transposes over any arithmetic of numbers: u^T v is a number, u v^T is refused, and a
 * number times a vector scales it. A vector of one item is not a number.
 */
import { type Arithmetic, WrongShape } from './arithmetic.ts';
import type { Curve } from './curve.ts';

/** A number as it is, or a vector: most values of any task are numbers. */
export type Vector<V> = V | Items<V>;

export class Items<V> {
  readonly items: readonly V[];
  readonly isRow: boolean;

  constructor(items: readonly V[], isRow: boolean) {
    this.items = items;
    this.isRow = isRow;
  }

  map(change: (item: V, at: number) => V): Items<V> {
    return new Items(this.items.map(change), this.isRow);
  }
}

function one<V>(value: Vector<V>): V {
  if (value instanceof Items) throw new WrongShape('A vector stands here where a number is needed.');
  return value;
}

export function vectors<V>(base: Arithmetic<V>): Arithmetic<Vector<V>> {
  // A number is added to every item: where a vector was meant, the line has a value and is found false.
  const add = (a: Vector<V>, b: Vector<V>): Vector<V> => {
    if (!(a instanceof Items)) return b instanceof Items ? b.map((item) => base.add(a, item)) : base.add(a, b);
    if (!(b instanceof Items)) return a.map((item) => base.add(b, item));
    if (a.isRow !== b.isRow || a.items.length !== b.items.length) throw new WrongShape('A vector is added to something of another shape here.');
    return a.map((item, at) => base.add(item, b.items[at] ?? item));
  };
  const multiply = (a: Vector<V>, b: Vector<V>): Vector<V> => {
    if (!(a instanceof Items)) return b instanceof Items ? b.map((item) => base.multiply(a, item)) : base.multiply(a, b);
    if (!(b instanceof Items)) return a.map((item) => base.multiply(b, item));
    if (!a.isRow || b.isRow || a.items.length !== b.items.length) throw new WrongShape('Two vectors are multiplied here: type u^T * v or dot(u, v).');
    return base.total(a.items.map((item, at) => base.multiply(item, b.items[at] ?? item)));
  };
  return {
    number: base.number,
    variable: base.variable,
    add,
    total: (values) => (values.some((value) => value instanceof Items) ? values.reduce(add) : base.total(values.map(one))),
    negate: (a) => (a instanceof Items ? a.map(base.negate) : base.negate(a)),
    multiply,
    divide: (a, b) => (a instanceof Items ? a.map((item) => base.divide(item, one(b))) : base.divide(a, one(b))),
    power: (a, b) => base.power(one(a), one(b)),
    exp: (a) => base.exp(one(a)),
    log: (a) => base.log(one(a)),
    logSlope: (a) => base.logSlope(one(a)),
    smooth: (a, curve: Curve) => (a instanceof Items ? a.map((item) => base.smooth(item, curve)) : base.smooth(a, curve)),
    vector: (items) => new Items(items.map(one), false),
    items: (a) => (a instanceof Items ? a.items : [a]),
    transpose: (a) => (a instanceof Items ? new Items(a.items, !a.isRow) : a),
  };
}
