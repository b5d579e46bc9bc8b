/**
 * Reads marking sheets as spreadsheets save them: commas, semicolons or tabs, a byte order mark, Windows
 * line ends. What a cell means is decided where it is used; here nothing typed is lost or mended.
 */
import { csvRecords } from '../intake/csv-records.ts';
import { decodeText } from '../intake/decode-text.ts';
import { IntakeError } from '../intake/problems.ts';
import type { MarkRow } from './mark-row.ts';

/** The columns that elbow writes; more may stand beside them, in any order. */
export const MARK_COLUMNS = ['row', 'task', 'student_id', 'points', 'mark', 'comment', 'reason'] as const;

const NEEDED = ['row', 'task', 'student_id', 'mark'] as const;

export interface MarkFile {
  readonly rows: readonly MarkRow[];
  /** Rows that could not be read; each changes nothing. */
  readonly problems: readonly string[];
}

/** @throws IntakeError when the file as a whole is no marking sheet: found before anything is graded. */
export function parseMarks(file: string, bytes: Buffer): MarkFile {
  const decoded = decodeText(bytes);
  if (decoded === null) throw new IntakeError(`${file} is not a text file. Save it as CSV in UTF-8.`);
  const [header, ...records] = csvRecords(file, decoded.text);
  const columns = (header?.cells ?? []).map((name) => name.toLowerCase());
  const missing = NEEDED.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new IntakeError(`${file} needs a first line with the columns ${MARK_COLUMNS.join(', ')}; missing: ${missing.join(', ')}.`);
  }
  const rows: MarkRow[] = [];
  const problems: string[] = [];
  for (const { cells, line } of records) {
    const place = `${file}, line ${line}`;
    // A decimal comma outside quotes makes two cells of one, and every cell after it would be read as another.
    if (cells.length > columns.length) {
      problems.push(`${place}: there are ${cells.length} cells for ${columns.length} columns. Is there a comma in a mark or comment without quotes around it?`);
      continue;
    }
    const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
    rows.push({
      place,
      row: cell('row'),
      task: cell('task'),
      // The apostrophe that keeps a spreadsheet from running a cell is not part of the id.
      student: cell('student_id').replace(/^'/, ''),
      mark: cell('mark'),
      comment: cell('comment'),
      reason: cell('reason'),
    });
  }
  return { rows, problems };
}

/** A mark as typed: a decimal comma is a decimal point. Null for anything that is no plain number. */
export function parseMark(typed: string): number | null {
  const plain = typed.replace(',', '.');
  return /^\d{1,4}(\.\d{0,4})?$/.test(plain) ? Number(plain) : null;
}
