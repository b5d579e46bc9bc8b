/** Reads what begins with any other name: functions, fractions, numbers of the task, indices, and names for expressions. */
import { closers, type Cursor } from './cursor.ts';
import type { Definition, Expression, TaskFunction } from './expression.ts';
import { readOutcome, skipSubscript } from './parse-place.ts';
import { functions, nearest, spellings } from './vocabulary.ts';

export function readName(cursor: Cursor): Expression {
  const token = cursor.next();
  const name = spellings.get(token.text) ?? token.text;
  if (name === 'frac') return readFraction(cursor);
  const bound = cursor.boundAs(name);
  if (bound === 'index' || bound === 'argument') return { kind: 'name', name, indices: [] };
  const applied = cursor.vocabulary.applied.get(name);
  if (applied !== undefined) return readApplied(cursor, applied);
  const outcome = readOutcome(cursor, token);
  if (outcome !== undefined) return outcome;
  const definition = cursor.vocabulary.definitions.get(name) ?? boundNamed(cursor, name);
  if (definition !== undefined) return readDefined(cursor, definition);
  const count = cursor.vocabulary.numbers.get(name);
  if (count !== undefined && !(functions.has(name) && cursor.is('('))) return readIndexed(cursor, name, count);
  const taken = functions.get(name);
  if (taken !== undefined) return readCall(cursor, name, taken);
  if (bound !== undefined || cursor.vocabulary.variables.includes(name)) {
    throw cursor.refuse(`${name} is a random variable: it stands inside a law, as in p(${name}), not by itself.`, token);
  }
  const meant = nearest(name, [...cursor.vocabulary.numbers.keys(), ...cursor.vocabulary.definitions.keys(), ...cursor.vocabulary.applied.keys(), ...cursor.vocabulary.valued.keys(), ...functions.keys(), 'sum', 'prod', 'int', 'KL', 'H', 'E']);
  throw cursor.refuse(`I do not know “${name}” here.${meant === undefined ? '' : ` Is “${meant}” meant?`}`, token);
}

/** Papers write a calligraphic L for the bound. */
function boundNamed({ vocabulary, remarks }: Cursor, name: string): Definition | undefined {
  if (name !== 'L' || vocabulary.numbers.has(name)) return undefined;
  const bound = vocabulary.definitions.get('ELBO');
  if (bound !== undefined) remarks.push('L is read as ELBO.');
  return bound;
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

/** f(x), f_theta(x), F^-1(y). */
function readApplied(cursor: Cursor, applied: TaskFunction): Expression {
  const inverse = cursor.vocabulary.applied.get(cursor.vocabulary.inverses.get(applied.name) ?? '');
  if (inverse !== undefined && cursor.is('^')) {
    cursor.next();
    if (skipMinusOne(cursor) !== '-1') throw cursor.refuse(`Only the inverse, ${applied.name}^-1(...), stands here.`);
    return readApplied(cursor, inverse);
  }
  skipSubscript(cursor);
  const open = cursor.next();
  const close = closers.get(open.text);
  if (close === undefined) throw cursor.refuse(`${applied.name} takes its argument in brackets: ${applied.name}(...).`, open);
  const operands = readList(cursor, /^[,;]$/);
  cursor.expect(close, `Close ${applied.name} with ${close}.`);
  if (operands.length !== applied.parameters.length) throw cursor.refuse(`${applied.name} takes ${applied.parameters.length} argument${applied.parameters.length === 1 ? '' : 's'}.`, open);
  return { kind: 'applied', applied, operands };
}

/** The exponent of F^-1 or F^{-1}. */
function skipMinusOne(cursor: Cursor): string {
  const end = closers.has(cursor.peek().text) ? cursor.closing(0) : 1;
  let text = '';
  for (let at = 0; at <= end; at += 1) text += cursor.next().text;
  return text.replaceAll(/[()[\]{}]/g, '');
}

function readList(cursor: Cursor, separator: RegExp): readonly Expression[] {
  const list = [cursor.grammar.expression(cursor)];
  while (separator.test(cursor.peek().text)) {
    cursor.next();
    list.push(cursor.grammar.expression(cursor));
  }
  return list;
}

/** What it depends on may be said, and changes nothing. */
function namesOnly(cursor: Cursor): boolean {
  const end = cursor.closing(0);
  for (let at = 1; at < end; at += 1) if (cursor.peek(at).kind !== 'name' && !/^[,;|]$/.test(cursor.peek(at).text)) return false;
  return true;
}

/** x[d], x[n][d] or x[n, d]; where there are vectors, one index fewer is the vector of all. */
function readIndexed(cursor: Cursor, name: string, count: number): Expression {
  const indices: Expression[] = [];
  while (indices.length < count && (cursor.is('[') || cursor.is('_'))) {
    const isSubscript = cursor.accept('_');
    if (isSubscript && !closers.has(cursor.peek().text)) {
      indices.push(cursor.grammar.primary(cursor));
      continue;
    }
    const open = cursor.next();
    indices.push(...readList(cursor, /^,$/));
    cursor.expect(closers.get(open.text) ?? ']', `After an index of ${name} comes ${closers.get(open.text) ?? ']'}.`);
  }
  if (indices.length !== count && !(cursor.vocabulary.hasVectors && indices.length === count - 1)) throw cursor.refuse(count === 1 ? `${name} has an index: ${name}[d].` : `${name} has ${count} indices.`);
  return { kind: 'name', name, indices };
}

/** `[i]`, `_i` or `_{i}`; undefined when there is none. */
function readIndex(cursor: Cursor): Expression | undefined {
  if (cursor.is('[')) return cursor.grammar.bracket(cursor);
  if (!cursor.accept('_')) return undefined;
  return closers.has(cursor.peek().text) ? cursor.grammar.bracket(cursor) : cursor.grammar.primary(cursor);
}

/** `log p(x)` takes one primary; the other functions need their brackets. */
function readCall(cursor: Cursor, name: string, counts: readonly number[]): Expression {
  if (counts.includes(1) && (name === 'log' || name === 'exp') && !closers.has(cursor.peek().text)) return { kind: 'call', name, operands: [cursor.grammar.primary(cursor)] };
  const open = cursor.next();
  const close = closers.get(open.text);
  if (close === undefined) throw cursor.refuse(`${name} takes its argument in brackets: ${name}(...).`, open);
  // N(x | m, v) is N(x; m, v).
  const operands = readList(cursor, name === 'ind' ? /^[,;=]$/ : /^[,;|]$/);
  cursor.expect(close, `Close ${name} with ${close}.`);
  if (!counts.includes(operands.length)) throw cursor.refuse(`${name} takes ${counts.join(' or ')} argument${counts[0] === 1 ? '' : 's'}.`, open);
  return { kind: 'call', name, operands };
}
