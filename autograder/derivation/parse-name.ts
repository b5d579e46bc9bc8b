/** Reads what begins with any other name: functions, fractions, numbers of the task, indices, and names for expressions. */
import { closers, type Cursor } from './cursor.ts';
import type { Definition, Expression } from './expression.ts';
import { functions, nearest, spellings } from './vocabulary.ts';

export function readName(cursor: Cursor): Expression {
  const token = cursor.next();
  const name = spellings.get(token.text) ?? token.text;
  if (name === 'frac') return readFraction(cursor);
  if (cursor.boundAs(name) === 'index') return { kind: 'name', name, indices: [] };
  const definition = cursor.vocabulary.definitions.get(name);
  if (definition !== undefined) return readDefined(cursor, definition);
  const count = cursor.vocabulary.numbers.get(name);
  if (count !== undefined && !(functions.has(name) && cursor.is('('))) return readIndexed(cursor, name, count);
  const taken = functions.get(name);
  if (taken !== undefined) return readCall(cursor, name, taken);
  if (cursor.boundAs(name) !== undefined || cursor.vocabulary.variables.includes(name)) {
    throw cursor.refuse(`${name} is a random variable: it stands inside a law, as in p(${name}), not by itself.`, token);
  }
  const meant = nearest(name, [...cursor.vocabulary.numbers.keys(), ...cursor.vocabulary.definitions.keys(), ...functions.keys(), 'sum', 'prod', 'int', 'KL', 'H', 'E']);
  throw cursor.refuse(`I do not know ${name} here.${meant === undefined ? '' : ` Is ${meant} meant?`}`, token);
}

function readFraction(cursor: Cursor): Expression {
  if (!cursor.is('{')) throw cursor.refuse('A fraction is \\frac{above}{below}.');
  const left = cursor.grammar.bracket(cursor);
  if (!cursor.is('{')) throw cursor.refuse('A fraction is \\frac{above}{below}.');
  return { kind: 'binary', operator: '/', left, right: cursor.grammar.bracket(cursor) };
}

/** ELBO, ELBO(theta, phi; x), L[m], L_m, L_{m}(x). */
function readDefined(cursor: Cursor, definition: Definition): Expression {
  const argument = readIndex(cursor);
  if (definition.parameter === undefined && argument !== undefined) throw cursor.refuse(`${definition.name} takes no index.`);
  if (definition.parameter !== undefined && argument === undefined) throw cursor.refuse(`Say which ${definition.name}: ${definition.name}[1] or ${definition.name}[m].`);
  if (cursor.is('(') && namesOnly(cursor)) for (let left = cursor.closing(0); left >= 0; left -= 1) cursor.next();
  return { kind: 'defined', definition, ...(argument === undefined ? {} : { argument }) };
}

/** What it depends on may be said, and changes nothing. */
function namesOnly(cursor: Cursor): boolean {
  const end = cursor.closing(0);
  for (let at = 1; at < end; at += 1) if (cursor.peek(at).kind !== 'name' && !/^[,;|]$/.test(cursor.peek(at).text)) return false;
  return true;
}

function readIndexed(cursor: Cursor, name: string, count: number): Expression {
  const indices: Expression[] = [];
  while (indices.length < count) {
    const index = readIndex(cursor);
    if (index === undefined) throw cursor.refuse(`${name} has an index: ${name}[d].`);
    indices.push(index);
  }
  return { kind: 'name', name, indices };
}

/** `[i]`, `_i` or `_{i}`; undefined when there is none. */
function readIndex(cursor: Cursor): Expression | undefined {
  if (cursor.is('[')) return cursor.grammar.bracket(cursor);
  if (!cursor.accept('_')) return undefined;
  return closers.has(cursor.peek().text) ? cursor.grammar.bracket(cursor) : cursor.grammar.primary(cursor);
}

/** `log p(x)` takes one primary; the other functions need their brackets. */
function readCall(cursor: Cursor, name: string, count: number): Expression {
  if (count === 1 && (name === 'log' || name === 'exp') && !closers.has(cursor.peek().text)) return { kind: 'call', name, operands: [cursor.grammar.primary(cursor)] };
  const open = cursor.next();
  const close = closers.get(open.text);
  if (close === undefined) throw cursor.refuse(`${name} takes its argument in brackets: ${name}(...).`, open);
  const operands = [cursor.grammar.expression(cursor)];
  while (cursor.is(',') || cursor.is(';')) {
    cursor.next();
    operands.push(cursor.grammar.expression(cursor));
  }
  cursor.expect(close, `Close ${name} with ${close}.`);
  if (operands.length !== count) throw cursor.refuse(`${name} takes ${count} argument${count === 1 ? '' : 's'}.`, open);
  return { kind: 'call', name, operands };
}
