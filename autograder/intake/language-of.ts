/**
 * Which language a hand-in is in: the one of whose files it holds the most. Courses know the folder of the
 * code by several names, and upload forms take folders away, so that files are put where they are asked for.
 */
import { fits, namesOf } from '../../contract/in-language.ts';
import type { HandInRules, OtherRules } from '../../contract/rubric.ts';
import type { Entry } from './listing.ts';
import { rootsOf } from './root-folder.ts';
import { byText } from './safe-name.ts';

export interface Recognised {
  /** Null: the one that the assignment is written for. */
  readonly language: string | null;
  readonly rules: HandInRules;
  readonly entries: readonly Entry[];
}

export function recogniseLanguage(entries: readonly Entry[], rules: HandInRules): Recognised {
  let best: Recognised = { language: null, rules, entries };
  let most = mostTogether(entries, rules.code);
  for (const [language, other] of Object.entries(rules.otherLanguages ?? {})) {
    const called = asItIsCalled(other, entries);
    const placed = placedAtHome(entries, called);
    const found = mostTogether(placed, called.code);
    if (found > most) [best, most] = [{ language, rules: called, entries: placed }, found];
  }
  return best;
}

/** With each file of the code by the name that it has in this hand-in, where that is another one by which it is known. */
function asItIsCalled(rules: OtherRules, entries: readonly Entry[]): OtherRules {
  if (rules.otherNames === undefined) return rules;
  const names = entries.filter(({ kind, path }) => kind === 'file' && !path.includes('.ipynb_checkpoints/')).map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  const called = (file: string): string => namesOf(file, rules).flatMap((pattern) => names.filter((name) => fits(pattern, name)).toSorted(byText))[0] ?? file;
  return { ...rules, code: [...new Set(rules.code.map(called))] };
}

/** Every file that is asked for in some language, for where it is not known yet. */
export function inAnyLanguage(rules: HandInRules): HandInRules {
  const all = [rules, ...Object.values(rules.otherLanguages ?? {})];
  const aliased = Object.values(rules.otherLanguages ?? {}).flatMap((other) => layoutsOf(other).flatMap((names) => other.code.map(names)));
  // Names with a * stand for too many to be listed.
  const others = Object.values(rules.otherLanguages ?? {}).flatMap(({ otherNames = {} }) => Object.values(otherNames).flat().filter((name) => !name.includes('*')));
  const every = (list: 'extraCode' | 'written' | 'results' | 'given' | 'scaffolding'): string[] => [...new Set(all.flatMap((entry) => entry[list]))];
  return {
    code: [...new Set([...all.flatMap(({ code }) => code), ...aliased, ...others])],
    extraCode: every('extraCode'),
    written: every('written'),
    results: every('results'),
    given: every('given'),
    scaffolding: every('scaffolding'),
  };
}

/** The most of the names that lie below one folder. */
function mostTogether(entries: readonly Entry[], names: readonly string[]): number {
  return Math.max(0, ...rootsOf(entries.map(({ path }) => path), names).values());
}

type Layout = (name: string) => string;

/** How a file that is asked for may be called: below the home folder, below an alias of it, or with no folder left. */
function layoutsOf({ home }: OtherRules): readonly Layout[] {
  const below = (alias: string): Layout => (name) => (alias === '' ? '' : `${alias}/`) + insideHome(name, home);
  return [(name) => name, ...home.aliases.map(below), (name) => name.slice(name.lastIndexOf('/') + 1)];
}

/** The path of a file of the code from the folder that holds the code. */
function insideHome(name: string, home: OtherRules['home']): string {
  return home.name === '' ? name : name.slice(home.name.length + 1);
}

function placedAtHome(entries: readonly Entry[], rules: OtherRules): readonly Entry[] {
  const paths = entries.map(({ path }) => path);
  let most = 0;
  let place: { readonly root: string; readonly layout: Layout } | null = null;
  for (const layout of layoutsOf(rules)) {
    for (const [root, count] of rootsOf(paths, rules.code.map(layout))) if (count > most) [most, place] = [count, { root, layout }];
  }
  if (place === null) return entries;
  const { root, layout } = place;
  const meant = new Map([...rules.code, ...rules.given].map((name) => [layout(name), name]));
  const prefix = layout(`${rules.home.name}/`);
  return entries.map((entry) => {
    const inside = entry.path.startsWith(root) ? entry.path.slice(root.length) : null;
    if (inside === null) return entry;
    const asked = meant.get(inside);
    if (asked !== undefined) return { ...entry, path: root + asked };
    // What was added beside the code goes with it; what is no code stays where it is.
    const goesAlong = rules.home.name !== '' && inside.startsWith(prefix) && rules.extraCode.some((ending) => inside.endsWith(ending));
    return goesAlong ? { ...entry, path: `${root}${rules.home.name}/${inside.slice(prefix.length)}` } : entry;
  });
}
