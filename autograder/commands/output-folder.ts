/**
 * Where results go: students/ is safe to publish whole, staff/ is not. Every file is written beside its
 * place and renamed into it, so that a kill at any moment leaves only whole files.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { SubmissionResult } from '../../contract/result.ts';
import { parser, Type } from '../../contract/schema.ts';
import type { Usage } from '../pipeline.ts';
import { type ClassMeta, classPage, classViews, gradesCsv, gradesJson, studentPage } from '../report/report.ts';
import { MachineError, UsageError } from './console.ts';

export interface OutputFolder {
  readonly root: string;
  readonly students: string;
  readonly staff: string;
}

/** No space left, and a user's own share of it used up. */
const FULL_DISK: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

const parseGrades = parser('grades.json', Type.Array(SubmissionResult));

/** The fixtures that marks were given with: those of two sets are not comparable. */
export type FixturesUsed = SubmissionResult['fixtures'];

/** @throws UsageError where the folder holds marks that were given with other fixtures. */
export async function openOutputFolder(root: string, { term, hash, publicOnly }: FixturesUsed, fresh: boolean): Promise<OutputFolder> {
  const folder = { root, students: path.join(root, 'students'), staff: path.join(root, 'staff') };
  if (fresh) await removeReports(folder);
  await refuseMixture(folder, hash);
  await fs.mkdir(folder.students, { recursive: true });
  await fs.mkdir(path.join(folder.staff, 'logs'), { recursive: true });
  // Before the first report, so that a grading that was stopped is known as well.
  await writeWhole(path.join(folder.staff, 'fixtures.json'), `${JSON.stringify({ term, hash, publicOnly } satisfies FixturesUsed, null, 2)}\n`);
  return folder;
}

async function refuseMixture({ root, students, staff }: OutputFolder, hash: string): Promise<void> {
  const reports = (await namesIn(students)).filter((name) => name.endsWith('.html'));
  if (reports.length === 0) return;
  const used = await fs.readFile(path.join(staff, 'fixtures.json'), 'utf8').catch(() => null);
  const other = used === null ? null : (JSON.parse(used) as FixturesUsed);
  if (other?.hash === hash) return;
  const made = other === null ? 'of which nothing tells with what fixtures they were made' : `made with other fixtures (term '${other.term}', ${other.hash.slice(0, 12)})`;
  throw new UsageError(`${root} holds reports ${made}, and marks of two sets are never mixed.\nGrade into another folder with --out, or replace what is there with --fresh.`);
}

/** Only what elbow itself puts there. */
async function removeReports({ students, staff }: OutputFolder): Promise<void> {
  const pages = (await namesIn(students)).filter((name) => name.endsWith('.html')).map((name) => path.join(students, name));
  const lists = [...Object.keys(classViews), 'times.json', 'fixtures.json', path.join('logs', 'grading.log')].map((name) => path.join(staff, name));
  for (const file of [...pages, ...lists]) await fs.rm(file, { force: true });
  await fs.rm(path.join(staff, 'machine'), { recursive: true, force: true });
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch((): string[] => []);
}

export function writeStudent(folder: OutputFolder, result: SubmissionResult): Promise<void> {
  return writeWhole(path.join(folder.students, `${result.student.id}.html`), studentPage(result));
}

export async function writeStaff(folder: OutputFolder, results: readonly SubmissionResult[], meta: ClassMeta): Promise<void> {
  await writeWhole(path.join(folder.staff, 'class.html'), classPage(results, meta));
  await writeWhole(path.join(folder.staff, 'grades.csv'), gradesCsv(results, meta.absent));
  await writeWhole(path.join(folder.staff, 'grades.json'), gradesJson(results));
}

/** The marks of the last run that came to its end; null where there is none, or none that this elbow can read. */
export async function readGrades({ staff }: OutputFolder): Promise<readonly SubmissionResult[] | null> {
  try {
    return parseGrades(JSON.parse(await fs.readFile(path.join(staff, 'grades.json'), 'utf8')));
  } catch {
    return null;
  }
}

export async function appendChanges({ staff }: OutputFolder, changes: readonly string[]): Promise<void> {
  await fs.appendFile(path.join(staff, 'logs', 'changes.log'), [new Date().toISOString(), ...changes.map((line) => `  ${line}`), ''].join('\n'));
}

/** What was used, and what went wrong on our side: apart, because they differ from run to run. */
export async function writeLogs(folder: OutputFolder, usage: ReadonlyMap<string, Usage>, log: readonly string[]): Promise<void> {
  const times = Object.fromEntries([...usage].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  await writeWhole(path.join(folder.staff, 'times.json'), `${JSON.stringify(times, null, 2)}\n`);
  await writeWhole(path.join(folder.staff, 'logs', 'grading.log'), log.map((line) => `${line}\n`).join(''));
}

/** @throws MachineError where the disk is full: then the file is what it was before. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  try {
    await fs.writeFile(fresh, text);
    await fs.rename(fresh, file);
  } catch (error) {
    await fs.rm(fresh, { force: true });
    if (!FULL_DISK.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new MachineError(`The disk is full: ${file} could not be written.\nWhat stands in that folder is whole, and no mark is lost. Free some space, then run the same command again.`, { cause: error });
  }
}
