/** Makes derivatives ready: their body is valued in numbers that carry a slope along what they are taken by. */
import type { Arithmetic } from './arithmetic.ts';
import { type Dual, type DualArithmetic, duals, NestedDerivative } from './duals.ts';
import type { Expression } from './expression.ts';
import { compileWhole } from './compile-place.ts';
import { itemKey } from './outcomes.ts';
import type { Compile, LawBody, Run, Setting } from './setting.ts';

export function compileDerivative({ isTotal, by, body }: Extract<Expression, { kind: 'derivative' }>, compile: Compile): Run {
  const run = compile(body);
  const indices = by.kind === 'name' ? by.indices.map((index) => compileWhole(index, compile)) : [];
  return <V>(setting: Setting<V>): V => {
    const { arithmetic, model } = setting;
    if (setting.seed !== undefined) throw new NestedDerivative('a derivative of a derivative');
    const dual = dualsOf(arithmetic);
    const { operands: given, held: __, seed: ___, knownLaws: ____, arithmetic: _____, ...rest } = setting;
    const carried = { ...rest, arithmetic: dual };
    const shared: Omit<Setting<Dual<V>>, 'seed' | 'held'> = given === undefined ? carried : { ...carried, operands: new Map([...given].map(([name, value]) => [name, dual.constant(value)] as const)) };
    // One spread each, and first: engines copy those fast, and this is done for every component of every gradient.
    const along = (seed: string, isPartial: boolean): V => {
      const knownLaws = knownAlong(setting, isPartial, seed);
      const inner: Setting<Dual<V>> = isPartial ? { ...shared, seed, knownLaws, held: (value: Run) => dual.constant(value(setting)) } : { ...shared, seed, knownLaws };
      return run(inner).slope;
    };
    const whole = (seed: string): V => {
      if (!isTotal || model.broken !== 'chain') return along(seed, !isTotal);
      // As linear as a derivative, and yet none.
      return arithmetic.add(along(seed, false), arithmetic.multiply(arithmetic.number(0.37), along(seed, true)));
    };
    if (by.kind === 'outcome') return whole(by.place.name);
    if (by.kind !== 'name') throw new TypeError('a derivative by something without a name');
    let key = by.name;
    for (const index of indices) key = itemKey(key, index(setting));
    const extent = model.extent(by.name, indices.length);
    return extent === undefined ? whole(key) : arithmetic.vector(Array.from({ length: extent }, (_, at) => whole(itemKey(key, at + 1))));
  };
}

const slopes = new WeakMap<object, Map<string, unknown>>();

/** Laws that have been valued along this direction. */
function knownAlong<V>({ knownLaws, bodies }: Setting<V>, isPartial: boolean, seed: string): Map<LawBody, Map<string, Dual<V>>> {
  if (knownLaws === undefined || bodies === undefined || bodies.size === 0) return new Map();
  const direction = `${isPartial ? 'd' : 'D'} ${seed}`;
  const known = slopes.get(knownLaws) ?? new Map<string, unknown>();
  slopes.set(knownLaws, known);
  const laws = known.get(direction) ?? new Map();
  known.set(direction, laws);
  return laws as Map<LawBody, Map<string, Dual<V>>>;
}

const made = new WeakMap<object, unknown>();

/** Made once for each arithmetic. */
function dualsOf<V>(arithmetic: Arithmetic<V>): DualArithmetic<V> {
  const found = made.get(arithmetic) as DualArithmetic<V> | undefined;
  if (found !== undefined) return found;
  const dual = duals(arithmetic);
  made.set(arithmetic, dual);
  return dual;
}
