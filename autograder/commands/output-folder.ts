/**
 * Where results go: students/ is safe to publish whole, staff/ is not. Every file is written beside its
 * place and renamed into it, so that a kill at any moment leaves only whole files.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Usage } from '../pipeline.ts';
import { type ClassMeta, classPage, gradesCsv, gradesJson, studentPage } from '../report/report.ts';

export interface OutputFolder {
  readonly root: string;
  readonly students: string;
  readonly staff: string;
}

export async function openOutputFolder(root: string): Promise<OutputFolder> {
  const folder = { root, students: path.join(root, 'students'), staff: path.join(root, 'staff') };
  await fs.mkdir(folder.students, { recursive: true });
  await fs.mkdir(path.join(folder.staff, 'logs'), { recursive: true });
  return folder;
}

export function writeStudent(folder: OutputFolder, result: SubmissionResult): Promise<void> {
  return writeWhole(path.join(folder.students, `${result.student.id}.html`), studentPage(result));
}

export async function writeStaff(folder: OutputFolder, results: readonly SubmissionResult[], meta: ClassMeta): Promise<void> {
  await writeWhole(path.join(folder.staff, 'class.html'), classPage(results, meta));
  await writeWhole(path.join(folder.staff, 'grades.csv'), gradesCsv(results));
  await writeWhole(path.join(folder.staff, 'grades.json'), gradesJson(results));
}

/** What was used, and what went wrong on our side: apart, because they differ from run to run. */
export async function writeLogs(folder: OutputFolder, usage: ReadonlyMap<string, Usage>, log: readonly string[]): Promise<void> {
  const times = Object.fromEntries([...usage].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  await writeWhole(path.join(folder.staff, 'times.json'), `${JSON.stringify(times, null, 2)}\n`);
  await writeWhole(path.join(folder.staff, 'logs', 'grading.log'), log.map((line) => `${line}\n`).join(''));
}

export async function writeWhole(file: string, text: string): Promise<void> {
  const fresh = `${file}.${process.pid}.new`;
  try {
    await fs.writeFile(fresh, text);
    await fs.rename(fresh, file);
  } catch (error) {
    await fs.rm(fresh, { force: true });
    throw error;
  }
}
