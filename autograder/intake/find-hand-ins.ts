/** Finds the hand-ins of a batch: in plain folders, one zip or folder each; in a download, as its system names them. */
import { realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { HandInRules } from '../../contract/rubric.ts';
import type { Student } from '../../contract/submission.ts';
import { groupBy } from '../group-by.ts';
import { isArchiveName, withoutArchiveEnding } from './archive-kind.ts';
import { type Child, folderChildren, zipChildren } from './collection.ts';
import { type Claim, type Claims, courseSystemClaims } from './course-systems.ts';
import { sharedInGroups } from './groups.ts';
import type { HandIn } from './hand-in.ts';
import { safeId, sourceKey } from './identify.ts';
import { intakeLimits } from './intake-limits.ts';
import { inAnyLanguage } from './language-of.ts';
import { idInName, isNamedLike } from './packaging.ts';
import { IntakeError, isSystemError } from './problems.ts';
import { findInRoster, type Roster } from './roster.ts';
import { byText, folded, listed, shown } from './safe-name.ts';
import type { StudentList } from './student-list.ts';

export interface FindOptions {
  readonly rules: HandInRules;
  readonly students?: StudentList;
  readonly roster?: Roster;
}

export interface Batch {
  /** Sorted by student id. */
  readonly handIns: readonly HandIn[];
  /** Sentences about what is odd, fit to be printed. */
  readonly odd: readonly string[];
  /** Who is on the roster and handed nothing in. */
  readonly absent: readonly Student[];
}

/** A hand-in with the student it was given to. */
interface Found extends HandIn {
  readonly isListed: boolean;
}

/**
 * Several paths are parts of one collection: code and write-up gathered apart, say.
 * @throws IntakeError where there is nothing to grade, or where it is not clear whose a hand-in is.
 */
export async function findHandIns(paths: readonly string[], options: FindOptions): Promise<Batch> {
  const found: Found[] = [];
  const odd: string[] = [];
  for (const [collection, path] of paths.entries()) {
    const { claims, strays, odd: oddities } = await claimsAt(path, options);
    // Beside a download there may be what came by e-mail: nobody is left out because of a name.
    const plain = strays.filter(isHandIn).map(({ name, place }) => plainClaim(name, place, options.rules));
    const own = [...claims, ...plain].map((claim) => handInOf(claim, collection, options));
    refuseSharedIds(own);
    found.push(...own);
    odd.push(...strays.filter((child) => !isHandIn(child)).map(({ name }) => `Not a hand-in, left alone: ${shown(name)}`).toSorted(byText), ...oddities);
  }
  const { handIns: all, odd: unclear } = sharedInGroups(mergedByStudent(found), options.roster);
  const handIns = all.toSorted((a, b) => byText(a.student.id, b.student.id));
  const { absent, notes } = compareWithLists(options, handIns);
  return { handIns: handIns.map(({ isListed: _isListed, ...handIn }) => handIn), odd: [...new Set([...odd, ...unclear, ...notes])], absent };
}

/** A path that is a zip, or a folder in which a declared code file lies where it is asked for, is one hand-in, unless its names are those of a download. */
async function claimsAt(path: string, options: FindOptions): Promise<Omit<Claims, 'system'>> {
  const whole = resolve(path);
  if (!(await isFolder(path))) {
    if (!isArchiveName(whole)) throw new IntakeError(`${path} is neither a zip nor a folder. Give the folder it is in.`);
    return (await systemIn((await zipChildren(await realpath(whole), intakeLimits)) ?? [], options.rules)) ?? (await single(whole, options.rules));
  }
  const children = await folderChildren(whole);
  const asked = inAnyLanguage(options.rules).code.map(folded);
  const isOwn = children.some(({ kind, name }) => kind === 'file' && isNamedLike(folded(name), asked, options.rules.packaging));
  if (isOwn || (await holdsOneOf(children, asked))) return single(whole, options.rules);
  const unreachable = children.find((child) => isHandIn(child) && child.name.includes('\uFFFD'));
  if (unreachable !== undefined) throw new IntakeError(`The name of "${unreachable.name}" in ${path} is not UTF-8. Rename it first.`);
  const system = await systemIn(children, options.rules);
  if (system !== null) return system;
  if (!children.some(isHandIn)) throw new IntakeError(`There is nothing to grade in ${path}: no zip, no folder, and none of ${listed(options.rules.code)}.`);
  return { claims: [], strays: children, odd: [] };
}

async function holdsOneOf(children: readonly Child[], names: readonly string[]): Promise<boolean> {
  if (children.some((child) => child.kind !== 'folder' && names.includes(folded(child.name)))) return true;
  for (const child of children.filter(({ kind }) => kind === 'folder')) {
    const start = `${folded(child.name)}/`;
    const below = names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
    if (below.length > 0 && (await holdsOneOf(await child.children(), below))) return true;
  }
  return false;
}

/** The names of a course system, here or in the one folder or zip that there is; never beside files that are asked for. */
async function systemIn(children: readonly Child[], rules: HandInRules): Promise<Claims | null> {
  const asked = new Set([...inAnyLanguage(rules).code, ...rules.written].map(folded));
  if (children.some(({ name }) => asked.has(folded(name)))) return null;
  const here = await courseSystemClaims(children, isHandIn);
  const [only, ...others] = children;
  if (here !== null || only === undefined || others.length > 0) return here;
  if (only.kind === 'folder') return systemIn(await only.children(), rules);
  const isZipOnDisk = only.kind === 'file' && isArchiveName(only.name) && only.place.inside === undefined;
  return isZipOnDisk ? courseSystemClaims((await zipChildren(only.place.path, intakeLimits)) ?? [], isHandIn) : null;
}

/** A link that was typed on the command line is meant; one inside a batch is not to be trusted. */
async function single(path: string, rules: HandInRules): Promise<Omit<Claims, 'system'>> {
  return { claims: [plainClaim(basename(path), { path: await realpath(path) }, rules)], strays: [], odd: [] };
}

function plainClaim(source: string, place: Child['place'], { packaging }: HandInRules): Claim {
  const id = idInName(source, packaging);
  return { ids: [...(id === null ? [] : [id]), withoutArchiveEnding(source)], source, parts: [{ ...place, name: source }] };
}

function handInOf({ ids, name, orNames = [], source, parts, submittedAt }: Claim, collection: number, { students, roster }: FindOptions): Found {
  const [id = source] = ids;
  const known = students?.rows.get(sourceKey(source))?.student ?? (roster === undefined ? undefined : findInRoster(roster, ids, name === undefined ? [] : [name, ...orNames]));
  const student = known ?? { id: safeId(id), ...(name === undefined ? {} : { name }) };
  const path = parts[0]?.path ?? '';
  return { student, source, path, parts: parts.map((part) => ({ ...part, collection })), ...(submittedAt === undefined ? {} : { submittedAt }), isListed: known !== undefined };
}

/** The same student in several collections has one hand-in; what is a single file or folder stays one. */
function mergedByStudent(found: readonly Found[]): readonly Found[] {
  const groups = groupBy(found, ({ student }) => folded(student.id));
  return [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const parts = [first, ...others].flatMap((handIn) => handIn.parts ?? []);
    const isPlain = others.length === 0 && parts.length === 1 && parts[0]?.inside === undefined && parts[0]?.version === undefined;
    const { parts: _parts, ...plain } = first;
    // What is handed in in parts is handed in with the last of them.
    const times = [first, ...others].flatMap(({ submittedAt }) => submittedAt ?? []).toSorted((a, b) => Date.parse(b) - Date.parse(a));
    const when = times[0] === undefined ? {} : { submittedAt: times[0] };
    return [isPlain && first.source === parts[0]?.name ? plain : { ...first, ...when, parts }];
  });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) throw new IntakeError(`There is no file or folder ${path}.`);
    throw error;
  }
}

/** A link is one too: it is refused with its reason, not passed over in silence. */
function isHandIn(child: Child): boolean {
  return child.kind === 'folder' || child.kind === 'link' || (child.kind === 'file' && isArchiveName(child.name));
}

function refuseSharedIds(handIns: readonly HandIn[]): void {
  const groups = groupBy(handIns, ({ student }) => folded(student.id));
  const shared = [...groups.values()].filter(({ length }) => length > 1).map((group) => `${group.map(({ source }) => source).join(' and ')} (both ${group[0]?.student.id})`);
  if (shared.length === 0) return;
  throw new IntakeError(`Two hand-ins have the same student id: ${listed(shared)}. Keep one of them, rename one, or tell them apart with a list (--students FILE).`);
}

/** Where lists and batch disagree: both ways are worth a warning, neither stops the grading. */
function compareWithLists({ students, roster }: FindOptions, found: readonly Found[]): { readonly absent: readonly Student[]; readonly notes: readonly string[] } {
  const sources = new Set(found.map(({ source }) => sourceKey(source)));
  const notSent = [...(students?.rows ?? [])].filter(([key]) => !sources.has(key)).map(([, row]) => `Listed but not handed in: ${shown(row.submission)}`);
  const ids = new Set(found.map(({ student }) => folded(student.id)));
  const absent = (roster?.students ?? []).filter(({ id }) => !ids.has(folded(id)));
  const unknown = students === undefined && roster === undefined ? [] : found.filter(({ isListed }) => !isListed).map(({ source, student }) => `Handed in but not listed: ${shown(source)}${roster === undefined ? '' : ` (graded as ${student.id})`}`);
  return { absent: absent.toSorted((a, b) => byText(a.id, b.id)), notes: [...notSent, ...unknown, ...absent.map(({ id, name }) => `No hand-in: ${shown(id)}${name === undefined ? '' : ` (${shown(name)})`}`)] };
}
