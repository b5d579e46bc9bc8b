/**
 * How a homework wants its archive and its files named. The student's id may stand before or behind a name: files
 * are then read as if it did not. Rules that are broken are told; what they cost is a matter of the term.
 */
import type { HandInRules, Packaging } from '../../contract/rubric.ts';
import type { BrokenRule } from '../../contract/submission.ts';
import { isArchiveName, withoutArchiveEnding } from './archive-kind.ts';
import type { Part } from './hand-in.ts';
import type { Entry } from './listing.ts';
import type { Piece } from './open-part.ts';
import { folded, listed, shown } from './safe-name.ts';

const NAME = String.raw`[\p{L}\p{N}'.]+(?:[- _][\p{L}\p{N}'.]+)*?`;
const ID = String.raw`[\p{L}\p{N}]+`;

/** The id in an archive's name, where it is named as it should be. */
export function idInName(source: string, packaging: Packaging | undefined): string | null {
  if (packaging === undefined) return null;
  const pattern = packaging.archive.replace(/\.zip$/, '').replaceAll('{last}', NAME).replaceAll('{first}', NAME).replace('{id}', `(?<id>${ID})`);
  return new RegExp(`^${pattern}$`, 'iu').exec(withoutArchiveEnding(source.trim()))?.groups?.['id'] ?? null;
}

/**
 * The id that a course asks for in file names: not always what a roster calls the student by. Where the archive is not
 * named as it should be, the word of its name that most files bear: one broken rule must not look like three.
 */
export function idOf(student: string, parts: readonly Part[], pieces: readonly Piece[], { packaging }: HandInRules): string {
  const told = parts.map(({ name }) => idInName(name, packaging)).find((id) => id !== null);
  if (told !== undefined && told !== null) return told;
  const bases = pieces.flatMap(({ listing }) => listing.entries.map(({ path }) => baseOf(path)));
  const bearing = (id: string): number => bases.filter((base) => withoutId(base, id) !== base).length;
  const words = parts.flatMap(({ name }) => withoutArchiveEnding(name).split(/[-_. ]+/)).filter((word) => word.length > 2);
  return words.reduce((best, word) => (bearing(word) > bearing(best) ? word : best), student);
}

/** `doe-jane-jd1234-hw4.zip`. The last word of a name is the last name. */
export function archiveNameFor({ archive }: Packaging, name: string, id: string): string {
  const words = name.trim().split(/\s+/).map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}']+/gu, '')).filter((word) => word !== '');
  const last = words.at(-1) ?? '';
  return archive.replace('{last}', last).replace('{first}', words.slice(0, -1).join('-')).replace('{id}', id);
}

/** `conv-vae-jd1234.ts`; a name that has the id keeps it where it is. */
export function nameWithId(path: string, id: string): string {
  const base = baseOf(path);
  return withoutId(base, id) !== base ? path : path.replace(/(\.[^./]+)?$/, (ending) => `-${id}${ending}`);
}

/** Pieces whose files are named as the assignment names them. */
export function withoutIds(pieces: readonly Piece[], rules: HandInRules, id: string): readonly Piece[] {
  if (rules.packaging === undefined) return pieces;
  return pieces.map((piece) => ({ ...piece, listing: { ...piece.listing, entries: namedAsAsked(piece.listing.entries, rules, id) } }));
}

export function namedAsAsked(entries: readonly Entry[], { code, written, results, extraCode }: HandInRules, id: string): readonly Entry[] {
  const asked = new Set([...code, ...written, ...results].map(baseOf));
  return entries.flatMap((entry) => {
    const base = baseOf(entry.path);
    const bare = withoutId(base, id);
    if (bare === base || !asked.has(bare)) return [entry];
    const meant = { ...entry, path: entry.path.slice(0, -base.length) + bare };
    // Under its own name too, for files that import it by that.
    return extraCode.some((ending) => base.endsWith(ending)) ? [meant, entry] : [meant];
  });
}

/** Whether a file may be one of these with somebody's id in its name: whose, nobody knows before it is known whose hand-in it is. */
export function isNamedLike(name: string, asked: readonly string[], packaging: Packaging | undefined): boolean {
  if (packaging === undefined) return false;
  return asked.some((wanted) => {
    const [, stem = '', ending = ''] = /^(.*?)(\.[^.]*)?$/.exec(wanted) ?? [];
    const [before, behind] = [name.endsWith(wanted) ? name.slice(0, -wanted.length) : '', name.startsWith(stem) && name.endsWith(ending) ? name.slice(stem.length, name.length - ending.length) : ''];
    return new RegExp(`^${ID}[-_. ]+$`, 'u').test(before) || new RegExp(`^[-_. ]+${ID}$`, 'u').test(behind);
  });
}

/** @param parts as they were handed in; `pieces`: what is in them. */
export function brokenRules(rules: HandInRules, id: string, parts: readonly Part[], pieces: readonly Piece[]): readonly BrokenRule[] {
  const entries = pieces.flatMap(({ listing }) => listing.entries).filter(({ kind }) => kind === 'file');
  return broken(rules, id, parts.map(({ name }) => name), entries.map(({ path }) => path));
}

/** Of one archive, by its name and the names of the files in it. */
export function brokenBy(rules: HandInRules, id: string, archive: string, paths: readonly string[]): readonly BrokenRule[] {
  return broken(rules, id, [archive], paths);
}

function broken(rules: HandInRules, id: string, names: readonly string[], paths: readonly string[]): readonly BrokenRule[] {
  const { packaging } = rules;
  if (packaging === undefined) return [];
  return [...archiveRule(packaging, names), ...packaging.one.flatMap((wanted) => countRule(wanted, rules, paths, id)), ...idRule(rules, packaging, paths, id)];
}

function archiveRule(packaging: Packaging, names: readonly string[]): readonly BrokenRule[] {
  const archives = names.filter(isArchiveName);
  const [own = names[0] ?? ''] = archives;
  // A folder of that name is the archive, opened by whatever it was downloaded with.
  if (names.length === 1 && (/\.zip$/i.test(own) || archives.length === 0) && idInName(own, packaging) !== null) return [];
  const wanted = packaging.archive.replaceAll('{', '').replaceAll('}', 'name').replace('idname', packaging.idTitle.toLowerCase());
  const what = archives.length === 0 ? 'There is no ZIP file' : archives.length > 1 || names.length > 1 ? 'There is more than one file' : `The file is called ${shown(own)}`;
  return [{ rule: 'archive-name', message: `${what}: one ZIP file called ${wanted} is asked for.` }];
}

function countRule(wanted: Packaging['one'][number], rules: HandInRules, paths: readonly string[], id: string): readonly BrokenRule[] {
  const bare = paths.map((path) => withoutId(baseOf(path), id));
  const fits = (name: string): boolean => wanted.names?.includes(name) === true || (wanted.ending !== undefined && folded(name).endsWith(wanted.ending));
  const found = paths.filter((_, at) => fits(bare[at] ?? ''));
  if (found.length === 1) return [];
  if (found.length === 0 && wanted.orCode === true && inEveryLanguage(rules).some(({ code }) => code.every((name) => bare.includes(baseOf(name))))) return [];
  const count = found.length === 0 ? 'none' : `${found.length}: ${listed(found)}`;
  return [{ rule: wanted.id, message: `${wanted.title} is asked for, and there ${found.length > 1 ? 'are' : 'is'} ${count}.` }];
}

/** Given files and what comes with the template are not the student's to name. */
function idRule(rules: HandInRules, packaging: Packaging, paths: readonly string[], id: string): readonly BrokenRule[] {
  const others = new Set(inEveryLanguage(rules).flatMap(({ given, scaffolding }) => [...given, ...scaffolding]).map(baseOf));
  const without = paths.filter((path) => !others.has(baseOf(path)) && withoutId(baseOf(path), id) === baseOf(path));
  if (without.length === 0) return [];
  // An id that no name bears may be what the archive is called and no id at all.
  const own = paths.some((path) => withoutId(baseOf(path), id) !== baseOf(path)) ? `The ${packaging.idTitle} ${id}` : `The ${packaging.idTitle}`;
  return [{ rule: 'id-in-names', message: `${own} is asked for in every file name, and is missing from ${listed(without)}.` }];
}

function inEveryLanguage(rules: HandInRules): readonly Pick<HandInRules, 'code' | 'given' | 'scaffolding'>[] {
  return [rules, ...Object.values(rules.otherLanguages ?? {})];
}

/** `jd1234_answers.md` and `answers-jd1234.md` are answers.md. */
function withoutId(base: string, id: string): string {
  const own = id.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
  return base.replace(new RegExp(String.raw`^${own}[-_. ]+|[-_. ]+${own}(?=\.[^.]*$|$)`, 'iu'), '');
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
