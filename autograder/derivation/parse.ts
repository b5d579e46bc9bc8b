/** The formula language: a Pratt parser whose errors say what to type instead. */
import { type Bound, closers, Cursor, type Grammar } from './cursor.ts';
import type { BinaryOperator, Expression, Relation } from './expression.ts';
import { relations } from './expression.ts';
import { readBinder } from './parse-binder.ts';
import { readDerivative } from './parse-derivative.ts';
import { readLaw } from './parse-law.ts';
import { readName } from './parse-name.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One side of a chain, with the relation to what stands before it; the first of a line may have none. */
export interface Side {
  readonly relation: Relation | undefined;
  readonly expression: Expression;
  /** As typed, relation included. */
  readonly source: string;
}

export interface ReadLine {
  readonly sides: readonly Side[];
  readonly remarks: readonly string[];
}

const grammar: Grammar = { expression: readExpression, term: readTerm, primary: readPrimary, bracket: readBracket };

/** A whole line: `expr`, `= expr`, or `expr = expr >= expr`. Throws a ReadingError. */
export function parseLine(line: string, vocabulary: Vocabulary): ReadLine {
  const cursor = new Cursor(line, vocabulary, grammar);
  const sides: Side[] = [];
  do {
    const { start } = cursor.peek();
    const found = readRelation(cursor);
    if (found === undefined && sides.length > 0) throw strayToken(cursor);
    const expression = readExpression(cursor);
    sides.push({ relation: found, expression, source: line.slice(start, cursor.peek().start).trim() });
  } while (cursor.peek().kind !== 'end');
  return { sides, remarks: cursor.remarks };
}

/** A relation, and for one up to a constant what the constant does not depend on: `=+[lambda[k]]`. */
function readRelation(cursor: Cursor): Relation | undefined {
  const equals = cursor.peek();
  const mark = cursor.peek(1);
  const isWeak = equals.text === '=' && (mark.text === '+' || mark.text === '~') && mark.start === equals.start + 1 && cursor.vocabulary.constantIn.length > 0;
  if (!isWeak) {
    const found = relations.find((relation) => cursor.is(relation));
    if (found !== undefined) cursor.next();
    return found;
  }
  cursor.next();
  cursor.next();
  if (cursor.is('[') && cursor.peek().start === mark.start + 1) readConstantIn(cursor);
  return mark.text === '+' ? '=+' : '=~';
}

function readConstantIn(cursor: Cursor): void {
  const { constantIn } = cursor.vocabulary;
  const [end, start] = [cursor.closing(0), cursor.peek()];
  let text = '';
  for (let at = 0; at <= end; at += 1) text += cursor.next().text;
  const named = text.slice(1, -1).split(',');
  const isKnown = named.every((name) => constantIn.some((known) => [known, known.replace(/\[.*$/, ''), known.replace(/\[(.*)\]$/, '_$1')].includes(name)));
  if (!isKnown) throw cursor.refuse(`Here a constant is what does not depend on ${constantIn.join(', ')}: write =+[${constantIn.join(', ')}].`, start);
}

/** One expression and nothing after it. */
export function parseExpression(text: string, vocabulary: Vocabulary, scope: readonly { readonly name: string; readonly bound: Bound }[] = []): Expression {
  const cursor = new Cursor(text, vocabulary, grammar, scope);
  const expression = readExpression(cursor);
  if (cursor.peek().kind !== 'end') throw strayToken(cursor);
  return expression;
}

function readExpression(cursor: Cursor): Expression {
  return cursor.nested(() => {
    let left = readTerm(cursor);
    while (cursor.is('+') || cursor.is('-')) left = binary(cursor.next().text === '+' ? '+' : '-', left, readTerm(cursor));
    return left;
  });
}

/** Products and quotients. LaTeX may leave out the sign, but never after a log without brackets. */
function readTerm(cursor: Cursor): Expression {
  return cursor.nested(() => {
    let bare = isBareFunction(cursor);
    let left = readFactor(cursor);
    for (;;) {
      if (cursor.is('*') || cursor.is('/')) {
        const operator = cursor.next().text === '*' ? '*' : '/';
        if (bare) cursor.remarks.push(`A log or exp without brackets takes only what follows it at once: \`log a ${operator} b\` is read as \`(log a) ${operator} b\`.`);
        bare = isBareFunction(cursor);
        left = binary(operator, left, readFactor(cursor));
      } else if (cursor.isLatex && startsFactor(cursor)) {
        if (bare && !isLawBeforeBinder(cursor, left)) throw cursor.refuse('Put brackets round all that log takes: \\log( ... ).');
        bare = isBareFunction(cursor);
        left = binary('*', left, readFactor(cursor));
      } else {
        return left;
      }
    }
  });
}

/** \log p(x) \int q(z|x) dz is a product: nobody means the log of it all. */
function isLawBeforeBinder(cursor: Cursor, left: Expression): boolean {
  const of = left.kind === 'call' ? left.operands[0] : undefined;
  if (of?.kind !== 'law' || !/^(?:int|sum|E)$/.test(cursor.peek().text)) return false;
  cursor.remarks.push('A log without brackets takes only the law that follows it.');
  return true;
}

function readFactor(cursor: Cursor): Expression {
  return cursor.nested((): Expression => {
    if (cursor.accept('-')) return { kind: 'negate', of: readFactor(cursor) };
    if (cursor.accept('+')) return readFactor(cursor);
    const isBare = isBareFunction(cursor);
    let base = readPrimary(cursor);
    for (;;) {
      if (cursor.accept('!')) {
        base = { kind: 'call', name: 'fact', operands: [base] };
      } else if (cursor.is('^') && isTranspose(cursor)) {
        cursor.next();
        for (let left = cursor.is('T') ? 0 : 2; left >= 0; left -= 1) cursor.next();
        base = { kind: 'transpose', of: base };
      } else {
        break;
      }
    }
    if (!cursor.is('^')) return base;
    if (isBare) throw cursor.refuse('Put brackets: log(x^2) or (log x)^2.');
    cursor.next();
    return binary('^', base, readExponent(cursor));
  });
}

/** u^T, or u^{T} in LaTeX. */
function isTranspose(cursor: Cursor): boolean {
  if (cursor.vocabulary.numbers.has('T')) return false;
  return cursor.is('T', 1) || (closers.has(cursor.peek(1).text) && cursor.is('T', 2) && closers.get(cursor.peek(1).text) === cursor.peek(3).text);
}

function readExponent(cursor: Cursor): Expression {
  return closers.has(cursor.peek().text) ? readBracket(cursor) : readFactor(cursor);
}

/** A number, a bracket, or what begins with a name. */
function readPrimary(cursor: Cursor): Expression {
  return cursor.nested((): Expression => {
    const token = cursor.peek();
    if (token.kind === 'number') return readNumber(cursor);
    if (closers.has(token.text)) return readBracket(cursor);
    if (token.text === '||' && cursor.vocabulary.hasVectors) return readNorm(cursor);
    if (token.kind !== 'name') throw strayToken(cursor);
    return readLaw(cursor) ?? readDerivative(cursor) ?? readBinder(cursor) ?? readName(cursor);
  });
}

/** ||u|| and \lVert u \rVert_2. */
function readNorm(cursor: Cursor): Expression {
  const open = cursor.next();
  cursor.openNorms += 1;
  const of = readExpression(cursor);
  cursor.openNorms -= 1;
  if (!cursor.accept('||')) throw cursor.refuse('This || is never closed: type norm(u).', open);
  if (cursor.is('_') && cursor.is('2', 1)) for (let left = 2; left > 0; left -= 1) cursor.next();
  return { kind: 'call', name: 'norm', operands: [of] };
}

/** Any of the three brackets. */
function readBracket(cursor: Cursor): Expression {
  const open = cursor.next();
  const close = closers.get(open.text) ?? ')';
  const inner = readExpression(cursor);
  if (!cursor.is(close)) throw cursor.peek().kind === 'end' ? cursor.refuse(`This ${open.text} is never closed.`, open) : strayToken(cursor);
  cursor.next();
  return inner;
}

/** Tiny and huge numbers could hide a wrong term below what can be measured. */
function readNumber(cursor: Cursor): Expression {
  const token = cursor.next();
  const value = Number(token.text);
  if (value !== 0 && (value < 1e-4 || value > 1e6)) throw cursor.refuse('Numbers in a derivation lie between 0.0001 and 1000000.', token);
  return { kind: 'number', value };
}

function isBareFunction(cursor: Cursor): boolean {
  return /^(log|ln|exp)$/.test(cursor.peek().text) && !closers.has(cursor.peek(1).text);
}

function startsFactor(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek();
  if (cursor.openIntegrals.length > 0 && kind === 'name' && (text === cursor.openIntegrals.at(-1) || (text === 'd' && `d${cursor.peek(1).text}` === cursor.openIntegrals.at(-1)))) return false;
  // A bar that may close a norm does not open another.
  const opensNorm = text === '||' && cursor.vocabulary.hasVectors && cursor.openNorms === 0;
  return kind === 'name' || kind === 'number' || closers.has(text) || opensNorm;
}

function binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator, left, right };
}

function strayToken(cursor: Cursor): Error {
  const { kind, text } = cursor.peek();
  if (kind === 'end') return cursor.refuse('The line ends where something is still missing.');
  if (kind === 'name' || kind === 'number' || text === '(') return cursor.refuse(`Write * explicitly before ${text}.`);
  if (text === '|') return cursor.refuse('A bar stands only inside a law, as in p(x | z); type an absolute value as abs(x).');
  if (text === '||') return cursor.refuse('Two bars stand only inside KL(q(z|x) || p(z)).');
  if (text === '_') return cursor.refuse('A subscript cannot stand here.');
  if (')]}'.includes(text)) return cursor.refuse(`There is no open bracket for this ${text}.`);
  return cursor.refuse(`I did not expect ${text} here.`);
}
