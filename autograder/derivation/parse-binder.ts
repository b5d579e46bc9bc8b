/** Reads what binds a variable or an index: E, sum, prod and integrals. */
import { closers, type Cursor } from './cursor.ts';
import type { Expression, Law, Place } from './expression.ts';
import { readLaws, readOneLaw } from './parse-law.ts';
import { boundBy, readPlaces } from './parse-place.ts';

/** An expectation, a sum, a product or an integral; undefined when something else begins here. */
export function readBinder(cursor: Cursor): Expression | undefined {
  if (cursor.is('E') && (cursor.is('_', 1) || closers.has(cursor.peek(1).text))) return readExpectation(cursor);
  if (cursor.is('sum') || cursor.is('prod') || cursor.is('argmax')) return readTotal(cursor);
  if (cursor.is('int')) return readIntegral(cursor);
  return undefined;
}

function readExpectation(cursor: Cursor): Expression {
  const start = cursor.next();
  const under = cursor.accept('_') ? readSubscriptLaws(cursor) : readBracketLaws(cursor);
  if (!closers.has(cursor.peek().text)) throw cursor.refuse('After the law of an expectation comes its body in brackets: E[q(z|x)](log p(x, z)).', start);
  const body = cursor.binding(boundBy(under.flatMap((law) => law.of)), () => cursor.grammar.bracket(cursor));
  return { kind: 'expectation', under, body };
}

function readBracketLaws(cursor: Cursor): readonly Law[] {
  const open = cursor.peek();
  const after = cursor.closing(0) + 1;
  if (!closers.has(cursor.peek(after).text)) throw cursor.refuse('Say under which law: E[q(z|x)](...).', open);
  cursor.next();
  return readClosedLaws(cursor, closers.get(open.text) ?? ']');
}

function readSubscriptLaws(cursor: Cursor): readonly Law[] {
  if (closers.has(cursor.peek().text)) return readClosedLaws(cursor, closers.get(cursor.next().text) ?? '}');
  if (!cursor.is('p') && !cursor.is('q')) throw cursor.refuse('An expectation needs its law: E[q(z|x)](...).');
  // E_q(z|x)[...] has a law with its variables, E_q(...) one without.
  const takesVariables = cursor.is('(', 1) && closers.has(cursor.peek(cursor.closing(1) + 1).text);
  if (takesVariables || cursor.is('_', 1)) return [readOneLaw(cursor, 'binds')];
  const token = cursor.next();
  const short = cursor.vocabulary.shortForms.get(token.text);
  if (short === undefined) throw cursor.refuse(`Say of which variables: ${token.text}(...).`, token);
  return [short];
}

function readClosedLaws(cursor: Cursor, close: string): readonly Law[] {
  const laws = readLaws(cursor, close);
  cursor.next();
  return laws;
}

/** sum[z](...), sum[i=1..m](...), and as LaTeX writes them: \sum_z ..., \sum_{i=1}^m ... */
function readTotal(cursor: Cursor): Expression {
  const { text } = cursor.next();
  const operator = text === 'sum' || text === 'prod' ? text : 'argmax';
  const isSubscript = cursor.accept('_');
  if (isSubscript && !closers.has(cursor.peek().text)) {
    return overOutcomes(cursor, operator, [onePlace(cursor)], () => cursor.grammar.term(cursor));
  }
  const close = closers.get(cursor.peek().text);
  if (close === undefined || (!isSubscript && close === ')')) throw cursor.refuse(`Say over what: ${operator}[z](...) or ${operator}[i=1..m](...).`);
  cursor.next();
  const isIndex = cursor.peek().kind === 'name' && cursor.is('=', 1);
  if (!isIndex) {
    const places = readPlaces(cursor);
    cursor.expect(close, `After what the ${operator} runs over comes ${close}.`);
    return overOutcomes(cursor, operator, places, () => readBody(cursor, operator, isSubscript));
  }
  const index = cursor.next();
  if (cursor.vocabulary.variables.includes(index.text) || (cursor.vocabulary.numbers.has(index.text) && !cursor.vocabulary.indices.includes(index.text))) throw cursor.refuse(`${index.text} already has a meaning here: take another index.`, index);
  cursor.next();
  const from = cursor.grammar.expression(cursor);
  const isRange = cursor.accept('..');
  const inner = isRange ? cursor.grammar.expression(cursor) : undefined;
  cursor.expect(close, `After the range of ${index.text} comes ${close}.`);
  if (inner === undefined) cursor.expect('^', `Say how far ${index.text} runs: ${operator}[${index.text}=1..m](...).`);
  const to = inner ?? (closers.has(cursor.peek().text) ? cursor.grammar.bracket(cursor) : simple(cursor));
  const body = cursor.binding([{ name: index.text, bound: 'index' }], () => readBody(cursor, operator, isSubscript));
  return { kind: 'over-index', operator, index: index.text, from, to, body };
}

function readBody(cursor: Cursor, operator: string, isSubscript: boolean): Expression {
  if (isSubscript) return cursor.grammar.term(cursor);
  if (!closers.has(cursor.peek().text)) throw cursor.refuse(`The body of a ${operator} stands in brackets: ${operator}[z](...).`);
  return cursor.grammar.bracket(cursor);
}

function overOutcomes(cursor: Cursor, operator: string, places: readonly Place[], read: () => Expression): Expression {
  if (operator !== 'sum') throw cursor.refuse(`This runs over an index: ${operator}[d=1..D](...).`);
  if (places.length === 0) throw cursor.refuse('A sum needs a variable to run over: sum[z](...).');
  return { kind: 'over-outcomes', places, body: cursor.binding(boundBy(places), read) };
}

/** One name or number, as in \sum_{i=1}^m. */
function simple(cursor: Cursor): Expression {
  const token = cursor.next();
  if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
  if (token.kind !== 'name' || cursor.vocabulary.numbers.get(token.text) !== 0) throw cursor.refuse('A sum ends at a number of the task, such as m.', token);
  return { kind: 'name', name: token.text, indices: [] };
}

function onePlace(cursor: Cursor): Place {
  const token = cursor.next();
  const variable = cursor.vocabulary.variables.find((name) => name === token.text || name === token.text.replace(/'+$/, ''));
  if (variable !== undefined) return { name: token.text, variable };
  throw cursor.refuse('Say where the sum begins and ends: sum[i=1..m](...).', token);
}

/** int[z](...) or \int ... dz: a sum over z with the volumes of a continuous variable. */
function readIntegral(cursor: Cursor): Expression {
  const start = cursor.next();
  if (cursor.is('[') || cursor.is('_')) {
    cursor.accept('_');
    const close = closers.get(cursor.peek().text);
    const places = close === undefined ? [onePlace(cursor)] : bracketPlaces(cursor, close);
    const ending = `d${places[0]?.name ?? ''}`;
    const body = cursor.binding(boundBy(places), () => integrand(cursor, ending));
    skipEnding(cursor, ending);
    return { kind: 'over-outcomes', places, body };
  }
  const place = integrated(cursor, start.start);
  const ending = `d${place.name}`;
  const body = cursor.binding(boundBy([place]), () => integrand(cursor, ending));
  if (!skipEnding(cursor, ending)) throw cursor.refuse(`The integral ends with ${ending}.`);
  return { kind: 'over-outcomes', places: [place], body };
}

function bracketPlaces(cursor: Cursor, close: string): readonly Place[] {
  cursor.next();
  const places = readPlaces(cursor);
  cursor.expect(close, `After what the integral runs over comes ${close}.`);
  if (places.length === 0) throw cursor.refuse('An integral needs a variable to run over: int[z](...).');
  return places;
}

function integrand(cursor: Cursor, ending: string): Expression {
  cursor.openIntegrals.push(ending);
  const body = cursor.grammar.term(cursor);
  cursor.openIntegrals.pop();
  return body;
}

function skipEnding(cursor: Cursor, ending: string): boolean {
  if (cursor.accept(ending)) return true;
  if (!cursor.is('d') || `d${cursor.peek(1).text}` !== ending) return false;
  cursor.next();
  cursor.next();
  return true;
}

/** The variable of the dz that ends this integral: the one that no integral inside it takes. */
function integrated(cursor: Cursor, start: number): Place {
  let open = 1;
  for (let at = 0; cursor.peek(at).kind !== 'end'; at += 1) {
    if (cursor.is('int', at)) open += 1;
    const { text } = cursor.peek(at);
    const name = text === 'd' ? cursor.peek(at + 1).text : /^d./.test(text) ? text.slice(1) : '';
    const variable = cursor.vocabulary.variables.find((known) => known === name || known === name.replace(/'+$/, ''));
    if (variable !== undefined) open -= 1;
    if (variable !== undefined && open === 0) return { name, variable };
  }
  throw cursor.refuse('End the integral with what it runs over: \\int ... dz, or type int[z](...).', { kind: 'name', text: 'int', start });
}
