/**
 * The door of the exports: results in, what an LMS takes back out. Nothing here reads a file or prints.
 * What cannot be exported is a value with its reasons, and then there is nothing to write.
 */
import type { SubmissionResult } from '../../contract/result.ts';
import { canvasGradebook } from './canvas.ts';
import { canvasFeedback, type Feedback, moodleFeedback } from './feedback.ts';
import { fillSheet } from './fill-sheet.ts';
import type { StudentMark } from './gradebook-rows.ts';
import { moodleWorksheet } from './moodle.ts';
import { parseSheet, sheetText } from './sheet.ts';

export type { Feedback, FeedbackFile } from './feedback.ts';
export { gradescopeMachineResults, type GradescopeResults, gradescopeResults } from './gradescope.ts';

const systems = { canvas: canvasGradebook, moodle: moodleWorksheet } as const;
export type GradebookSystem = keyof typeof systems;

export interface GradebookRequest {
  readonly system: GradebookSystem;
  /** The system's own export, as it was downloaded. */
  readonly sheet: Buffer;
  readonly results: readonly SubmissionResult[];
  /** The column of the assignment, where the sheet has several. */
  readonly column?: string;
  /** Write the marks that are final although others are not. */
  readonly partial: boolean;
}

export type Export =
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'ready'; readonly text: string; readonly written: number; readonly notes: readonly string[]; readonly feedback: Feedback };

export function exportGradebook({ system, sheet: bytes, results, column, partial }: GradebookRequest): Export {
  const text = utf8(bytes);
  if (text === null) return refused('The sheet is not saved as UTF-8. Export it again and do not open it in a spreadsheet program first.');
  const sheet = parseSheet(text);
  if (sheet === null) return refused('The sheet is not a well-formed CSV: a quotation mark is out of place. Export it again.');
  const book = systems[system](sheet, column);
  if (typeof book === 'string') return refused(book);
  const marks = results.map(markOf);
  const filled = fillSheet(book, marks, partial);
  if (filled.kind === 'refused') return filled;
  const feedback = system === 'moodle' ? moodleFeedback(sheet, book.lines, marks) : canvasFeedback(results.map(({ student, source }) => ({ id: student.id, source })));
  return { kind: 'ready', text: sheetText(filled.sheet), written: filled.written, notes: filled.notes, feedback };
}

function refused(reason: string): Export {
  return { kind: 'refused', reasons: [reason] };
}

function markOf({ student, grade }: SubmissionResult): StudentMark {
  return { id: student.id, final: grade.final, points: grade.outOf ?? grade.points };
}

/** The byte order mark stays: what was there must be there again. */
function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
