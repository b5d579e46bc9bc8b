/**
 * Canvas: the gradebook's CSV. Canvas knows its sheet by the words Student, ID and Section in the header,
 * and looks for a student by ID, then SIS User ID, then SIS Login ID.
 */
import type { Gradebook } from './fill-sheet.ts';
import { type Row, type Sheet } from './sheet.ts';

const IDENTITIES = ['ID', 'SIS User ID', 'SIS Login ID', 'Integration ID'];
/** Canvas drops every column called so when it reads a sheet, even an assignment's. */
const READ_ONLY = /Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override (?:Score|Grade|Status)/;
/** The id in `HW2 (12345)`, by which Canvas finds the assignment again. */
const ASSIGNMENT = /^(.*) \((\d+)\)$/s;

/** The gradebook, or why Canvas would not take it back or no column can be told. */
export function canvasGradebook(sheet: Sheet, wanted: string | undefined): Gradebook | string {
  const header = (sheet.rows[0]?.cells ?? []).map(({ text }) => text.trim());
  if (/^LastName$/i.test(header[0] ?? '')) return 'The sheet has first and last names apart, which Canvas does not read back. Turn off "Split Student Names" in the gradebook and export it again.';
  const section = header.indexOf('Section');
  if (!(header[0] ?? '').includes('Student') || !(header[1] ?? '').includes('ID') || section < 0) {
    return `This is not a Canvas gradebook: its header needs Student first, ID second, and Section. It has: ${header.join(', ') || 'nothing'}.`;
  }
  const column = assignmentColumn(header, section, wanted);
  if (typeof column === 'string') return column;
  const maximum = sheet.rows.find((row) => textAt(row, 0).trim() === 'Points Possible');
  const identities = IDENTITIES.map((name) => header.indexOf(name)).filter((at) => at > 0);
  const lines = sheet.rows.flatMap((row, at) =>
    at === 0 || row === maximum || isAboutNobody(row) ? [] : [{ at, label: textAt(row, 0).trim() || `row ${at + 1}`, ids: identities.map((place) => textAt(row, place)), number: textAt(row, 1).trim() }],
  );
  const short = lines.find(({ at }) => sheet.rows[at]?.cells[column] === undefined);
  if (short !== undefined) return `The row of ${short.label} ends before the column ${header[column] ?? ''}. Export the gradebook again.`;
  return { sheet, lines, column, maximumOf: () => (maximum === undefined ? '' : textAt(maximum, column)), keptBecause: (row) => special(textAt(row, column)) };
}

/** The name that Canvas gave to an uploaded file, taken apart: whose it is and which attachment. */
export function canvasFile(source: string): { readonly name: string; readonly user: string; readonly attachment: string } | null {
  const [, name, user, attachment] = /^(.*?)(?:_LATE)?_(\d+)_(\d+)_/.exec(source.split('/').at(-1) ?? '') ?? [];
  return name === undefined || user === undefined || attachment === undefined ? null : { name, user, attachment };
}

function assignmentColumn(header: readonly string[], section: number, wanted: string | undefined): number | string {
  const columns = header.flatMap((name, at) => (at > section && ASSIGNMENT.test(name) ? [{ name, at }] : []));
  const writable = columns.filter(({ name }) => !READ_ONLY.test(name));
  const names = writable.map(({ name }) => `  ${name}`).join('\n') || '  none';
  if (wanted === undefined) {
    const [only, ...others] = writable;
    return only !== undefined && others.length === 0 ? only.at : `Say with --column which assignment the marks are for. The sheet has:\n${names}`;
  }
  const fitting = columns.filter(({ name }) => name === wanted || ASSIGNMENT.exec(name)?.slice(1).includes(wanted));
  const [found, ...others] = fitting;
  if (found === undefined) return `The sheet has no assignment "${wanted}". It has:\n${names}`;
  if (others.length > 0) return `"${wanted}" fits several columns; say which by the number in parentheses:\n${fitting.map(({ name }) => `  ${name}`).join('\n')}`;
  if (READ_ONLY.test(found.name)) return `Canvas drops the column "${found.name}" when it reads the sheet, because of its name. Rename the assignment in Canvas and export again.`;
  return found.at;
}

/** The row that says which assignments post by hand, and empty ones: Canvas passes over them too. */
function isAboutNobody({ cells }: Row): boolean {
  return cells.every(({ text }) => text.trim() === '' || text.trim() === 'Manual Posting');
}

function special(text: string): string | null {
  if (/^\s*EX\s*$/i.test(text)) return 'the student is excused (EX)';
  return /^\s*N\/A\s*$/i.test(text) ? 'the assignment is not given to this student (N/A)' : null;
}

function textAt(row: Row, at: number): string {
  return row.cells[at]?.text ?? '';
}
