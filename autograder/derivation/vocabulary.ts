/** The names that a task lets its derivations use, and what each stands for. */
import type { Definition, Law } from './expression.ts';

export interface Vocabulary {
  /** Random variables, which stand inside laws: x, z, y. */
  readonly variables: readonly string[];
  /** Those of them that need no binding: what the claim itself is stated for. */
  readonly free: readonly string[];
  /** Known numbers and how many indices each takes: D 0, x 1. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Parameters that may stand in a law or a subscript without changing what is meant: theta, phi, W. */
  readonly parameters: ReadonlySet<string>;
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Short forms that have one sensible reading here: `q` and `q(z)` for q(z|x). */
  readonly shortForms: ReadonlyMap<string, Law>;
}

/** Parameters that every handout writes beside its laws. */
export const usualParameters: ReadonlySet<string> = new Set(['theta', 'phi', 'psi', 'W', 'w', 'Theta', 'Phi']);

/** Functions of numbers, and how many arguments each takes. */
export const functions: ReadonlyMap<string, number> = new Map([
  ['log', 1],
  ['exp', 1],
  ['sqrt', 1],
  ['sigma', 1],
  ['abs', 1],
  ['Bern', 2],
  ['N', 3],
]);

/** Other spellings of the functions. */
export const spellings: ReadonlyMap<string, string> = new Map([
  ['ln', 'log'],
  ['sigmoid', 'sigma'],
  ['Bernoulli', 'Bern'],
  ['Normal', 'N'],
]);

/** The known name that was probably meant, by one edit; undefined when none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  for (const candidate of known) {
    if (candidate.toLowerCase() === name.toLowerCase()) return candidate;
    if (name.length > 2 && candidate.length > 2 && isOneEdit(name, candidate)) best ??= candidate;
  }
  return best;
}

function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return Math.max(a.length, b.length) - start - end <= 1;
}
