/**
 * Moodle: an assignment's offline grading worksheet. Moodle finds a row by its Identifier alone
 * ("Participant 123456"), passes over rows it does not know in silence, and reads commas and UTF-8 only.
 */
import type { Gradebook } from './fill-sheet.ts';
import type { Row, Sheet } from './sheet.ts';

const NEEDED = ['Identifier', 'Grade', 'Last modified (grade)'];

export interface Participant {
  /** The number of "Participant 123456". */
  readonly number: string;
  readonly name: string;
}

/** The worksheet, or why Moodle would not take it back. */
export function moodleWorksheet(sheet: Sheet, wanted: string | undefined): Gradebook | string {
  const header = headerOf(sheet);
  if (sheet.delimiter !== ',' && header.includes('Identifier')) return 'Moodle reads commas between the columns, and this sheet has semicolons: a spreadsheet program has saved it anew. Download the grading worksheet again.';
  const missing = NEEDED.filter((name) => !header.includes(name));
  if (missing.length > 0) return `This is not a grading worksheet of Moodle in English: it lacks ${missing.join(', ')}. It has: ${header.join(', ') || 'nothing'}. Set your language in Moodle to English and download it again.`;
  if (header.includes('Scale')) return 'This assignment is marked on a scale of words, which marks do not fit. Set it to points in Moodle and download the worksheet again.';
  const column = header.indexOf(wanted ?? 'Grade');
  if (column < 0) return `The worksheet has no column "${wanted}". The marks go into the column Grade.`;
  const maximum = header.findIndex((name) => /^maximum grade$/i.test(name));
  const changeable = header.indexOf('Grade can be changed');
  const numbers = new Map<string, number>();
  for (const { at, row } of students(sheet)) {
    const number = participantOf(sheet, row).number;
    const earlier = numbers.get(number);
    if (number === '') return `Row ${at + 1} has no participant in the column Identifier. Download the worksheet again.`;
    if (earlier !== undefined) return `Participant ${number} is in rows ${earlier + 1} and ${at + 1}. Download the worksheet again.`;
    if (row.cells.length !== header.length) return `Row ${at + 1} has ${row.cells.length} cells and the header ${header.length}. Download the worksheet again.`;
    numbers.set(number, at);
  }
  return {
    sheet,
    lines: students(sheet).map(({ at, row }) => ({ at, label: labelOf(sheet, row), ids: [textAt(row, header.indexOf('Identifier')), participantOf(sheet, row).number, ...identityFields(header, row)], number: participantOf(sheet, row).number })),
    column,
    maximumOf: (row) => textAt(row, maximum),
    keptBecause: (row) => (/^no$/i.test(textAt(row, changeable).trim()) ? 'Moodle says that this grade cannot be changed' : null),
  };
}

/** Whose row it is, for the names that Moodle gives to files. */
export function participantOf(sheet: Sheet, row: Row): Participant {
  const header = headerOf(sheet);
  const number = /\d+\s*$/.exec(textAt(row, header.indexOf('Identifier')))?.[0].trim() ?? '';
  return { number, name: textAt(row, header.indexOf('Full name')).trim() || 'Participant' };
}

/** The participant's number in the name that Moodle gave to a folder or file. */
export function moodleParticipant(source: string): string | undefined {
  return /_(\d+)_assignsubmission_/.exec(source)?.[1];
}

/** E-mail address, user name, number: whatever the site shows between name and status. */
function identityFields(header: readonly string[], row: Row): readonly string[] {
  const from = Math.max(header.indexOf('Identifier'), header.indexOf('Full name')) + 1;
  return header.slice(from, Math.max(from, header.indexOf('Status'))).map((_, offset) => textAt(row, from + offset));
}

function labelOf(sheet: Sheet, row: Row): string {
  const { number, name } = participantOf(sheet, row);
  return `${name} (${number})`;
}

function students(sheet: Sheet): readonly { readonly at: number; readonly row: Row }[] {
  return sheet.rows.flatMap((row, at) => (at === 0 || row.cells.every(({ text }) => text.trim() === '') ? [] : [{ at, row }]));
}

function headerOf(sheet: Sheet): readonly string[] {
  return (sheet.rows[0]?.cells ?? []).map(({ text }) => text.trim());
}

function textAt(row: Row, at: number): string {
  return row.cells[at]?.text ?? '';
}
