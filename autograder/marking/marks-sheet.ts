/** The sheet that markers fill in: a row for every answer. What a person typed into it is never written over. */
import { stringify } from 'csv-stringify/sync';
import type { SubmissionResult, TaskResult } from '../../contract/result.ts';
import { delimiterOf } from '../intake/csv-records.ts';
import { isForAPerson, type MarkRow, rowName } from './mark-row.ts';
import { MARK_COLUMNS } from './read-marks.ts';

/** An answer that a person marks. */
export interface SheetRow {
  readonly row: string;
  readonly task: string;
  readonly title: string;
  readonly student: string;
  readonly points: number;
  /** What was typed, or where to look for it. */
  readonly text: string;
  /** What the machine found in it. */
  readonly derivation?: TaskResult['derivation'];
  readonly figures?: TaskResult['figures'];
}

/**
 * By task, then by the rows' names: an order that says nothing of who is who.
 *
 * @param results as the machine left them, without any person's marks.
 */
export function answersToMark(results: readonly SubmissionResult[]): readonly SheetRow[] {
  // Of a hand-in that could not be read there is nothing to mark, row by row.
  const readable = results.filter(({ status }) => status === 'graded');
  const rows = readable.flatMap(({ student, questions }) =>
    questions.flatMap(({ tasks }) =>
      tasks.filter(isForAPerson).map((task) => ({
        row: rowName(task, student.id),
        task: task.task,
        title: task.title,
        student: student.id,
        points: task.points,
        text: task.answer ?? task.message,
        ...(task.derivation === undefined ? {} : { derivation: task.derivation }),
        ...(task.figures === undefined ? {} : { figures: task.figures }),
      })),
    ),
  );
  return rows.toSorted(inSheetOrder);
}

export function inSheetOrder(a: SheetRow, b: SheetRow): number {
  return `${a.task} ${a.row}` < `${b.task} ${b.row}` ? -1 : 1;
}

/**
 * The sheet's new text: what stood there, as it stood, and a row for every answer that had none.
 *
 * @param text the sheet as it is, or null where there is none yet.
 * @param rows those of the sheet.
 */
export function extendSheet(answers: readonly SheetRow[], text: string | null, rows: readonly MarkRow[]): string {
  const known = new Set(rows.map(({ row }) => row));
  const added = answers.filter(({ row }) => !known.has(row));
  if (text === null) return print([[...MARK_COLUMNS], ...added.map((row) => cellsOf(row, [...MARK_COLUMNS]))], ',');
  if (added.length === 0) return text;
  const delimiter = delimiterOf(text);
  const columns = (text.split('\n', 1)[0] ?? '').split(delimiter).map((name) => name.trim().replaceAll('"', '').toLowerCase());
  return `${text.replace(/\n*$/, '\n')}${print(added.map((row) => cellsOf(row, columns)), delimiter)}`;
}

function cellsOf({ row, task, student, points }: SheetRow, columns: readonly string[]): readonly string[] {
  // A cell that a spreadsheet would run as a formula becomes text by an apostrophe, which reading takes off again.
  const cells: Readonly<Record<string, string>> = { row, task, student_id: /^[=+\-@]/.test(student) ? `'${student}` : student, points: String(points) };
  return columns.map((column) => cells[column] ?? '');
}

function print(rows: readonly (readonly string[])[], delimiter: string): string {
  return stringify(rows.map((row) => [...row]), { delimiter, record_delimiter: 'unix' });
}
