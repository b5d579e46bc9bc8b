/** Reads derivatives, D[phi](...), d[phi](...) and grad[theta](...), and limits, lim[tau](...). */
import { closers, type Cursor } from './cursor.ts';
import type { Expression } from './expression.ts';

/** Undefined when something else begins here. */
export function readDerivative(cursor: Cursor): Expression | undefined {
  const hasBracket = cursor.is('[', 1) || cursor.is('_', 1);
  if (cursor.is('lim') && hasBracket) return readLimit(cursor);
  if (cursor.is('grad')) return hasBracket ? readOne(cursor) : readAtArgument(cursor);
  const isBy = cursor.is('[', 1) || (cursor.is('_', 1) && !cursor.is('KL', 2) && !cursor.is('KL', 3));
  if ((cursor.is('D') || cursor.is('d')) && isBy && !cursor.vocabulary.applied.has(cursor.peek().text) && !isIndexed(cursor)) return readOne(cursor);
  return undefined;
}

/** A number of the task may be called d too. */
function isIndexed(cursor: Cursor): boolean {
  return (cursor.vocabulary.numbers.get(cursor.peek().text) ?? 0) > 0;
}

function readOne(cursor: Cursor): Expression {
  const sign = cursor.next();
  // Where a variable is itself a function of a parameter, the two derivatives differ.
  if (sign.text === 'grad' && cursor.vocabulary.paths.size > 0) throw cursor.refuse('Say which derivative is meant: D[phi](...) also through z, d[phi](...) with z held.', sign);
  const by = readBy(cursor);
  return { kind: 'derivative', isTotal: sign.text !== 'd', by, body: readBody(cursor) };
}

/** [phi], _phi or _{phi[1]}: a number, a vector or a variable. */
function readBy(cursor: Cursor): Expression {
  const isSubscript = cursor.accept('_');
  const close = closers.get(cursor.peek().text);
  const start = cursor.peek(close === undefined ? 0 : 1);
  if (close !== undefined) cursor.next();
  const by = isSubscript && close === undefined ? readBareName(cursor) : cursor.grammar.primary(cursor);
  if (close !== undefined) cursor.expect(close, `After what the derivative is taken by comes ${close}.`);
  if (by.kind !== 'name' && by.kind !== 'outcome') throw cursor.refuse('A derivative is taken by a parameter or a variable: D[phi](...).', start);
  return by;
}

/** In grad_phi log q(z) the name ends before what follows. */
function readBareName(cursor: Cursor): Expression {
  const token = cursor.next();
  if (cursor.vocabulary.valued.has(token.text)) return { kind: 'outcome', place: { name: token.text, variable: token.text } };
  if (!cursor.vocabulary.numbers.has(token.text)) throw cursor.refuse(`I do not know “${token.text}” here.`, token);
  return { kind: 'name', name: token.text, indices: [] };
}

function readBody(cursor: Cursor): Expression {
  return closers.has(cursor.peek().text) ? cursor.grammar.bracket(cursor) : cursor.grammar.primary(cursor);
}

/** grad c(w1): the gradient of c, at w1. */
function readAtArgument(cursor: Cursor): Expression {
  const sign = cursor.next();
  const body = cursor.grammar.primary(cursor);
  const [by] = body.kind === 'applied' ? body.operands : [];
  if (by?.kind !== 'name') throw cursor.refuse('Say by what the gradient is taken: grad[theta](...).', sign);
  return { kind: 'derivative', isTotal: true, by, body };
}

/** lim[tau](...), lim[tau -> 0](...), \lim_{\tau \to 0} ... */
function readLimit(cursor: Cursor): Expression {
  cursor.next();
  cursor.accept('_');
  const close = closers.get(cursor.next().text) ?? ']';
  const name = cursor.next();
  if (cursor.vocabulary.numbers.get(name.text) !== 0) throw cursor.refuse('A limit is taken in a number of the task: lim[tau](...).', name);
  if (cursor.accept('->') && !cursor.accept('0')) throw cursor.refuse(`Only the limit to 0 is known: lim[${name.text}](...).`);
  cursor.expect(close, `After what goes to 0 comes ${close}.`);
  return { kind: 'limit', of: name.text, body: readBody(cursor) };
}
