/**
 * A CSV whose untouched cells keep their bytes. Gradebooks are filled in, not rewritten: a reader that
 * unquotes and a writer that quotes anew would change rows of students whose marks did not change.
 */

export interface Cell {
  /** As it stands in the file, quotes included. */
  readonly raw: string;
  readonly text: string;
}

export interface Row {
  readonly cells: readonly Cell[];
  /** The line end, empty after a last line without one. */
  readonly end: string;
}

export interface Sheet {
  /** A byte order mark, kept where there is one. */
  readonly mark: string;
  readonly delimiter: string;
  readonly rows: readonly Row[];
}

/** Null where the text is no CSV: a quote that is never closed, or text after a closing one. */
export function parseSheet(text: string): Sheet | null {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const delimiter = delimiterOf(body);
  const rows = rowsOf(body, delimiter);
  return rows === null ? null : { mark, delimiter, rows };
}

export function sheetText({ mark, delimiter, rows }: Sheet): string {
  return mark + rows.map(({ cells, end }) => cells.map(({ raw }) => raw).join(delimiter) + end).join('');
}

/** A cell with another text, quoted where the old one was or the text needs it. */
export function rewritten(cell: Cell, text: string, delimiter: string): Cell {
  const quoted = cell.raw.startsWith('"') || text.includes(delimiter) || /["\r\n]/.test(text);
  return { raw: quoted ? `"${text.replaceAll('"', '""')}"` : text, text };
}

/** Gradebooks use a comma, or a semicolon where the comma is the decimal mark: whichever parts the header more often. */
function delimiterOf(text: string): string {
  const header = /^[^\r\n]*/.exec(text.replaceAll(/"[^"]*"/g, ''))?.[0] ?? '';
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

function rowsOf(text: string, delimiter: string): readonly Row[] | null {
  const cell = new RegExp(`("(?:[^"]|"")*"|[^"${delimiter}\\r\\n][^${delimiter}\\r\\n]*|)(${delimiter}|\\r\\n|\\n|\\r|$)`, 'y');
  const rows: Row[] = [];
  let cells: Cell[] = [];
  while (cell.lastIndex < text.length || cells.length > 0) {
    const found = cell.exec(text);
    if (found === null) return null;
    const [, raw = '', end = ''] = found;
    cells.push({ raw, text: raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw });
    if (end === delimiter) continue;
    rows.push({ cells, end });
    cells = [];
    if (end === '') break;
  }
  return rows;
}
