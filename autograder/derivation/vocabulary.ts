/** The names that a task lets its derivations use, and what each stands for. */
import type { Definition, Expression, Law, TaskFunction } from './expression.ts';

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
  /** Variables that are numbers or vectors and may stand by themselves, with how far their copies run. */
  readonly valued: ReadonlyMap<string, { readonly upTo?: Expression }>;
  /** Names such as t for variables typed as functions of a noise: t(eps, phi) is z. */
  readonly paths: ReadonlyMap<string, string>;
  readonly applied: ReadonlyMap<string, TaskFunction>;
  /** What F^-1 is called. */
  readonly inverses: ReadonlyMap<string, string>;
  /** What q draws where the task asks for the best q, q*: all of it is meant by q(-z). */
  readonly latent: readonly string[];
  /** Whether a number without its last index is the vector of all. */
  readonly hasVectors: boolean;
  /** In what `=+` and `=~` are constant: `lambda[k]`. */
  readonly constantIn: readonly string[];
  /** Numbers that may also be the index of a sum. */
  readonly indices: readonly string[];
}

export const plainVocabulary: Vocabulary = {
  variables: [],
  free: [],
  numbers: new Map(),
  parameters: new Set(),
  definitions: new Map(),
  shortForms: new Map(),
  valued: new Map(),
  paths: new Map(),
  applied: new Map(),
  inverses: new Map(),
  latent: [],
  hasVectors: false,
  constantIn: [],
  indices: [],
};

/** Parameters that every handout writes beside its laws. */
export const usualParameters: ReadonlySet<string> = new Set(['theta', 'phi', 'psi', 'W', 'w', 'Theta', 'Phi']);

/** Functions of numbers and vectors, and how many arguments each may take. */
export const functions: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...['log', 'exp', 'sqrt', 'sigma', 'abs', 'digamma', 'fact', 'norm'].map((name) => [name, [1]] as const),
  ...['Bern', 'Pois', 'Cat', 'dot', 'ind'].map((name) => [name, [2]] as const),
  ['N', [3]],
  ['Gamma', [3, 1]],
]);

/** Other spellings of the functions. */
export const spellings: ReadonlyMap<string, string> = new Map([
  ['ln', 'log'],
  ['sigmoid', 'sigma'],
  ['Bernoulli', 'Bern'],
  ['Normal', 'N'],
  ['Poisson', 'Pois'],
  ['Categorical', 'Cat'],
  ['factorial', 'fact'],
  ['psi', 'digamma'],
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
