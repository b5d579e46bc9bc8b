/** Where the parser stands in a line: the next token, the names in scope, and what it has spent of its caps. */
import type { Expression } from './expression.ts';
import { ReadingError } from './reading-error.ts';
import { type Token, tokenise } from './tokens.ts';
import type { Vocabulary } from './vocabulary.ts';

const MOST_NODES = 2000;
const DEEPEST = 60;

/** What a bound name is: one outcome of a variable, many copies of it (z[1..m]), an index of a sum, or a function's argument. */
export type Bound = 'outcome' | 'copies' | 'index' | 'argument';

/** The parts of the grammar that contain each other; parse.ts hands them over, so that no file imports in a circle. */
export interface Grammar {
  readonly expression: (cursor: Cursor) => Expression;
  readonly term: (cursor: Cursor) => Expression;
  readonly primary: (cursor: Cursor) => Expression;
  readonly bracket: (cursor: Cursor) => Expression;
}

export class Cursor {
  readonly grammar: Grammar;
  readonly vocabulary: Vocabulary;
  readonly isLatex: boolean;
  /** Sentences about how something was read, where another reading was possible. */
  readonly remarks: string[] = [];
  /** Names that end the integrals which are open: dz. */
  readonly openIntegrals: string[] = [];
  /** Norms that are not closed yet: inside one, two bars close it. */
  openNorms = 0;
  private readonly tokens: readonly Token[];
  private readonly scope: { readonly name: string; readonly bound: Bound }[];
  private place = 0;
  private nodes = 0;
  private depth = 0;

  constructor(line: string, vocabulary: Vocabulary, grammar: Grammar, extraScope: readonly { readonly name: string; readonly bound: Bound }[] = []) {
    const { list, isLatex } = tokenise(line);
    // P_theta(X) is p_theta(X), unless the task has a P of its own.
    const hasOwn = vocabulary.numbers.has('P') || vocabulary.variables.includes('P');
    this.tokens = hasOwn ? list : list.map((token) => (token.kind === 'name' && token.text === 'P' ? { ...token, text: 'p' } : token));
    this.isLatex = isLatex;
    this.vocabulary = vocabulary;
    this.grammar = grammar;
    this.scope = [...vocabulary.free.map((name) => ({ name, bound: vocabulary.valued.get(name)?.upTo === undefined ? ('outcome' as const) : ('copies' as const) })), ...extraScope];
  }

  peek(ahead = 0): Token {
    const token = this.tokens[Math.min(this.place + ahead, this.tokens.length - 1)];
    if (token === undefined) throw new RangeError('a line without an end token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.place += 1;
    return token;
  }

  /** Steps back before the token just taken. */
  back(): void {
    this.place -= 1;
  }

  is(text: string, ahead = 0): boolean {
    return this.peek(ahead).text === text;
  }

  accept(text: string): boolean {
    if (!this.is(text)) return false;
    this.place += 1;
    return true;
  }

  expect(text: string, message: string): void {
    if (!this.accept(text)) throw this.refuse(message);
  }

  refuse(message: string, token = this.peek()): ReadingError {
    return new ReadingError(token.start, message);
  }

  /** Runs one level deeper; a bracket bomb ends here, not in the stack. */
  nested<T>(read: () => T): T {
    this.nodes += 1;
    if (this.nodes > MOST_NODES) throw this.refuse('This line is too long for one step: cut it into several.');
    if (this.depth >= DEEPEST) throw this.refuse('Brackets are nested too deeply here.');
    this.depth += 1;
    try {
      return read();
    } finally {
      this.depth -= 1;
    }
  }

  /** Reads with more names bound. */
  binding<T>(names: readonly { readonly name: string; readonly bound: Bound }[], read: () => T): T {
    this.scope.push(...names);
    try {
      return read();
    } finally {
      this.scope.splice(this.scope.length - names.length);
    }
  }

  boundAs(name: string): Bound | undefined {
    return this.scope.findLast((entry) => entry.name === name)?.bound;
  }

  /** How many tokens ahead the bracket that opens at `ahead` is closed. */
  closing(ahead: number): number {
    let depth = 0;
    for (let at = ahead; this.peek(at).kind !== 'end'; at += 1) {
      const { text } = this.peek(at);
      if ('([{'.includes(text)) depth += 1;
      if (')]}'.includes(text)) depth -= 1;
      if (depth === 0) return at;
    }
    throw this.refuse('This bracket is never closed.', this.peek(ahead));
  }
}

export const closers: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
