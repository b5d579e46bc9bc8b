/** A row of a marking sheet, and the name it carries: the same for the same answer, another once the answer changes. */
import { createHash } from 'node:crypto';
import type { TaskResult } from '../../contract/outcome.ts';

/** Marks that a person typed, as they stand in the file. */
export interface MarkRow {
  /** `manual-marks.csv, line 7`: how messages name it. */
  readonly place: string;
  /** Empty for a row that a person added, to override what the machine gave. */
  readonly row: string;
  readonly task: string;
  readonly student: string;
  /** As typed; empty while nobody has marked it. */
  readonly mark: string;
  readonly comment: string;
  readonly reason: string;
}

/**
 * Names an answer without naming its student, so that a marker sees neither. A letter in front keeps
 * spreadsheets from reading it as a number.
 */
export function rowName(task: Pick<TaskResult, 'task' | 'answer' | 'message' | 'attachments'>, student: string): string {
  // Of a PDF its content counts, not only its name: one that was replaced is another answer.
  const answer = [task.answer ?? task.message, ...(task.attachments ?? []).map(({ sha256 }) => sha256)].join('\n');
  return `r${createHash('sha256').update([task.task, student, answer].join('\n')).digest('hex').slice(0, 10)}`;
}

/** A task that a person marks, and for which there is something to mark. */
export function isForAPerson(task: TaskResult): boolean {
  // A part of it may be the machine's: what was typed, or a picture, is marked with that in view.
  return task.outcome === 'awaiting-person' && (task.checks.length === 0 || task.answer !== undefined || task.attachments !== undefined);
}
