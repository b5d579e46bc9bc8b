/** Puts marks into one column of a gradebook's own export; every other cell keeps its bytes. */
import { matchRows, type StudentLine, type StudentMark } from './gradebook-rows.ts';
import { type Cell, rewritten, type Row, type Sheet } from './sheet.ts';

/** What a system's rules make of its sheet. */
export interface Gradebook {
  readonly sheet: Sheet;
  readonly lines: readonly StudentLine[];
  /** Where the marks go. */
  readonly column: number;
  /** The column that says the most a student can get, or the cell that says it for all. */
  readonly maximumOf: (row: Row) => string;
  /** Why the mark of this row must stay as it is; null where it may be written. */
  readonly keptBecause: (row: Row) => string | null;
}

export type Filled =
  /** `isOnlyOpen`: for no other reason than marks that are still to be given. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[]; readonly isOnlyOpen: boolean }
  | { readonly kind: 'filled'; readonly sheet: Sheet; readonly written: number; readonly notes: readonly string[] };

export function fillSheet(book: Gradebook, marks: readonly StudentMark[], partial: boolean): Filled {
  const { pairs, withoutResult, problems } = matchRows(marks, book.lines);
  const open = marks.filter(({ final }) => final === null).map(({ id }) => `${id} still has marks to be given.`);
  const reasons = partial ? problems : [...problems, ...open];
  if (reasons.length > 0) return { kind: 'refused', reasons, isOnlyOpen: problems.length === 0 };

  const notes: string[] = [];
  const rows = [...book.sheet.rows];
  const comma = usesDecimalComma(book);
  let written = 0;
  const maxima = new Set<string>();
  for (const { mark, line } of pairs) {
    const row = rows[line.at];
    const old = row?.cells[book.column];
    if (row === undefined || old === undefined) throw new Error(`the gradebook has no cell for ${line.label}`);
    const kept = mark.final === null ? 'marks are still to be given' : book.keptBecause(row);
    if (mark.final === null || kept !== null) {
      notes.push(`${line.label}: left as it is, because ${kept}.`);
      continue;
    }
    if (numberIn(book.maximumOf(row)) !== mark.points) maxima.add(`The gradebook has ${book.maximumOf(row).trim() || 'no number'} as the most a student can get; these marks are out of ${mark.points}.`);
    written += 1;
    if (numberIn(old.text) === mark.final) continue;
    if (old.text.trim() !== '' && old.text.trim() !== '-') notes.push(`${line.label}: ${old.text.trim()} becomes ${decimals(mark.final, comma)}.`);
    rows[line.at] = { ...row, cells: replaced(row.cells, book.column, rewritten(old, decimals(mark.final, comma), book.sheet.delimiter)) };
  }
  if (withoutResult.length > 0) notes.push(`No result for, so left as they are: ${withoutResult.map(({ label }) => label).join('; ')}.`);
  return { kind: 'filled', sheet: { ...book.sheet, rows }, written, notes: [...maxima, ...notes] };
}

function replaced(cells: readonly Cell[], at: number, cell: Cell): readonly Cell[] {
  return cells.with(at, cell);
}

/** As the gradebook writes its own numbers: a comma only where it has one itself. */
function usesDecimalComma({ sheet, lines, column, maximumOf }: Gradebook): boolean {
  const rows = lines.flatMap(({ at }) => sheet.rows[at] ?? []);
  return rows.some((row) => [row.cells[column]?.text ?? '', maximumOf(row)].some((text) => /^\s*-?\d+,\d+\s*$/.test(text)));
}

/** Two decimals, as both systems write marks, and more only where the mark has more. */
function decimals(value: number, comma: boolean): string {
  const exact = String(Math.round(value * 10_000) / 10_000);
  const text = (exact.split('.')[1] ?? '').length > 2 ? exact : value.toFixed(2);
  return comma ? text.replace('.', ',') : text;
}

function numberIn(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  return plain === '' || !Number.isFinite(Number(plain)) ? null : Number(plain);
}
