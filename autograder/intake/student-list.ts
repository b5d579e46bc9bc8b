/**
 * The instructor's list of who handed in what: a CSV with the columns submission, student_id and,
 * if wanted, name. `submission` is the name of a zip or folder, with or without its ending. Semicolons
 * or tabs instead of commas, a byte order mark and Windows line ends are what spreadsheets write.
 */
import { readFile } from 'node:fs/promises';
import type { Student } from '../../contract/submission.ts';
import { csvRecords } from './csv-records.ts';
import { decodeText } from './decode-text.ts';
import { safeId, sourceKey } from './identify.ts';
import { IntakeError } from './problems.ts';
import { shown } from './safe-name.ts';

export interface StudentRow {
  /** As the list spells it. */
  readonly submission: string;
  readonly student: Student;
  readonly line: number;
}

export interface StudentList {
  readonly file: string;
  /** By the submission's name, folded and without its ending. */
  readonly rows: ReadonlyMap<string, StudentRow>;
}

/** @throws IntakeError naming the file and line. */
export async function readStudentList(file: string): Promise<StudentList> {
  return parseStudentList(file, await readFile(file));
}

export function parseStudentList(file: string, bytes: Buffer): StudentList {
  const decoded = decodeText(bytes);
  if (decoded === null) throw new IntakeError(`${file} is not a text file. Save it as CSV in UTF-8.`);
  const [header, ...records] = csvRecords(file, decoded.text);
  const columns = (header?.cells ?? []).map((name) => name.toLowerCase());
  const submissionAt = columns.indexOf('submission');
  const idAt = columns.indexOf('student_id');
  const nameAt = columns.indexOf('name');
  if (submissionAt < 0 || idAt < 0) {
    throw new IntakeError(`${file} needs a first line with the columns submission,student_id and optionally name; it has: ${shown(columns.join(', ')) || 'nothing'}.`);
  }
  const rows = new Map<string, StudentRow>();
  for (const { cells, line } of records) {
    const submission = cells[submissionAt] ?? '';
    const id = cells[idAt] ?? '';
    const name = cells[nameAt] ?? '';
    if (submission === '') throw new IntakeError(`${file}, line ${line}: the column submission is empty.`);
    if (id === '') throw new IntakeError(`${file}, line ${line}: the column student_id is empty.`);
    // The id must come back unchanged in grades.csv, so it is never mended in silence.
    if (safeId(id) !== id) throw new IntakeError(`${file}, line ${line}: "${shown(id)}" cannot name a report file; "${safeId(id)}" could.`);
    const earlier = rows.get(sourceKey(submission));
    if (earlier !== undefined) throw new IntakeError(`${file}, line ${line}: "${shown(submission)}" is already on line ${earlier.line}.`);
    rows.set(sourceKey(submission), { submission, student: name === '' ? { id } : { id, name }, line });
  }
  return { file, rows };
}
