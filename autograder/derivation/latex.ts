/** LaTeX that says nothing about the formula, blanked out sign by sign, so that a caret still points to the right place. */

/** Longest first: a command ends where its letters do. */
const WRAPPERS = /\\(?:operatorname\*?|mathop|mathrm|mathbf|text|textrm|mathit)\s*\{/g;
const LABELLED = /\\(?:underbrace|overbrace)\s*\{/g;
/** What stands over a sign, unless it is the + or c of `=` up to a constant. */
const OVER = /\\(?:overset|stackrel)\s*\{/g;
const UP_TO_CONSTANT = /^\s*(?:\+|c|\\text\{c\}|\\mathrm\{c\}|\\pm)\s*$/;
/** `z \in \mathcal{Z}` and `\int_{\mathcal{Z}}`: over all there is. */
const WHOLE_SPACE = /\\in\s*\\math(?:cal|bb)\s*\{?\s*[A-Z]\s*\}?(?:\^\s*(?:\{\s*)?[A-Za-z]+(?:\s*\})?)?|(?<=\\int\s*)_\s*\{\s*\\math(?:cal|bb)\s*\{?\s*[A-Z]\s*\}?(?:\^\s*[A-Za-z]+)?\s*\}/g;
const NOTHING = /\\(?:nolimits|limits|notag|nonumber|displaystyle|textstyle|mathopen|mathclose|allowbreak|negthinspace|!)(?![A-Za-z])/g;

export function withoutFurniture(line: string): string {
  if (!line.includes('\\')) return line;
  const signs = [...line];
  // By code units, as places in a line are counted.
  const units = signs.length === line.length ? signs : line.split('');
  const blank = (from: number, to: number): void => {
    for (let at = from; at < to; at += 1) units[at] = ' ';
  };
  for (const { index, 0: whole } of line.matchAll(NOTHING)) blank(index, index + whole.length);
  for (const { index, 0: whole } of line.matchAll(WHOLE_SPACE)) blank(index, index + whole.length);
  for (const { index, 0: whole } of line.matchAll(OVER)) {
    const [open, close] = groupAt(line, index + whole.length - 1);
    const next = /^\s*\{/.exec(line.slice(close + 1))?.[0].length;
    if (next === undefined || UP_TO_CONSTANT.test(line.slice(open + 1, close))) continue;
    const [start, end] = groupAt(line, close + next);
    blank(index, start + 1);
    blank(end, end + 1);
  }
  for (const { index, 0: whole } of line.matchAll(LABELLED)) {
    const [open, close] = groupAt(line, index + whole.length - 1);
    blank(index, open);
    const label = /^\s*[_^]\s*\{/.exec(line.slice(close + 1))?.[0].length;
    if (label !== undefined) blank(close + 1, groupAt(line, close + label)[1] + 1);
  }
  // \mathrm{D_{KL}} and \operatorname{\mathbb{E}}: what is inside stands for itself. A plain word is read in tokens.ts.
  for (const { index, 0: whole } of line.matchAll(WRAPPERS)) {
    const [open, close] = groupAt(line, index + whole.length - 1);
    if (!/[\\_]/.test(line.slice(open + 1, close))) continue;
    blank(index, open + 1);
    blank(close, close + 1);
  }
  return units.join('');
}

/** Where the group that opens here is closed; at the end of the line when it is not. */
function groupAt(line: string, open: number): readonly [number, number] {
  let depth = 0;
  for (let at = open; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === '{') depth += 1;
    else if (line[at] === '}') depth -= 1;
    if (depth === 0) return [open, at];
  }
  return [open, line.length];
}
