/**
 * Who handed in, from the name of the zip or folder.
 *
 * An id names a report file (students/<id>.html), so it must be one that every file system stores:
 *
 * - accents are composed (NFC); letters and digits of every script stay, as do . _ @ + -
 * - every other run of characters becomes one _ ; several dots in a row become one
 * - it starts with a letter or digit (a leading = + - @ is a formula to a spreadsheet, a leading dot
 *   hides a file) and does not end with a dot
 * - names Windows keeps for devices (con, aux.hw2, ...) get `student-` in front
 * - a name with nothing left, or one too long, is told apart by eight hexadecimal digits of its hash
 *
 * Two ids that differ only in upper and lower case are one id; `folded` compares them.
 */
import { createHash } from 'node:crypto';
import type { Student } from '../../contract/submission.ts';
import { withoutArchiveEnding } from './archive-kind.ts';
import { folded, isReserved } from './safe-name.ts';
import type { StudentList } from './student-list.ts';

/** Bytes, hash included: leaves room for an ending and a temporary suffix within the 255 of a file name. */
const ID_BYTES = 120;

export function identify(source: string, students?: StudentList): Student {
  return students?.rows.get(sourceKey(source))?.student ?? { id: safeId(withoutArchiveEnding(source)) };
}

/** What a hand-in is looked up by: hw2.zip and HW2 are the same submission. */
export function sourceKey(source: string): string {
  return folded(withoutArchiveEnding(source.trim()));
}

/** Whether an id can name a report as it is. */
export function isStudentId(id: string): boolean {
  return id !== '' && safeId(id) === id;
}

export function safeId(name: string): string {
  const id = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._@+-]+/gu, '_')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^\p{L}\p{N}]+|\.+$/gu, '');
  if (id === '') return `student-${hashOf(name)}`;
  const named = isReserved(id) ? `student-${id}` : id;
  return Buffer.byteLength(named) <= ID_BYTES ? named : `${startOf(named)}-${hashOf(name)}`;
}

/** As much as fits before the hash, cut between characters. */
function startOf(id: string): string {
  let start = '';
  for (const character of id) {
    if (Buffer.byteLength(start + character) > ID_BYTES - 9) break;
    start += character;
  }
  return start;
}

function hashOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}
