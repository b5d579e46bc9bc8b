/** What breaks a line, for the student to work out again by hand: the outcomes, both values, and the tables. */
import type { Law, Place } from './expression.ts';
import type { Model } from './model.ts';
import type { Point } from './points.ts';
import type { DerivationTask } from './task.ts';

export interface Counterexample {
  readonly point: Point;
  readonly left: number;
  readonly right: number;
  /** The joint p and q at the point, over the outcomes of what is summed. */
  readonly tables: readonly { readonly law: string; readonly over: string; readonly values: readonly number[] }[];
  /** What each outcome of a continuous variable weighs in a sum or expectation; absent where each weighs 1. */
  readonly weights?: { readonly of: string; readonly values: readonly number[] };
}

export function counterexampleAt(point: Point, left: number, right: number, task: DerivationTask): Counterexample {
  const tables = tablesAt(point, task);
  const [weights] = tables.flatMap(({ over, values }) => {
    const volumes = values.map((_, outcome) => point.model.volume(over, outcome, 0));
    return volumes.every((volume) => volume === 1) ? [] : [{ of: over, values: volumes }];
  });
  return { point, left, right, tables, ...(weights === undefined ? {} : { weights }) };
}

function tablesAt({ model, free }: Point, { world, vocabulary }: DerivationTask): Counterexample['tables'] {
  // Where laws are given by formulas, their numbers are named instead.
  const latent = world.kind === 'tables' ? world.q.of[0] : undefined;
  if (latent === undefined || world.kind !== 'tables') return [];
  const place = (name: string): Place => ({ name, variable: name });
  const joint: Law = { kind: 'law', law: 'p', of: [...vocabulary.variables].toSorted().map(place), given: [] };
  const q: Law = { kind: 'law', law: 'q', of: [place(latent)], given: world.q.given.map(place) };
  return [joint, q].map((law) => ({ law: shown(law), over: latent, values: row(law, latent, model, free) }));
}

function row(law: Law, latent: string, model: Model, free: ReadonlyMap<string, number>): readonly number[] {
  const density = model.density(law);
  return Array.from({ length: model.outcomes(latent, law.law === 'p' ? 'p' : 'q', 0).to }, (_, outcome) => {
    const values = (places: readonly Place[]): readonly number[] => places.map(({ variable }) => (variable === latent ? outcome : (free.get(variable) ?? 0)));
    return density(values(law.of), values(law.given), [{ key: latent, variable: latent, copy: 0 }]);
  });
}

function shown({ law, of, given }: Law): string {
  const names = (places: readonly Place[]): string => places.map(({ name }) => name).join(', ');
  return `${law}(${names(of)}${given.length > 0 ? ` | ${names(given)}` : ''})`;
}
