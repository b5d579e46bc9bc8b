/**
 * The door of the exports: results in, what an LMS takes back out. Nothing here reads a file or prints.
 * What cannot be exported is a value with its reasons, and then there is nothing to write.
 */
import type { SubmissionResult } from '../../contract/result.ts';
import { canvasFile, canvasGradebook } from './canvas.ts';
import { canvasFeedback, type Feedback, moodleFeedback } from './feedback.ts';
import { type Filled, fillSheet } from './fill-sheet.ts';
import type { StudentMark } from './gradebook-rows.ts';
import { moodleParticipant, moodleWorksheet } from './moodle.ts';
import { parseSheet, sheetText } from './sheet.ts';

export type { Feedback, FeedbackFile } from './feedback.ts';
export { gradescopeMachineResults, type GradescopeResults, gradescopeResults } from './gradescope.ts';

const systems = { canvas: canvasGradebook, moodle: moodleWorksheet } as const;
const numberIn = { canvas: (source: string) => canvasFile(source)?.user, moodle: moodleParticipant } as const;
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
  | Extract<Filled, { kind: 'refused' }>
  | { readonly kind: 'ready'; readonly text: string; readonly written: number; readonly notes: readonly string[]; readonly feedback: Feedback };

export function exportGradebook({ system, sheet: bytes, results, column, partial }: GradebookRequest): Export {
  const text = utf8(bytes);
  if (text === null) return refused('The sheet is not saved as UTF-8. Export it again and do not open it in a spreadsheet program first.');
  const sheet = parseSheet(text);
  if (sheet === null) return refused('The sheet is not a well-formed CSV: a quotation mark is out of place. Export it again.');
  const book = systems[system](sheet, column);
  if (typeof book === 'string') return refused(book);
  const marks = marksOf(system, results);
  const filled = fillSheet(book, marks, partial);
  if (filled.kind === 'refused') return filled;
  const feedback = system === 'moodle' ? moodleFeedback(sheet, book.lines, marks) : canvasFeedback(results.map(({ student, source }) => ({ id: student.id, source })));
  return { kind: 'ready', text: sheetText(filled.sheet), written: filled.written, notes: filled.notes, feedback };
}

function refused(reason: string): Export {
  return { kind: 'refused', reasons: [reason], isOnlyOpen: false };
}

function marksOf(system: GradebookSystem, results: readonly SubmissionResult[]): readonly StudentMark[] {
  const numbers = results.map(({ source }) => numberIn[system](source));
  return results.map(({ student, grade }, at): StudentMark => {
    const number = numbers[at];
    // A group has one hand-in: its number is that of the member who uploaded it, whoever that is.
    const isOwn = number !== undefined && numbers.filter((other) => other === number).length === 1;
    return { id: student.id, final: grade.final, points: grade.outOf ?? grade.points, ...(isOwn ? { number } : {}) };
  });
}

/** The byte order mark stays: what was there must be there again. */
function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
