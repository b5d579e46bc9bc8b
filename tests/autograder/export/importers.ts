/** How Canvas and Moodle read a sheet back, by their own rules and with a CSV reader that the grader does not use here. */
import { parse } from 'csv-parse/sync';

const CANVAS_DROPS = /Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override (Score|Grade|Status)/;

/** Scores by Canvas id for each assignment id; throws where Canvas refuses the file. */
export function canvasImport(bytes: Buffer): ReadonlyMap<string, ReadonlyMap<string, number | null>> {
  const text = bytes.toString('utf8');
  const head = text.split('\n').slice(0, 3).join('\n');
  const delimiter = (head.match(/;/g) ?? []).length > (head.match(/,/g) ?? []).length ? ';' : ',';
  const rows: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true });
  const header = rows[0] ?? [];
  const identity = header.slice(0, header.findIndex((name) => /\(\d+\)$/.test(name)));
  if (header.length <= 3 || !header[0]?.includes('Student') || !header[1]?.includes('ID') || !identity.includes('Section')) throw new Error('no header of Canvas');
  const columns = header.flatMap((name, at) => (/\(\d+\)$/.test(name) && !CANVAS_DROPS.test(name) ? [{ id: /\((\d+)\)$/.exec(name)?.[1] ?? '', at }] : []));
  const students = rows.slice(1).filter((row) => !row.every((cell) => /^\s*(Manual Posting)?\s*$/.test(cell)) && !/^\s*Points Possible/.test(row[0] ?? ''));
  return new Map(columns.map(({ id, at }) => [id, new Map(students.map((row) => [row[1] ?? '', canvasScore(row[at] ?? '')]))]));
}

function canvasScore(cell: string): number | null {
  const text = cell.trim();
  if (text === '' || text === '-' || text === 'EX' || text === 'N/A') return null;
  return Number(text.replace(',', '.'));
}

/** Grades by participant; throws where Moodle refuses the file. */
export function moodleImport(bytes: Buffer, decimalComma = false): ReadonlyMap<string, number | null> {
  const rows: string[][] = parse(bytes, { bom: true, encoding: 'utf8', delimiter: ',' });
  const header = rows[0] ?? [];
  const [identifier, grade, modified] = ['Identifier', 'Grade', 'Last modified (grade)'].map((name) => header.indexOf(name));
  if (identifier === undefined || grade === undefined || identifier < 0 || grade < 0 || modified === -1) throw new Error('no worksheet of Moodle');
  return new Map(
    rows.slice(1).map((row) => {
      const text = (row[grade] ?? '').trim();
      if (decimalComma && text.includes('.')) throw new Error(`a point in a grade of a site with decimal commas: ${text}`);
      return [row[identifier] ?? '', text === '' || text === '-' ? null : Number(text.replace(',', '.'))];
    }),
  );
}

/** Whose feedback a path in the zip is for Moodle: the first part of it that is name_number_type_plugin. */
export function moodleFeedbackOwner(path: string, participants: ReadonlySet<string>): string | null {
  for (const part of path.split('/')) {
    const info = part.split('_');
    if (info.length >= 4 && /^\d+$/.test(info[1] ?? '') && participants.has(info[1] ?? '') && info[2] === 'assignsubmission' && info[3] === 'file') return info[1] ?? null;
  }
  return null;
}

/** The student and the attachment that Canvas finds in a file's name: its first two all-number parts. */
export function canvasFeedbackOwner(name: string): readonly string[] {
  return name.split('_').filter((part) => /^\d+$/.test(part)).slice(0, 2);
}
