/**
 * The roster: who takes the course. A CSV with the columns student_id and, if wanted, name and group; every further
 * column holds another id under which a system knows the student (an e-mail address, the number in Canvas).
 * Who a hand-in belongs to is looked up here by the name under which it was handed out, never by its text.
 */
import { readFile } from 'node:fs/promises';
import type { Student } from '../../contract/submission.ts';
import { csvRecords } from './csv-records.ts';
import { decodeText } from './decode-text.ts';
import { safeId } from './identify.ts';
import { IntakeError } from './problems.ts';
import { folded, shown } from './safe-name.ts';

export interface Roster {
  readonly file: string;
  readonly students: readonly Student[];
  /** By any id of theirs, folded. */
  readonly byId: ReadonlyMap<string, Student>;
  /** Members by group, where there is a column for it. */
  readonly groups: ReadonlyMap<string, readonly Student[]>;
  /** By name, in every order in which systems write its parts; null where two students share it. */
  readonly byName: ReadonlyMap<string, Student | null>;
}

/** @throws IntakeError naming the file and line. */
export async function readRoster(file: string): Promise<Roster> {
  return parseRoster(file, await readFile(file));
}

export function parseRoster(file: string, bytes: Buffer): Roster {
  const decoded = decodeText(bytes);
  if (decoded === null) throw new IntakeError(`${file} is not a text file. Save it as CSV in UTF-8.`);
  const [header, ...records] = csvRecords(file, decoded.text);
  const columns = (header?.cells ?? []).map((name) => name.toLowerCase());
  const idAt = columns.indexOf('student_id');
  const nameAt = columns.indexOf('name');
  const groupAt = columns.indexOf('group');
  if (idAt < 0) throw new IntakeError(`${file} needs a first line with the column student_id, and if wanted name and other ids; it has: ${shown(columns.join(', ')) || 'nothing'}.`);
  const students: Student[] = [];
  const byId = new Map<string, Student>();
  const byName = new Map<string, Student | null>();
  const lines = new Map<Student, number>();
  const groups = new Map<string, Student[]>();
  for (const { cells, line } of records) {
    const id = cells[idAt] ?? '';
    const name = cells[nameAt] ?? '';
    if (id === '') throw new IntakeError(`${file}, line ${line}: the column student_id is empty.`);
    // The id must come back unchanged in grades.csv, so it is never mended in silence.
    if (safeId(id) !== id) throw new IntakeError(`${file}, line ${line}: "${shown(id)}" cannot name a report file; "${safeId(id)}" could.`);
    const student = name === '' ? { id } : { id, name };
    students.push(student);
    lines.set(student, line);
    const group = cells[groupAt] ?? '';
    if (group !== '') groups.set(group, [...(groups.get(group) ?? []), student]);
    const ids = cells.filter((cell, at) => at !== nameAt && at !== groupAt && cell !== '').map(folded);
    for (const key of new Set(ids)) {
      const earlier = byId.get(key);
      if (earlier !== undefined) throw new IntakeError(`${file}, line ${line}: "${shown(key)}" is already on line ${lines.get(earlier) ?? '?'}. An id must belong to one student.`);
      byId.set(key, student);
    }
    for (const key of spellings(name)) byName.set(key, byName.has(key) ? null : student);
  }
  return { file, students, byId, byName, groups };
}

/** @param names the likeliest first. */
export function findInRoster(roster: Roster, ids: readonly string[], names: readonly string[]): Student | undefined {
  const [byId] = ids.flatMap((id) => roster.byId.get(folded(id.trim())) ?? []);
  const [byName] = names.flatMap((name) => roster.byName.get(squashed(name)) ?? []);
  return byId ?? byName;
}

/** "Jane Ann Doe" is also doejaneann (Canvas writes the last name first) and, in a list, "Doe, Jane Ann". */
function spellings(name: string): ReadonlySet<string> {
  const parts = name.split(/[\s,]+/).filter((part) => part !== '');
  return new Set(parts.map((_, at) => squashed([...parts.slice(at), ...parts.slice(0, at)].join(''))));
}

/** Letters and digits only, accents off: systems differ in what else they leave. */
function squashed(name: string): string {
  return folded(name.normalize('NFKD').replace(/[^\p{L}\p{N}]/gu, ''));
}
