/** A place in a student's line that cannot be read: what stands there and what to type instead. */
export class ReadingError extends Error {
  override readonly name = 'ReadingError';
  readonly start: number;

  /** `start`: where in the line, in UTF-16 units; `message`: a sentence for the student. */
  constructor(start: number, message: string) {
    super(message);
    this.start = start;
  }
}

const WIDTH = 100;

/** The line, a caret under the place, and the sentence; a long line is cut to what surrounds the place. */
export function caretLines(line: string, { start, message }: ReadingError): readonly string[] {
  const from = Math.max(0, start - WIDTH / 2);
  const shown = line.slice(from, from + WIDTH).replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ');
  return [shown, `${' '.repeat(Math.min(start, line.length) - from)}^`, message];
}
