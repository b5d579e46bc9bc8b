/**
 * Names, console output, error texts and answers come from students. Before any of it is drawn, what cannot
 * be seen or would reorder a line is replaced by an escape one can see, and what is very long is cut.
 */

/** No single text on a page or in a terminal is longer than this. */
const longest = 20_000;
const longestLine = 400;

/** Terminal sequences: colours, cursor moves, titles and links. An unfinished one hides nothing after it. */
const escape = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(0x07);
const terminalSequence = new RegExp(
  `${escape}(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^${bell}${escape}]*(?:${bell}|${escape}\\\\)|[@-Z\\\\-_])`,
  'g',
);

/** Controls, format characters (direction overrides, zero widths, tags), line separators, halves of pairs. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/gu;
const replacement = '\u{fffd}';
const joiners: ReadonlySet<string> = new Set(['\u{200c}', '\u{200d}']);

/** The text with its line breaks and tabs; everything else unseen stands there as an escape. */
export function visible(text: string): string {
  return cut(text)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(terminalSequence, '')
    .replaceAll(unseen, (character, at: number, whole: string) => {
      if (character === '\n' || character === '\t') return character;
      if (character === '\0' || /\p{Surrogate}/u.test(character)) return replacement;
      return joiners.has(character) && joinsLetters(whole, at) ? character : escapeOf(character);
    });
}

/** The same on one line of bearable length, for names, titles and cells. */
export function onOneLine(text: string): string {
  const line = visible(text).replaceAll(/\s+/g, ' ').trim();
  return line.length <= longestLine ? line : `${line.slice(0, longestLine).replace(/\p{Surrogate}$/u, '')}…`;
}

/** A picture as text: none of its characters is unseen, and it is of no use when it is cut. */
const picture = /^[A-Za-z0-9+/]+={0,2}$/;

/** A copy of plain data in which every string is visible, so that no view can forget one. */
export function withVisibleText<T>(data: T): T {
  return JSON.parse(JSON.stringify(data), (key, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (key === 'png') return picture.test(value) ? value : '';
    return visible(value);
  });
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest)}\n(${text.length - longest} more characters are not shown)`;
}

/** Persian names and joined emoji need these characters; between plain letters they only deceive. */
function joinsLetters(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) > 0x7f && text.charCodeAt(at + 1) > 0x7f;
}

function escapeOf(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
