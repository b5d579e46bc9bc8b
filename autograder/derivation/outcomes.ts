/** Outcomes by name while an expression is valued: which places there are, and running through all they can be. */
import type { Arithmetic } from './arithmetic.ts';
import type { Model } from './model.ts';
import type { Slot } from './slot.ts';

export type { Slot } from './slot.ts';

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

const itemKeys = new Map<string, string[]>();
const MOST_NAMES = 1000;

/** `z[2]`, made once: this is the innermost loop. */
export function itemKey(name: string, index: number): string {
  const known = itemKeys.get(name);
  if (index < 0 || index > LONGEST_RANGE || (known === undefined && itemKeys.size >= MOST_NAMES)) return `${name}[${index}]`;
  const keys = known ?? [];
  if (known === undefined) itemKeys.set(name, keys);
  return (keys[index] ??= `${name}[${index}]`);
}

export function outcomeAt(key: string, environment: Environment): number {
  const value = environment.get(key);
  if (value === undefined) throw new UnboundCopy(key);
  return value;
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

/** Runs with several names set at once: all outcomes are read before the first is set. */
export function withOutcomes<R>(environment: Environment, keys: readonly string[], outcomes: readonly number[], run: () => R): R {
  const before = keys.map((key) => environment.get(key));
  for (const [at, key] of keys.entries()) environment.set(key, outcomes[at] ?? Number.NaN);
  const result = run();
  for (let at = keys.length - 1; at >= 0; at -= 1) restore(environment, keys[at] ?? '', before[at]);
  return result;
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
