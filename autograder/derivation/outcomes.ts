/** Outcomes by name while an expression is valued: which places there are, and running through all they can be. */
import type { Arithmetic } from './arithmetic.ts';
import type { Expression, Law, Place } from './expression.ts';
import type { Model } from './model.ts';

/** What one line may cost; a line that costs more cannot be checked. */
export interface Budget {
  left: number;
}

export class TooCostly extends Error {
  override readonly name = 'TooCostly';
}

/** A copy outside the range that was drawn: z[m + 1]. */
export class UnboundCopy extends Error {
  override readonly name = 'UnboundCopy';
}

/** Outcomes and indices by name: `z`, `z'`, `z[2]`, `i`. */
export type Environment = Map<string, number>;

/** What the places of a law need to be looked up. */
export interface Scene {
  readonly model: Model;
  readonly environment: Environment;
  readonly budget: Budget;
}

export const LONGEST_RANGE = 32;

/** Throws TooCostly once nothing is left. */
export function spend(budget: Budget, cost: number): void {
  budget.left -= cost;
  if (budget.left < 0) throw new TooCostly('too many terms');
}

/** An index as a whole number; evaluate.ts hands itself over, so that no file imports in a circle. */
export type WholeNumber = (expression: Expression) => number;

/** One variable's copy: the key of its outcome in the environment. */
export interface Slot {
  readonly key: string;
  readonly variable: string;
  readonly copy: number;
}

export function slotsOf({ name, variable, index, through }: Place, whole: WholeNumber): readonly Slot[] {
  if (index === undefined) return [{ key: name, variable, copy: 0 }];
  const first = whole(index);
  const last = through === undefined ? first : whole(through);
  if (last - first > LONGEST_RANGE) throw new TooCostly('a range too long');
  const slots: Slot[] = [];
  for (let copy = first; copy <= last; copy += 1) slots.push({ key: copyKey(name, copy), variable, copy });
  return slots;
}

const copyKeys = new Map<string, string[]>();

/** `z[2]`, made once: this is the innermost loop. */
function copyKey(name: string, copy: number): string {
  if (copy < 0 || copy > 100 || copyKeys.size > 100) return `${name}[${copy}]`;
  const keys = copyKeys.get(name) ?? [];
  copyKeys.set(name, keys);
  return (keys[copy] ??= `${name}[${copy}]`);
}

export function outcomeAt(key: string, environment: Environment): number {
  const value = environment.get(key);
  if (value === undefined) throw new UnboundCopy(key);
  return value;
}

/** The outcomes of a law's places, in order, as the model's densities want them. */
export function densityOf(law: Law, { model, environment, budget }: Scene, whole: WholeNumber): number {
  const of: number[] = [];
  const given: number[] = [];
  const copies: number[] = [];
  const variables: string[] = [];
  for (const place of law.of) {
    for (const { key, copy, variable } of slotsOf(place, whole)) {
      of.push(outcomeAt(key, environment));
      copies.push(copy);
      variables.push(variable);
    }
  }
  spend(budget, of.length);
  for (const place of law.given) for (const { key } of slotsOf(place, whole)) given.push(outcomeAt(key, environment));
  return model.density(law)(of, given, copies, variables);
}

/** Runs through all outcomes; `visit` gets the product of what each weighs. */
export function overOutcomes(slots: readonly Slot[], letter: 'p' | 'q' | undefined, weigh: (slot: Slot, outcome: number) => number, { model, environment, budget }: Scene, visit: (weight: number) => void): void {
  const descend = (depth: number, weight: number): void => {
    const slot = slots[depth];
    if (slot === undefined) {
      visit(weight);
      return;
    }
    const before = environment.get(slot.key);
    const { from, to } = model.outcomes(slot.variable, letter, slot.copy);
    for (let outcome = from; outcome < to; outcome += 1) {
      spend(budget, 1);
      environment.set(slot.key, outcome);
      descend(depth + 1, weight * weigh(slot, outcome));
    }
    restore(environment, slot.key, before);
  };
  descend(0, 1);
}

/** Gives the places of the second law the outcomes of the first, variable by variable. */
export function withPlaces<R>(scene: Scene, from: readonly Place[], to: readonly Place[], whole: WholeNumber, run: () => R): R {
  const [place, ...rest] = to;
  const source = from.find(({ variable }) => variable === place?.variable);
  if (place === undefined || source === undefined) return run();
  const values = slotsOf(source, whole).map(({ key }) => outcomeAt(key, scene.environment));
  const inner = (): R => withPlaces(scene, from, rest, whole, run);
  return slotsOf(place, whole).reduceRight<() => R>((next, { key }, position) => () => withName(scene.environment, key, values[position] ?? Number.NaN, next), inner)();
}

export function withName<R>(environment: Environment, name: string, value: number, run: () => R): R {
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

/** Plain numbers, for indices and for what is looked up by its value. */
export const plainNumbers: Arithmetic<number> = {
  number: (value) => value,
  variable: (value) => value,
  add: (a, b) => a + b,
  total: (values) => values.reduce((sum, value) => sum + value, 0),
  negate: (a) => -a,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  exp: Math.exp,
  log: Math.log,
  logSlope: (u) => 1 / u,
  smooth: (a, { at }) => at(a),
  vector: ([first]) => first ?? Number.NaN,
  items: (a) => [a],
  transpose: (a) => a,
};
