/** The value of an expression in a model, in any arithmetic; every expectation is an exact sum. */
import type { Arithmetic } from './arithmetic.ts';
import { distorted } from './curve.ts';
import { type Dual, duals, NestedDerivative } from './duals.ts';
import type { Expression, Law, Place } from './expression.ts';
import { applyFunction } from './functions.ts';
import { NoSuchLaw } from './model.ts';
import { densityOf, LONGEST_RANGE, outcomeAt, overOutcomes, plainNumbers, type Scene, type Slot, slotsOf, TooCostly, withName, withPlaces } from './outcomes.ts';
import { bodyKey } from './print.ts';

export interface Setting<V> extends Scene {
  readonly arithmetic: Arithmetic<V>;
  /** Laws that the task gives by a formula: p(x|z), or p(x[n]|z[n]) with its index. */
  readonly bodies?: ReadonlyMap<string, LawBody>;
  /** Variables that are functions of a noise: x = mu + s * eps. */
  readonly paths?: ReadonlyMap<string, Path>;
  /** The arguments of the function whose body is valued. */
  readonly operands?: ReadonlyMap<string, V>;
  /** What the derivative is taken by, by its key: `phi[2]`. */
  readonly seed?: string;
  /** Within a partial derivative: a variable that is a function of what it is taken by, as a constant. */
  readonly held?: (place: Place) => V;
}

export interface LawBody {
  readonly index?: string;
  readonly body: Expression;
}

export interface Path {
  readonly noise: string;
  readonly body: Expression;
}

export function evaluate<V>(expression: Expression, setting: Setting<V>): V {
  const { arithmetic, model, budget } = setting;
  budget.left -= 1;
  if (budget.left < 0) throw new TooCostly('too many terms');
  const value = valueOf(expression, setting);
  return isOpaque(expression, model.broken) ? arithmetic.smooth(value, distorted) : value;
}

const DENSITIES: ReadonlySet<string> = new Set(['Bern', 'N', 'Gamma', 'Pois', 'Cat']);

/** What is broken here has another value: a name, a KL, an entropy, the named densities. */
function isOpaque(expression: Expression, broken: Scene['model']['broken']): boolean {
  if (broken === 'density') return expression.kind === 'call' && DENSITIES.has(expression.name);
  if (broken === 'defined') return expression.kind === 'applied' || (expression.kind === 'defined' && expression.definition.isLocal !== true);
  return expression.kind === broken;
}

function valueOf<V>(expression: Expression, setting: Setting<V>): V {
  const { arithmetic, environment } = setting;
  const value = (part: Expression): V => evaluate(part, setting);
  const whole = (part: Expression): number => wholeNumber(part, setting);
  switch (expression.kind) {
    case 'number':
      return arithmetic.number(expression.value);
    case 'name':
      return nameValue(expression.name, expression.indices, setting);
    case 'outcome':
      return outcomeValue(expression.place, setting);
    case 'negate':
      return arithmetic.negate(value(expression.of));
    case 'transpose':
      return arithmetic.transpose(value(expression.of));
    case 'binary': {
      const [left, right] = [value(expression.left), value(expression.right)];
      if (expression.operator === '-') return arithmetic.add(left, arithmetic.negate(right));
      const operation = { '+': arithmetic.add, '*': arithmetic.multiply, '/': arithmetic.divide, '^': arithmetic.power }[expression.operator];
      return operation(left, right);
    }
    case 'call':
      return applyFunction(expression.name, expression.operands.map(value), arithmetic, setting.model.broken);
    case 'applied': {
      const operands = new Map(expression.applied.parameters.map((name, at) => [name, value(expression.operands[at] ?? expression)] as const));
      return evaluate(expression.applied.body, { ...setting, operands });
    }
    case 'law':
      return lawValue(expression, setting);
    case 'expectation':
      return arithmetic.total(underLaws(expression.under, setting, () => value(expression.body)));
    case 'over-outcomes': {
      const slots = expression.places.flatMap((place) => slotsOf(place, whole));
      const drawn = slots.filter(({ variable }) => setting.model.isDrawn(variable));
      const terms: V[] = [];
      const volume = volumeOf(setting);
      overOutcomes(slots, undefined, (slot, outcome) => (drawn.includes(slot) ? 1 : volume(slot, outcome)), setting, (weight) =>
        terms.push([...drawn.map((slot) => cell(slot, setting)), value(expression.body)].reduce((product, factor) => arithmetic.multiply(product, factor), arithmetic.number(weight))),
      );
      return arithmetic.total(terms);
    }
    case 'over-index':
      return overIndex(expression, setting);
    case 'divergence': {
      const { from, to } = expression;
      const other = (): V => withPlaces(setting, from.of, to.of, whole, () => lawValue(to, setting));
      return arithmetic.total(underLaws([from], setting, () => arithmetic.log(arithmetic.divide(lawValue(from, setting), other()))));
    }
    case 'entropy':
      return arithmetic.negate(arithmetic.total(underLaws([expression.of], setting, () => arithmetic.log(lawValue(expression.of, setting)))));
    case 'derivative':
      return derivative(expression, setting);
    case 'limit':
      return withName(environment, expression.of, setting.model.broken === 'limit' ? FAR_FROM_ZERO : NEAR_ZERO, () => value(expression.body));
    case 'defined': {
      const { definition, argument } = expression;
      if (definition.parameter === undefined || argument === undefined) return value(definition.body);
      return withName(environment, definition.parameter, whole(argument), () => value(definition.body));
    }
  }
}

/** Small enough for a softmax to be sharp, large enough for its exponentials. */
const NEAR_ZERO = 0.01;
const FAR_FROM_ZERO = 0.8;

function nameValue<V>(name: string, indices: readonly Expression[], setting: Setting<V>): V {
  const { arithmetic, model, operands, environment, seed } = setting;
  if (indices.length === 0) {
    const given = operands?.get(name);
    if (given !== undefined) return given;
    const bound = environment.get(name);
    if (bound !== undefined) return arithmetic.number(bound);
  }
  const chosen = indices.map((index) => wholeNumber(index, setting));
  const item = (all: readonly number[]): V => (seed === `${name}[${all.join('][')}]` || (all.length === 0 && seed === name) ? arithmetic.variable(model.number(name, all)) : arithmetic.number(model.number(name, all)));
  const extent = model.extent(name, chosen.length);
  return extent === undefined ? item(chosen) : arithmetic.vector(Array.from({ length: extent }, (_, at) => item([...chosen, at + 1])));
}

function outcomeValue<V>(place: Place, setting: Setting<V>): V {
  const { arithmetic, model, environment, seed, operands } = setting;
  const given = place.index === undefined ? operands?.get(place.name) : undefined;
  if (given !== undefined) return given;
  const path = setting.paths?.get(place.variable);
  if (path !== undefined) return pathValue(place, path, setting);
  const [slot] = slotsOf(place, (part) => wholeNumber(part, setting));
  if (slot === undefined) throw new TooCostly('an empty range');
  const value = model.valueOf(slot.variable, outcomeAt(slot.key, environment), slot.copy);
  if (typeof value !== 'number') return arithmetic.vector(value.map(arithmetic.number));
  return seed === slot.key ? arithmetic.variable(value) : arithmetic.number(value);
}

/** A drawn x = mu + s * eps has a noise of its own; one that is not drawn has the noise that is given. */
function pathValue<V>(place: Place, { noise, body }: Path, setting: Setting<V>): V {
  const { arithmetic, model, environment, seed, held } = setting;
  if (seed === place.name) return arithmetic.variable(pathValue(place, { noise, body }, plain(setting)));
  if (held !== undefined && place.isPath !== true) return held(place);
  const { operands: _, ...outside } = setting;
  const [slot] = slotsOf(place, (part) => wholeNumber(part, setting));
  const outcome = slot === undefined ? undefined : environment.get(slot.key);
  if (slot === undefined || outcome === undefined) return evaluate(body, outside);
  const value = model.valueOf(slot.variable, outcome, slot.copy);
  return evaluate(body, { ...outside, operands: new Map([[noise, arithmetic.number(typeof value === 'number' ? value : Number.NaN)]]) });
}

function derivative<V>({ isTotal, by, body }: Extract<Expression, { kind: 'derivative' }>, setting: Setting<V>): V {
  const { arithmetic, model } = setting;
  if (setting.seed !== undefined) throw new NestedDerivative('a derivative of a derivative');
  const dual = duals(arithmetic);
  const along = (seed: string, isPartial: boolean): V => {
    const operands = setting.operands === undefined ? undefined : new Map([...setting.operands].map(([name, given]) => [name, dual.constant(given)] as const));
    const { operands: _, held: __, seed: ___, ...rest } = setting;
    const inner: Setting<Dual<V>> = { ...rest, arithmetic: dual, seed, ...(operands === undefined ? {} : { operands }), ...(isPartial ? { held: (place: Place) => dual.constant(outcomeValue(place, setting)) } : {}) };
    return evaluate(body, inner).slope;
  };
  const whole = (seed: string): V => {
    if (!isTotal || model.broken !== 'chain') return along(seed, !isTotal);
    // As linear as a derivative, and yet none.
    return arithmetic.add(along(seed, false), arithmetic.multiply(arithmetic.number(0.37), along(seed, true)));
  };
  if (by.kind === 'outcome') return whole(by.place.name);
  if (by.kind !== 'name') throw new TypeError('a derivative by something without a name');
  const indices = by.indices.map((index) => wholeNumber(index, setting));
  const prefix = `${by.name}${indices.map((index) => `[${index}]`).join('')}`;
  const extent = model.extent(by.name, indices.length);
  return extent === undefined ? whole(prefix) : arithmetic.vector(Array.from({ length: extent }, (_, at) => whole(`${prefix}[${at + 1}]`)));
}

function overIndex<V>({ operator, index, from, to, body }: Extract<Expression, { kind: 'over-index' }>, setting: Setting<V>): V {
  const { arithmetic } = setting;
  const [first, last] = [wholeNumber(from, setting), wholeNumber(to, setting)];
  if (last - first > LONGEST_RANGE) throw new TooCostly('a range too long');
  const range = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  const at = <R>(number: number, run: () => R): R => withName(setting.environment, index, number, run);
  if (operator === 'argmax') {
    const values = range.map((number) => at(number, () => evaluate(body, plain(setting))));
    return arithmetic.number(range[values.indexOf(Math.max(...values))] ?? Number.NaN);
  }
  const terms = range.map((number) => at(number, () => evaluate(body, setting)));
  return operator === 'sum' ? arithmetic.total(terms) : terms.reduce(arithmetic.multiply, arithmetic.number(1));
}

/** The body at every outcome of what the laws draw, times their weight there. */
function underLaws<V>(laws: readonly Law[], setting: Setting<V>, body: () => V): readonly V[] {
  const { arithmetic, model } = setting;
  const whole = (part: Expression): number => wholeNumber(part, setting);
  const terms: V[] = [];
  const descend = (at: number, weight: number, densities: readonly V[]): void => {
    const law = laws[at];
    if (law === undefined) {
      terms.push([...densities, body()].reduce((product, factor) => arithmetic.multiply(product, factor), arithmetic.number(weight)));
      return;
    }
    const letter = law.law === 'p' ? 'p' : 'q';
    const slots = law.of.flatMap((place) => slotsOf(place, whole));
    const isWeighed = slots.every(({ variable }) => model.isDrawn(variable));
    const weigh = isWeighed ? ({ variable, copy }: Slot, outcome: number): number => model.mass(letter, variable, outcome, copy) ?? Number.NaN : volumeOf(setting);
    overOutcomes(slots, letter, weigh, setting, (factor) => descend(at + 1, weight * factor, isWeighed ? densities : [...densities, lawValue(law, setting)]));
  };
  descend(0, 1, []);
  return terms;
}

/** What a weighted point of q stands for in an integral: its weight over the density there. */
function cell<V>(slot: Slot, setting: Setting<V>): V {
  const { arithmetic, model, environment, bodies } = setting;
  const [, law] = [...(bodies ?? [])].find(([key]) => key.startsWith(`q(${slot.variable}|`)) ?? [];
  if (law === undefined) throw new NoSuchLaw(`Take ${slot.variable} under E[...] here: there is no sum over ${slot.variable}.`);
  const weight = model.mass('q', slot.variable, outcomeAt(slot.key, environment), slot.copy) ?? Number.NaN;
  const density = withName(environment, law.index ?? '', slot.copy, () => assumed(evaluate(law.body, setting), setting));
  return arithmetic.divide(arithmetic.number(weight), density);
}

function volumeOf({ model }: Scene): (slot: Slot, outcome: number) => number {
  return ({ variable, copy }, outcome) => model.volume(variable, outcome, copy);
}

function lawValue<V>(law: Law, setting: Setting<V>): V {
  const found = setting.bodies?.get(bodyKey(law));
  const whole = (part: Expression): number => wholeNumber(part, setting);
  const value = (): V => {
    if (found !== undefined) return bodyValue(law, found, setting);
    if (law.law === 'q*') throw new NoSuchLaw('There is no such best law here.');
    return setting.arithmetic.number(densityOf(law, setting, whole));
  };
  return [...law.of, ...law.given].reduceRight<() => V>((next, place) => {
    const outcome = place.value;
    if (outcome === undefined) return next;
    return () => withName(setting.environment, slotsOf(place, whole)[0]?.key ?? place.name, whole(outcome) - 1, next);
  }, value)();
}

/** A best law is an expectation over everything else, so it is worked out once for each of its own outcomes. */
function bodyValue<V>(law: Law, body: LawBody, setting: Setting<V>): V {
  const slots = law.law === 'q*' && setting.seed === undefined ? slotsOf(law.of[0] ?? { name: '', variable: '' }, (part) => wholeNumber(part, setting)) : [];
  const [slot] = slots;
  if (slot === undefined || slots.length > 1) return freshValue(law, body, setting);
  const key = `${slot.key} ${setting.environment.get(slot.key)}`;
  const known = bestLaws.get(setting.model) ?? new Map<string, unknown>();
  bestLaws.set(setting.model, known);
  if (!known.has(key)) known.set(key, freshValue(law, body, setting));
  return known.get(key) as V;
}

const bestLaws = new WeakMap<Scene['model'], Map<string, unknown>>();

function freshValue<V>(law: Law, { index, body }: LawBody, setting: Setting<V>): V {
  const { arithmetic, environment } = setting;
  const { operands: _, held, ...outside } = setting;
  const isHeld = held !== undefined && ![...law.of, ...law.given].some(({ isPath }) => isPath === true);
  const value = (): V => assumed(evaluate(body, { ...outside, ...(isHeld ? { held } : {}) }), setting);
  const [place] = law.of;
  if (place === undefined || (index === undefined && law.of.length > 1)) return value();
  // The formula speaks of z: of z[1..n] and z' it is taken at each.
  if (index === undefined) {
    const each = slotsOf(place, (part) => wholeNumber(part, setting)).map(({ key, variable }) => (key === variable ? value() : withName(environment, variable, outcomeAt(key, environment), value)));
    return each.reduce((product, factor) => arithmetic.multiply(product, factor), arithmetic.number(1));
  }
  const factors = slotsOf(place, (part) => wholeNumber(part, setting)).map(({ copy }) => withName(environment, index, copy, value));
  return factors.reduce((product, factor) => arithmetic.multiply(product, factor), arithmetic.number(1));
}

/** What a task assumes of a law is a fact to be used too. */
function assumed<V>(value: V, { model, arithmetic }: Setting<V>): V {
  return model.broken === 'model' ? arithmetic.smooth(value, distorted) : value;
}

/** Indices are whole numbers; anything else has no value. */
function wholeNumber<V>(expression: Expression, setting: Setting<V>): number {
  if (expression.kind === 'number' && Number.isSafeInteger(expression.value)) return expression.value;
  const bound = expression.kind === 'name' && expression.indices.length === 0 ? setting.environment.get(expression.name) : undefined;
  const value = bound ?? evaluate(expression, plain(setting));
  if (!Number.isSafeInteger(value)) throw new TooCostly('an index that is no whole number');
  return value;
}

function plain<V>(setting: Setting<V>): Setting<number> {
  const { operands: _, held: __, seed: ___, ...rest } = setting;
  return { ...rest, arithmetic: plainNumbers };
}
