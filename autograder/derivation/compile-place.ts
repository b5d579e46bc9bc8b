/** Makes names, copies and outcomes ready: which slot of the environment each place reads. */
import type { Expression, Place } from './expression.ts';
import type { Model } from './model.ts';
import { itemKey, LONGEST_RANGE, outcomeAt, type Slot, spend, TooCostly } from './outcomes.ts';
import { type Compile, plain, type Run, type Setting, type Whole } from './setting.ts';

export type Slots = <V>(setting: Setting<V>) => readonly Slot[];

/** Indices are whole numbers; anything else has no value. */
export function compileWhole(expression: Expression, compile: Compile): Whole {
  if (expression.kind === 'number' && Number.isSafeInteger(expression.value)) {
    const { value } = expression;
    return () => value;
  }
  const run = compile(expression);
  const worked: Whole = (setting) => {
    const value = run(plain(setting));
    if (!Number.isSafeInteger(value)) throw new TooCostly('an index that is no whole number');
    return value;
  };
  if (expression.kind !== 'name' || expression.indices.length > 0) return worked;
  const { name } = expression;
  return (setting) => setting.environment.get(name) ?? worked(setting);
}

/** The slots of one place: one, or all of z[1..m]. */
export function compileSlots({ name, variable, index, through }: Place, compile: Compile): Slots {
  if (index === undefined) {
    const only = [{ key: name, variable, copy: 0 }];
    return () => only;
  }
  const made: (readonly Slot[])[] = [];
  const slotOf = (copy: number): Slot => ({ key: itemKey(name, copy), variable, copy });
  const oneOf = (copy: number): readonly Slot[] => (copy >= 0 && copy <= LONGEST_RANGE ? (made[copy] ??= [slotOf(copy)]) : [slotOf(copy)]);
  const first = compileWhole(index, compile);
  if (through === undefined) return (setting) => oneOf(first(setting));
  const last = compileWhole(through, compile);
  return (setting) => {
    const [from, to] = [first(setting), last(setting)];
    if (to - from > LONGEST_RANGE) throw new TooCostly('a range too long');
    const slots: Slot[] = [];
    for (let copy = from; copy <= to; copy += 1) slots.push(...oneOf(copy));
    return slots;
  };
}

export function compileAllSlots(places: readonly Place[], compile: Compile): Slots {
  const [only, ...others] = places.map((place) => compileSlots(place, compile));
  if (only !== undefined && others.length === 0) return only;
  return (setting) => (only === undefined ? [] : [only, ...others].flatMap((slots) => slots(setting)));
}

/** A number of the task, an index, an argument; without its last index, a vector. */
export function compileName(name: string, indices: readonly Expression[], compile: Compile): Run {
  const chosen = indices.map((index) => compileWhole(index, compile));
  // Made once a model and arithmetic, which are visited many times in turn: the x[i] of every term of a sum.
  let last: { readonly model: Model; readonly arithmetic: unknown; readonly values: Map<string, unknown> } | undefined;
  const known = <V>({ model, arithmetic }: Setting<V>): Map<string, V> => {
    if (last?.model !== model || last.arithmetic !== arithmetic) last = { model, arithmetic, values: new Map() };
    return last.values as Map<string, V>;
  };
  return <V>(setting: Setting<V>): V => {
    const { arithmetic, model, operands, environment, seed, budget } = setting;
    spend(budget, 1);
    if (chosen.length === 0) {
      const given = operands?.get(name);
      if (given !== undefined) return given;
      const bound = environment.get(name);
      if (bound !== undefined) return arithmetic.number(bound);
    }
    let key = name;
    for (const whole of chosen) key = itemKey(key, whole(setting));
    const moves = seed?.startsWith(name) === true;
    const found = moves ? undefined : known(setting).get(key);
    if (found !== undefined) return found;
    const item = (own: string): V => (seed === own ? arithmetic.variable(model.number(own)) : arithmetic.number(model.number(own)));
    const extent = model.extent(name, chosen.length);
    const value = extent === undefined ? item(key) : arithmetic.vector(Array.from({ length: extent }, (_, at) => item(itemKey(key, at + 1))));
    if (!moves) known(setting).set(key, value);
    return value;
  };
}

/** The value of a variable that has been drawn or is given. */
export function compileOutcome(place: Place, compile: Compile): Run {
  const { name, variable, index, isPath } = place;
  const slots = compileSlots(place, compile);
  const run: Run = <V>(setting: Setting<V>): V => {
    const { arithmetic, model, environment, seed, operands, paths, budget } = setting;
    spend(budget, 1);
    const given = index === undefined ? operands?.get(name) : undefined;
    if (given !== undefined) return given;
    if (paths?.has(variable) === true) return alongPath(setting);
    const [slot] = slots(setting);
    if (slot === undefined) throw new TooCostly('an empty range');
    const value = model.valueOf(slot.variable, outcomeAt(slot.key, environment), slot.copy);
    if (typeof value !== 'number') return arithmetic.vector(value.map(arithmetic.number));
    return seed === slot.key ? arithmetic.variable(value) : arithmetic.number(value);
  };
  /** A drawn x = mu + s * eps has a noise of its own; one that is not drawn has the noise that is given. */
  const alongPath = <V>(setting: Setting<V>): V => {
    const { arithmetic, model, environment, seed, held, paths } = setting;
    const path = paths?.get(variable);
    if (path === undefined) throw new TypeError(`${variable} is no function of a noise`);
    if (seed === name) return arithmetic.variable(alongPath(plain(setting)));
    if (held !== undefined && isPath !== true) return held(run);
    const { operands: _, ...outside } = setting;
    const [slot] = slots(setting);
    const outcome = slot === undefined ? undefined : environment.get(slot.key);
    if (slot === undefined || outcome === undefined) return compile(path.body)(outside);
    const value = model.valueOf(slot.variable, outcome, slot.copy);
    return compile(path.body)({ ...outside, operands: new Map([[path.noise, arithmetic.number(typeof value === 'number' ? value : Number.NaN)]]) });
  };
  return run;
}
