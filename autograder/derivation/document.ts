/** Finds the derivation in a student's page: fenced blocks of lines between prose, `let` lines, reasons in brackets. */

/** A line as typed, with where it stands; continued lines are already joined. */
export interface TypedLine {
  /** Counted from 1 over the whole page, as an editor shows it. */
  readonly number: number;
  /** Without the student's own numbering. */
  readonly text: string;
}

export type TypedBlock = readonly TypedLine[];

const MOST_LINES = 120;
const LARGEST_PAGE = 64 * 1024;

/** The page is more than a derivation can be: too long, or of too many lines. */
export class PageTooLarge extends Error {
  override readonly name = 'PageTooLarge';
}

/** Blocks in order; a blank line inside a fence begins another. */
export function blocksOf(page: string): readonly TypedBlock[] {
  if (page.length > LARGEST_PAGE) throw new PageTooLarge(`A derivation may hold ${LARGEST_PAGE / 1024} KiB.`);
  const lines = page.split(/\r?\n/);
  const blocks: TypedLine[][] = [];
  let current: TypedLine[] | undefined;
  // What ends the block that is open: an environment by itself is one too.
  let end = FENCE;
  for (const [index, raw] of lines.entries()) {
    const inline = current === undefined ? oneLine(raw) : undefined;
    if (inline !== undefined) close(blocks, add(blocks, [], cleaned(inline), index + 1));
    else if (current === undefined && (FENCE.test(raw) || BEGINS.test(raw))) {
      [current, end] = [[], FENCE.test(raw) ? FENCE : ENDS];
    } else if (current !== undefined && end.test(raw)) current = close(blocks, current);
    else if (current !== undefined) for (const row of raw.split(ROW_END)) current = add(blocks, current, cleaned(row), index + 1, row !== raw);
  }
  if (current !== undefined) close(blocks, current);
  const count = blocks.reduce((sum, block) => sum + block.length, 0);
  if (count > MOST_LINES) throw new PageTooLarge(`A derivation may hold ${MOST_LINES} lines.`);
  return blocks;
}

const FENCE = /^\s*(?:`{3,}|~{3,}|\$\$\s*$|\\\[\s*$|\\\]\s*$)/;
const BEGINS = /^\s*\\begin\s*\{(?:align|aligned|equation|gather|multline|eqnarray|split)\*?\}\s*$/;
const ENDS = /^\s*\\end\s*\{(?:align|aligned|equation|gather|multline|eqnarray|split)\*?\}\s*$/;
const ONE_LINE = /^\s*(?:\$\$(?<formula>.+)\$\$|\\\[(?<bracketed>.+)\\\])\s*$/;
const ROW_END = /\\\\(?:\[[^\]]*\])?/;

function oneLine(raw: string): string | undefined {
  const { formula, bracketed } = ONE_LINE.exec(raw)?.groups ?? {};
  return formula ?? bracketed;
}

function close(blocks: TypedLine[][], block: TypedLine[]): undefined {
  if (block.length > 0) blocks.push(block);
}

function add(blocks: TypedLine[][], block: TypedLine[], text: string, number: number, isRow = false): TypedLine[] {
  // What follows the \\\\ at the end of a row is no blank line.
  if (text === '' && isRow) return block;
  if (text === '') {
    close(blocks, block);
    return [];
  }
  const last = block.at(-1);
  // A line that begins with an operator goes on with the one above.
  if (last !== undefined && /^[-+*/·]/.test(text) && !isStatement(last.text, text)) block[block.length - 1] = { number: last.number, text: `${last.text} ${text}` };
  else block.push({ number, text });
  return block;
}

/** `-log p(x) = ...` is a statement of its own, though it begins with a sign: it holds a relation, and nothing above it is open. */
function isStatement(above: string, text: string): boolean {
  return text.startsWith('-') && outsideBrackets(above).isClosed && /[=<>]|\\[lg]eq?(?![a-z])/.test(outsideBrackets(text).text);
}

/** `sum[d=1..D](...)` holds no relation. */
function outsideBrackets(line: string): { readonly text: string; readonly isClosed: boolean } {
  let depth = 0;
  let text = '';
  for (const character of line) {
    if ('([{'.includes(character)) depth += 1;
    if (depth <= 0) text += character;
    if (')]}'.includes(character)) depth -= 1;
  }
  return { text, isClosed: depth <= 0 };
}

/** Without numbering, LaTeX's alignment and its line ends; environments are only frames. */
function cleaned(raw: string): string {
  const text = raw
    .replace(/^\s*(?:\(?\d+[.)]\s+|-\s+(?==|>=|<=))/, '')
    .replace(/\\(?:begin|end)\s*\{[a-z]+\*?\}/g, '')
    .replace(/\\\\(?:\[[^\]]*\])?\s*$/, '')
    .replace(/\\(?:tag|label)\*?\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])/g, '')
    .replace(/(?:&&|\\q?quad)\s*(?:&\s*)?\\(?:text|textrm|textit|mbox)\s*\{(?<reason>[^{}]*)\}\s*$/, '  [$<reason>]')
    .trim();
  return text.replace(/^&\s*/, '').replace(/(?<=\S)\s*[.,;]$/, '');
}

/** The line without its reason, and the reason: `[...]` at the end, after two spaces or where the rest cannot be read with it. */
export function withoutReason(text: string, isReadable: (line: string) => boolean): { readonly formula: string; readonly reason: string } {
  const match = /^(?<formula>.*\S)(?<gap>\s+)\[(?<reason>[^\][]*(?:\[[^\][]*\][^\][]*)*)\]\s*$/s.exec(text);
  const { formula = '', gap = '', reason = '' } = match?.groups ?? {};
  if (match === null || (gap.length < 2 && isReadable(text)) || /^(?:E|H|KL|sum|prod|int)$/.test(formula)) return { formula: text, reason: '' };
  return { formula, reason: reason.trim() };
}
