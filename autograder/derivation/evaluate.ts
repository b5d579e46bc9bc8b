/** The value of an expression in a model, in any arithmetic; every expectation is an exact sum. */
import type { Arithmetic } from './arithmetic.ts';
import type { Expression, Law, Place } from './expression.ts';
import type { Model } from './model.ts';
import { lawKey } from './print.ts';

/** What one line may cost; a line that costs more cannot be checked. */
export interface Budget {
  left: number;
}

export class TooCostly extends Error {
  override readonly name = 'TooCostly';
}

/** Outcomes and indices by name: `z`, `z'`, `z[2]`, `i`. */
export type Environment = Map<string, number>;

export interface Setting<V> {
  readonly model: Model;
  readonly arithmetic: Arithmetic<V>;
  readonly environment: Environment;
  readonly budget: Budget;
  /** Laws that the task gives by a formula: p(x|z). */
  readonly bodies?: ReadonlyMap<string, Expression>;
}

const LONGEST_RANGE = 32;

export function evaluate<V>(expression: Expression, setting: Setting<V>): V {
  const { arithmetic, model, budget } = setting;
  budget.left -= 1;
  if (budget.left < 0) throw new TooCostly('too many terms');
  const value = valueOf(expression, setting);
  const isOpaque = expression.kind === model.broken ? !(expression.kind === 'defined' && expression.definition.isLocal === true) : isBrokenDensity(expression, setting);
  return isOpaque ? arithmetic.smooth(value, distorted) : value;
}

/** What takes the place of a broken meaning: another number, the same for the same value. */
function distorted(value: number): number {
  return 1.3 * value + 0.4 * Math.sin(3 * value) + 0.7;
}

/** What a task assumes of a law, and what the named densities are, are facts to be used too. */
function isBrokenDensity<V>(expression: Expression, { model, bodies }: Setting<V>): boolean {
  if (model.broken === 'model') return expression.kind === 'law' && bodies?.has(lawKey(expression)) === true;
  return model.broken === 'density' && expression.kind === 'call' && (expression.name === 'Bern' || expression.name === 'N');
}

function valueOf<V>(expression: Expression, setting: Setting<V>): V {
  const { arithmetic } = setting;
  const value = (part: Expression): V => evaluate(part, setting);
  switch (expression.kind) {
    case 'number':
      return arithmetic.number(expression.value);
    case 'name':
      return arithmetic.number(numberOf(expression.name, expression.indices, setting));
    case 'negate':
      return arithmetic.negate(value(expression.of));
    case 'binary': {
      const [left, right] = [value(expression.left), value(expression.right)];
      if (expression.operator === '-') return arithmetic.add(left, arithmetic.negate(right));
      const operation = { '+': arithmetic.add, '*': arithmetic.multiply, '/': arithmetic.divide, '^': arithmetic.power }[expression.operator];
      return operation(left, right);
    }
    case 'call':
      return call(expression.name, expression.operands.map(value), arithmetic);
    case 'law': {
      const body = setting.bodies?.get(lawKey(expression));
      return body === undefined ? arithmetic.number(density(expression, setting)) : value(body);
    }
    case 'expectation': {
      const terms: V[] = [];
      overOutcomes(
        expression.under.flatMap(({ of }) => of),
        setting,
        (volume) => {
          const weight = expression.under.reduce((product, law) => product * density(law, setting), volume);
          terms.push(arithmetic.multiply(arithmetic.number(weight), value(expression.body)));
        },
      );
      return arithmetic.total(terms);
    }
    case 'over-outcomes': {
      const terms: V[] = [];
      overOutcomes(expression.places, setting, (volume) => terms.push(arithmetic.multiply(arithmetic.number(volume), value(expression.body))));
      return arithmetic.total(terms);
    }
    case 'over-index': {
      const [from, to] = [wholeNumber(expression.from, setting), wholeNumber(expression.to, setting)];
      if (to - from > LONGEST_RANGE) throw new TooCostly('a range too long');
      const terms: V[] = [];
      for (let at = from; at <= to; at += 1) terms.push(withName(setting.environment, expression.index, at, () => value(expression.body)));
      return expression.operator === 'sum' ? arithmetic.total(terms) : terms.reduce(arithmetic.multiply, arithmetic.number(1));
    }
    case 'divergence': {
      const { from, to } = expression;
      const terms: V[] = [];
      overOutcomes(from.of, setting, (volume) => {
        const weight = density(from, setting);
        const other = withPlaces(setting, from.of, to.of, () => density(to, setting));
        terms.push(arithmetic.multiply(arithmetic.number(weight * volume), arithmetic.log(arithmetic.number(weight / other))));
      });
      return arithmetic.total(terms);
    }
    case 'entropy': {
      const terms: V[] = [];
      overOutcomes(expression.of.of, setting, (volume) => {
        const weight = density(expression.of, setting);
        terms.push(arithmetic.multiply(arithmetic.number(-weight * volume), arithmetic.log(arithmetic.number(weight))));
      });
      return arithmetic.total(terms);
    }
    case 'defined': {
      const { definition, argument } = expression;
      if (definition.parameter === undefined || argument === undefined) return value(definition.body);
      return withName(setting.environment, definition.parameter, wholeNumber(argument, setting), () => value(definition.body));
    }
  }
}

function call<V>(name: string, [a, b, c]: readonly V[], arithmetic: Arithmetic<V>): V {
  if (a === undefined) throw new TypeError(`${name} without an argument`);
  const { number, add, negate, multiply, divide, power, exp, log, smooth } = arithmetic;
  if (name === 'log') return log(a);
  if (name === 'exp') return exp(a);
  if (name === 'sqrt') return power(a, number(0.5));
  if (name === 'sigma') return smooth(a, (x) => 1 / (1 + Math.exp(-x)));
  if (name === 'abs') return smooth(a, Math.abs);
  if (b === undefined) throw new TypeError(`${name} without its second argument`);
  // t^x (1 - t)^(1 - x)
  if (name === 'Bern') return multiply(power(b, a), power(add(number(1), negate(b)), add(number(1), negate(a))));
  if (c === undefined) throw new TypeError(`${name} without its third argument`);
  // exp(-(x - m)^2 / (2 v)) / sqrt(2 pi v)
  const square = power(add(a, negate(b)), number(2));
  return divide(exp(negate(divide(square, multiply(number(2), c)))), power(multiply(number(2 * Math.PI), c), number(0.5)));
}

function numberOf<V>(name: string, indices: readonly Expression[], setting: Setting<V>): number {
  const bound = setting.environment.get(name);
  if (bound !== undefined && indices.length === 0) return bound;
  return setting.model.number(
    name,
    indices.map((index) => wholeNumber(index, setting)),
  );
}

/** Indices are whole numbers; anything else has no value. */
function wholeNumber<V>(expression: Expression, setting: Setting<V>): number {
  const value = indexValue(expression, setting);
  if (!Number.isSafeInteger(value)) throw new TooCostly('an index that is no whole number');
  return value;
}

function indexValue<V>(expression: Expression, setting: Setting<V>): number {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'name') return numberOf(expression.name, expression.indices, setting);
  return evaluate(expression, { ...setting, arithmetic: indexArithmetic });
}

const indexArithmetic: Arithmetic<number> = {
  number: (value) => value,
  add: (a, b) => a + b,
  total: (values) => values.reduce((sum, value) => sum + value, 0),
  negate: (a) => -a,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  exp: Math.exp,
  log: Math.log,
  smooth: (a, f) => f(a),
};

function density<V>(law: Law, setting: Setting<V>): number {
  const of: number[] = [];
  const given: number[] = [];
  const copies: number[] = [];
  for (const place of law.of) {
    eachKey(place, setting, (key, copy) => {
      of.push(outcomeAt(key, setting));
      copies.push(copy);
    });
  }
  for (const place of law.given) eachKey(place, setting, (key) => given.push(outcomeAt(key, setting)));
  return setting.model.density(law)(of, given, copies);
}

function outcomeAt<V>(key: string, { environment }: Setting<V>): number {
  const value = environment.get(key);
  if (value === undefined) throw new UnboundCopy(key);
  return value;
}

/** A copy outside the range that was drawn: z[m + 1]. */
export class UnboundCopy extends Error {
  override readonly name = 'UnboundCopy';
}

/** The names under which a place's outcomes are kept: one, or one a copy. */
function eachKey<V>({ name, index, through }: Place, setting: Setting<V>, visit: (key: string, copy: number) => void): void {
  if (index === undefined) {
    visit(name, 0);
    return;
  }
  const first = wholeNumber(index, setting);
  const last = through === undefined ? first : wholeNumber(through, setting);
  if (last - first > LONGEST_RANGE) throw new TooCostly('a range too long');
  for (let copy = first; copy <= last; copy += 1) visit(copyKey(name, copy), copy);
}

const copyKeys = new Map<string, string[]>();

/** `z[2]`, made once: this is the innermost loop. */
function copyKey(name: string, copy: number): string {
  if (copy < 0 || copy > 100 || copyKeys.size > 100) return `${name}[${copy}]`;
  const keys = copyKeys.get(name) ?? [];
  copyKeys.set(name, keys);
  return (keys[copy] ??= `${name}[${copy}]`);
}

function keysOf<V>(place: Place, setting: Setting<V>): readonly string[] {
  const keys: string[] = [];
  eachKey(place, setting, (key) => keys.push(key));
  return keys;
}

/** Runs through all outcomes of the places; `visit` gets the volume of the cell. */
function overOutcomes<V>(places: readonly Place[], setting: Setting<V>, visit: (volume: number) => void): void {
  const keys = places.flatMap((place) => keysOf(place, setting).map((key) => ({ key, variable: place.variable })));
  const { model, environment } = setting;
  const descend = (depth: number, volume: number): void => {
    const here = keys[depth];
    if (here === undefined) {
      visit(volume);
      return;
    }
    const before = environment.get(here.key);
    for (let value = 0; value < model.sizeOf(here.variable); value += 1) {
      environment.set(here.key, value);
      descend(depth + 1, volume * model.volume(here.variable, value));
    }
    restore(environment, here.key, before);
  };
  descend(0, 1);
}

/** Gives the places of the second law the outcomes of the first, variable by variable. */
function withPlaces<V, R>(setting: Setting<V>, from: readonly Place[], to: readonly Place[], run: () => R): R {
  const [place, ...rest] = to;
  const source = from.find(({ variable }) => variable === place?.variable);
  if (place === undefined || source === undefined) return run();
  const values = keysOf(source, setting).map((key) => outcomeAt(key, setting));
  const inner = (): R => withPlaces(setting, from, rest, run);
  return keysOf(place, setting).reduceRight<() => R>((next, key, position) => () => withName(setting.environment, key, values[position] ?? Number.NaN, next), inner)();
}

function withName<R>(environment: Environment, name: string, value: number, run: () => R): R {
  const before = environment.get(name);
  environment.set(name, value);
  const result = run();
  restore(environment, name, before);
  return result;
}

function restore(environment: Environment, name: string, before: number | undefined): void {
  if (before === undefined) environment.delete(name);
  else environment.set(name, before);
}
