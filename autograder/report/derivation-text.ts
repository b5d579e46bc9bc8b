/** A checked derivation in a terminal: every line with its number and its mark, and below it why. */
import colours from 'picocolors';
import type { DerivationLine } from '../../contract/outcome.ts';
import { onOneLine, visible } from './visible-text.ts';

type Paint = ReturnType<typeof colours.createColors>;

/** A line as data from anywhere: nothing here changes it. */
type Line = Omit<DerivationLine, 'said' | 'notes'> & { readonly said: readonly string[]; readonly notes: readonly string[] };

const MARKS: Readonly<Record<DerivationLine['verdict'], string>> = { begins: '  ', follows: 'ok', wrong: 'NO', 'too large': '! ', 'no reason': '? ', unread: '? ', unchecked: '? ' };

/** Where a line's text begins: below it stands what is said of it. */
const INDENT = ' '.repeat(9);

export function derivationText(lines: readonly Line[], paint: Paint = colours): readonly string[] {
  return lines.flatMap((line, place) => [...(place > 0 && line.verdict === 'begins' ? [''] : []), ...lineText(line, paint)]);
}

function lineText({ number, source, verdict, said, notes, excerpt }: Line, paint: Paint): readonly string[] {
  const typed = source === '' ? '(the start that the task states)' : onOneLine(source);
  return [
    `${String(number).padStart(4)}  ${painted(verdict, paint)(MARKS[verdict])} ${excerpt === undefined ? typed : ''}`.trimEnd(),
    ...[...(excerpt === undefined ? [] : visible(excerpt).split('\n')), ...said.map(onOneLine)].map((text) => `${INDENT}${text}`),
    ...notes.map((note) => `${INDENT}${paint.dim(`note: ${onOneLine(note)}`)}`),
  ];
}

function painted(verdict: DerivationLine['verdict'], paint: Paint): (text: string) => string {
  if (verdict === 'follows') return paint.green;
  return verdict === 'wrong' ? paint.red : paint.yellow;
}
