/** Finds whose row is whose, before anything is graded: a spreadsheet may have taken the zeros in front of an id. */
import type { MarkRow } from './mark-row.ts';

export interface MatchedRows {
  readonly rowsOf: ReadonlyMap<string, readonly MarkRow[]>;
  readonly problems: readonly string[];
}

export function matchRows(rows: readonly MarkRow[], students: readonly string[]): MatchedRows {
  const rowsOf = new Map<string, MarkRow[]>();
  const problems: string[] = [];
  for (const row of rows) {
    if (row.mark === '') continue;
    const found = candidates(row.student, students);
    const [student] = found;
    if (student === undefined) problems.push(`${row.place}: no hand-in of ${row.student === '' ? 'a student without an id' : row.student} is here. The mark changes nothing.`);
    else if (found.length > 1) problems.push(`${row.place}: ${row.student} may be ${found.join(' or ')}. Type the whole id; the mark changes nothing.`);
    else rowsOf.set(student, [...(rowsOf.get(student) ?? []), row]);
  }
  return { rowsOf, problems };
}

function candidates(typed: string, students: readonly string[]): readonly string[] {
  if (students.includes(typed)) return [typed];
  if (!/^\d+$/.test(typed)) return [];
  return students.filter((student) => /^\d+$/.test(student) && withoutZeros(student) === withoutZeros(typed));
}

function withoutZeros(id: string): string {
  return id.replace(/^0+/, '');
}
