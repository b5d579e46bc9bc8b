/** What a person marks, around a batch: marks are read before it, put in during it, and asked for after it. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { answersToMark, applyMarks, extendSheet, inSheetOrder, matchRows, parseGuidance, parseMarks, type SheetRow } from '../marking/marking.ts';
import { projectRoot } from '../paths.ts';
import { markingPage, marks } from '../report/report.ts';
import { type OutputFolder, writeWhole } from './output-folder.ts';

export interface ManualMarks {
  /** The result with the marks that persons gave it. */
  readonly apply: (result: SubmissionResult) => SubmissionResult;
  /** Writes the sheet and the marking pages. Returns the rows that are not right, each a sentence. */
  readonly finish: () => Promise<readonly string[]>;
}

/**
 * @param files sheets of further markers, beside the one in the output folder.
 * @throws IntakeError when one of them is no marking sheet.
 */
export async function openManualMarks(assignment: Assignment, out: OutputFolder, files: readonly string[], students: readonly string[]): Promise<ManualMarks> {
  const own = path.join(out.staff, 'manual-marks.csv');
  const ownBytes = await readIfThere(own);
  const sheet = ownBytes === null ? { rows: [], problems: [] } : parseMarks('manual-marks.csv', ownBytes);
  const others = await Promise.all(files.map(async (file) => parseMarks(file, await fs.readFile(file))));
  const all = [sheet, ...others];
  const matched = matchRows(all.flatMap(({ rows }) => rows), students);
  const problems = [...all.flatMap((file) => file.problems), ...matched.problems];
  const answers: SheetRow[] = [];
  return {
    apply: (result) => {
      // Rows and not results: pictures of a whole class would fill the memory.
      answers.push(...answersToMark([result]));
      const applied = applyMarks(result, matched.rowsOf.get(result.student.id) ?? []);
      problems.push(...applied.problems);
      return applied.result;
    },
    finish: async () => {
      answers.sort(inSheetOrder);
      const text = ownBytes === null ? null : ownBytes.toString('utf8');
      const extended = extendSheet(answers, text, sheet.rows);
      if (extended !== text) await writeWhole(own, extended);
      await writePages(assignment, out, answers);
      return problems.toSorted();
    },
  };
}

async function writePages(assignment: Assignment, out: OutputFolder, answers: readonly SheetRow[]): Promise<void> {
  const guidance = await readGuidance(assignment);
  const folder = path.join(out.staff, 'marking');
  await fs.mkdir(folder, { recursive: true });
  for (const task of new Set(answers.map((answer) => answer.task))) {
    const rows = answers.filter((answer) => answer.task === task);
    const [first] = rows;
    if (first === undefined) continue;
    // `cs236-hw2/vae/beta-vae` is marked on vae-beta-vae.html.
    const name = task.split('/').slice(1).join('-');
    await writeWhole(path.join(folder, `${name}.html`), markingPage(assignment.title, first, guidance.get(task) ?? criteriaOf(assignment, task), rows));
  }
}

/** A function that only a person could look at: what its checks would have given. */
function criteriaOf(assignment: Assignment, id: string): string {
  const task = tasksOf(assignment).find((candidate) => candidate.id === id);
  if (task?.kind !== 'function') return '';
  return task.checks.filter(({ points }) => points > 0).map(({ points, title }) => `- ${marks(points)}: ${title}`).join('\n');
}

/** Kept with the answers' code, which a grader may be deployed without: then pages show answers alone. */
async function readGuidance(assignment: Assignment): Promise<ReadonlyMap<string, string>> {
  const bytes = await readIfThere(path.join(projectRoot, 'reference', assignment.id, 'marking.md'));
  return bytes === null ? new Map() : parseGuidance(bytes.toString('utf8'));
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await fs.readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}
