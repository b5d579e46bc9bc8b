/** Finds the hand-ins of a batch: each zip or folder in it is one. */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { HandInRules } from '../../contract/rubric.ts';
import type { Student } from '../../contract/submission.ts';
import { isArchiveName } from './archive-kind.ts';
import { identify, sourceKey } from './identify.ts';
import { skippedBecause } from './listing.ts';
import { IntakeError, isSystemError } from './problems.ts';
import { byText, folded, listed, shown } from './safe-name.ts';
import type { StudentList } from './student-list.ts';

export interface HandIn {
  readonly student: Student;
  /** The name of the file or folder, as it was handed in. */
  readonly source: string;
  readonly path: string;
}

export interface FindOptions {
  readonly rules: HandInRules;
  readonly students?: StudentList;
}

/**
 * A path that is a zip, or a folder that directly holds a declared code file, is one hand-in; any
 * other folder is a batch. Sorted by student id.
 * @throws IntakeError where there is nothing to grade, or where two hand-ins have one student id.
 */
export async function findHandIns(path: string, options: FindOptions): Promise<readonly HandIn[]> {
  const whole = resolve(path);
  if (!(await isFolder(path))) {
    if (!isArchiveName(whole)) throw new IntakeError(`${path} is neither a zip nor a folder. Give the folder it is in.`);
    return [await singleHandIn(whole, options)];
  }
  const children = await visibleChildren(whole);
  const code = new Set(options.rules.code.map(folded));
  if (children.some((child) => code.has(folded(child.name)))) return [await singleHandIn(whole, options)];
  const unreachable = children.find((child) => isHandIn(child) && child.name.includes('\uFFFD'));
  if (unreachable !== undefined) throw new IntakeError(`The name of "${unreachable.name}" in ${path} is not UTF-8. Rename it first.`);
  const found = children.filter(isHandIn).map((child) => handInAt(join(whole, child.name), options));
  if (found.length === 0) {
    throw new IntakeError(`There is nothing to grade in ${path}: no zip, no folder, and none of ${listed(options.rules.code)}.`);
  }
  refuseSharedIds(found);
  return found.toSorted((a, b) => byText(a.student.id, b.student.id));
}

/** Files lying in a batch folder that are taken for nobody's hand-in: worth a warning. Fit to be printed: students name them. */
export async function looseFiles(path: string): Promise<readonly string[]> {
  if (!(await isFolder(path))) return [];
  const children = await visibleChildren(path);
  return children.filter((child) => !isHandIn(child)).map((child) => shown(child.name)).toSorted(byText);
}

/** Where the list and the batch disagree: both ways are worth a warning, neither stops the grading. Names are fit to be printed. */
export function compareWithList(students: StudentList, handIns: readonly HandIn[]): { readonly withoutHandIn: readonly string[]; readonly notListed: readonly string[] } {
  const sources = new Set(handIns.map(({ source }) => sourceKey(source)));
  return {
    withoutHandIn: [...students.rows].filter(([key]) => !sources.has(key)).map(([, row]) => shown(row.submission)),
    notListed: handIns.filter(({ source }) => !students.rows.has(sourceKey(source))).map(({ source }) => shown(source)),
  };
}

/** A link that was typed on the command line is meant; one inside a batch is not to be trusted. */
async function singleHandIn(path: string, options: FindOptions): Promise<HandIn> {
  return { ...handInAt(path, options), path: await realpath(path) };
}

function handInAt(path: string, options: FindOptions): HandIn {
  const source = basename(path);
  return { student: identify(source, options.students), source, path };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) throw new IntakeError(`There is no file or folder ${path}.`);
    throw error;
  }
}

async function visibleChildren(folder: string): Promise<readonly Dirent[]> {
  const children = await readdir(folder, { withFileTypes: true });
  return children.filter((child) => skippedBecause(child.name) === undefined);
}

/** A link is one too: it is refused with its reason, not passed over in silence. */
function isHandIn(child: Dirent): boolean {
  return child.isDirectory() || child.isSymbolicLink() || (child.isFile() && isArchiveName(child.name));
}

function refuseSharedIds(handIns: readonly HandIn[]): void {
  const owners = new Map<string, HandIn>();
  const shared: string[] = [];
  for (const handIn of handIns) {
    const key = folded(handIn.student.id);
    const other = owners.get(key);
    if (other === undefined) owners.set(key, handIn);
    else shared.push(`${other.source} and ${handIn.source} (both ${handIn.student.id})`);
  }
  if (shared.length === 0) return;
  throw new IntakeError(`Two hand-ins have the same student id: ${listed(shared)}. Keep one of them, rename one, or tell them apart with a list (--students FILE).`);
}
