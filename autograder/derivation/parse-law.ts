/** Reads laws, p(x, z | y), and what is made of laws alone: KL(q || p) and H[q]. */
import { type Bound, closers, type Cursor } from './cursor.ts';
import type { Expression, Law, Place } from './expression.ts';
import { lawKey } from './print.ts';
import type { Token } from './tokens.ts';

/** A law, a divergence or an entropy; undefined when something else begins here. */
export function readLaw(cursor: Cursor): Expression | undefined {
  if (cursor.is('p') || cursor.is('q')) return readOneLaw(cursor, 'must be bound');
  if (cursor.is('KL')) return readDivergence(cursor, 1);
  if (cursor.is('D') && cursor.is('_', 1)) return readDivergence(cursor, closers.has(cursor.peek(2).text) ? 5 : 3);
  if (cursor.is('H') && closers.has(cursor.peek(1).text)) return readEntropy(cursor);
  return undefined;
}

/** The laws of an expectation: a product, whose variables the expectation binds. */
export function readLaws(cursor: Cursor, close: string): readonly Law[] {
  // E_{z ~ q(z|x)}: the law says it all.
  const tilde = ahead(cursor, '~', close);
  for (let skipped = 0; skipped <= tilde; skipped += 1) cursor.next();
  const laws: Law[] = [];
  while (!cursor.is(close)) {
    if (!cursor.is('p') && !cursor.is('q')) throw cursor.refuse('An expectation needs its law: E[q(z|x)](...).');
    laws.push(readOneLaw(cursor, 'binds'));
    if (cursor.is('*') || cursor.is(',')) cursor.next();
  }
  if (laws.length === 0) throw cursor.refuse('An expectation needs its law: E[q(z|x)](...).');
  return laws;
}

/** Where the tilde stands before the closing bracket, or -1. */
function ahead(cursor: Cursor, text: string, close: string): number {
  for (let at = 0; cursor.peek(at).kind !== 'end' && !cursor.is(close, at); at += 1) if (cursor.is(text, at)) return at;
  return -1;
}

/** `binds`: the variables before the bar come into being here. `must be bound`: they stand for outcomes already chosen. */
export function readOneLaw(cursor: Cursor, mode: 'binds' | 'must be bound'): Law {
  const start = cursor.next();
  skipSubscript(cursor);
  const law = start.text === 'p' ? 'p' : 'q';
  if (!cursor.is('(')) return shortLaw(cursor, law, start);
  cursor.next();
  const of = readPlaces(cursor);
  const given = cursor.accept('|') ? readPlaces(cursor) : [];
  if (cursor.accept(';')) readPlaces(cursor);
  if (cursor.is('||')) throw cursor.refuse('One bar conditions: p(x | z). Two bars stand between the laws of a KL.');
  cursor.expect(')', `After the variables of ${law} comes ) or a bar.`);
  if (of.length === 0) throw cursor.refuse(`${law} needs at least one variable before the bar.`, start);
  const short = cursor.vocabulary.shortForms.get(lawKey({ kind: 'law', law, of, given }));
  if (short !== undefined && of[0]?.index === undefined) {
    const [place] = of;
    cursor.remarks.push(`${lawKey({ kind: 'law', law, of, given })} is read as ${lawKey(short)}.`);
    return checked(cursor, { ...short, of: place === undefined ? short.of : [place] }, mode, start);
  }
  return checked(cursor, { kind: 'law', law, of, given }, mode, start);
}

function shortLaw(cursor: Cursor, law: 'p' | 'q', start: Token): Law {
  const short = cursor.vocabulary.shortForms.get(law);
  if (short === undefined) throw cursor.refuse(`Say of which variables: ${law}(...).`, start);
  cursor.remarks.push(`${law} is read as ${lawKey(short)}.`);
  return short;
}

function checked(cursor: Cursor, law: Law, mode: 'binds' | 'must be bound', start: Token): Law {
  const names = [...law.of, ...law.given].map((place) => `${place.name}${place.index === undefined ? '' : '[]'}`);
  if (new Set(law.of.map(placeKey)).size < law.of.length || law.given.some((place) => law.of.some((other) => placeKey(other) === placeKey(place)))) {
    throw cursor.refuse(`A variable stands twice in this ${law.law}: ${names.join(', ')}.`, start);
  }
  const mustBeBound = mode === 'binds' ? law.given : [...law.of, ...law.given];
  for (const place of mustBeBound) requireBound(cursor, place, start);
  return law;
}

function requireBound(cursor: Cursor, { name, index }: Place, token: Token): void {
  const bound = cursor.boundAs(name);
  if (bound === undefined) throw cursor.refuse(`${name} is not bound here: put this under E[...] or sum[${name}](...), or is another variable meant?`, token);
  if (bound === 'copies' && index === undefined) throw cursor.refuse(`There are several copies of ${name} here: say which, for example ${name}[i].`, token);
  if (bound === 'outcome' && index !== undefined) throw cursor.refuse(`There is one ${name} here, without copies: write ${name} without an index.`, token);
}

function placeKey({ name, index }: Place): string {
  return `${name}${index === undefined ? '' : JSON.stringify(index)}`;
}

/** What a law binds, for the names in scope. */
export function boundBy(places: readonly Place[]): readonly { readonly name: string; readonly bound: Bound }[] {
  return places.map(({ name, index }) => ({ name, bound: index === undefined ? 'outcome' : 'copies' }));
}

/** Variables with commas; parameters such as theta are read over. */
export function readPlaces(cursor: Cursor): readonly Place[] {
  const places: Place[] = [];
  while (cursor.peek().kind === 'name' || cursor.is('...')) {
    if (cursor.accept('...')) {
      closeRange(cursor, places);
    } else {
      const place = readPlace(cursor);
      if (place !== undefined) places.push(place);
    }
    if (!cursor.accept(',')) break;
  }
  return places;
}

/** z[1], ..., z[m] is z[1..m]. */
function closeRange(cursor: Cursor, places: Place[]): void {
  cursor.expect(',', 'After the dots comes a comma and the last copy: z[1], ..., z[m].');
  // A second written copy, z[1], z[2], ..., z[m], lies within the range.
  if (places.length > 1) places.pop();
  const first = places.pop();
  const last = readPlace(cursor);
  if (first?.index === undefined || last?.index === undefined || first.name !== last.name) throw cursor.refuse('Dots stand between copies of one variable: z[1], ..., z[m].');
  places.push({ ...first, through: last.index });
}

function readPlace(cursor: Cursor): Place | undefined {
  const token = cursor.next();
  const { variables, parameters } = cursor.vocabulary;
  const base = [token.text, token.text.replace(/'+$/, ''), token.text.replace(/\d*'*$/, '')].find((name) => variables.includes(name));
  if (base === undefined) {
    if (parameters.has(token.text)) return undefined;
    throw cursor.refuse(`${token.text} is not a variable of this task: they are ${variables.join(', ')}.`, token);
  }
  const plain = { name: token.text, variable: base };
  // z^{(i)}, as handouts count samples.
  if (cursor.is('^') && cursor.is('{', 1) && cursor.is('(', 2)) {
    for (let skipped = 0; skipped < 3; skipped += 1) cursor.next();
    const index = cursor.grammar.expression(cursor);
    cursor.expect(')', 'Close the copy: z^{(i)}.');
    cursor.expect('}', 'Close the copy: z^{(i)}.');
    return { ...plain, index };
  }
  if (cursor.is('_') && !closers.has(cursor.peek(1).text)) {
    cursor.next();
    const index = cursor.next();
    if (parameters.has(index.text)) return plain;
    if (index.kind === 'number') return { ...plain, index: { kind: 'number', value: Number(index.text) } };
    return { ...plain, index: { kind: 'name', name: index.text, indices: [] } };
  }
  const isSubscript = cursor.is('_') && closers.has(cursor.peek(1).text);
  if (isSubscript) cursor.next();
  if (!isSubscript && !cursor.is('[')) return plain;
  const close = closers.get(cursor.next().text) ?? ']';
  const index = cursor.grammar.expression(cursor);
  const through = cursor.accept('..') || cursor.accept(':') ? cursor.grammar.expression(cursor) : undefined;
  cursor.expect(close, `After a copy comes ${close}: z[i] or z[1..m].`);
  return { ...plain, index, ...(through === undefined ? {} : { through }) };
}

/** p_theta and q_{\phi}: the parameters are understood. */
function skipSubscript(cursor: Cursor): void {
  if (!cursor.accept('_')) return;
  const isGroup = closers.has(cursor.peek().text);
  const end = isGroup ? cursor.closing(0) : 0;
  for (let at = 0; at <= end; at += 1) {
    const token = cursor.next();
    if (token.kind === 'name' && !cursor.vocabulary.parameters.has(token.text)) throw cursor.refuse(`The subscript of a law is a parameter, such as theta; ${token.text} is none.`, token);
  }
}

/** `skip` tokens say KL or D_KL. */
function readDivergence(cursor: Cursor, skip: number): Expression {
  for (let at = 0; at < skip; at += 1) cursor.next();
  const open = cursor.next();
  const close = closers.get(open.text);
  if (close === undefined) throw cursor.refuse('KL takes two laws: KL(q(z|x) || p(z)).', open);
  const from = readOneLawOf(cursor);
  if (!cursor.accept('||') && !cursor.accept(',')) throw cursor.refuse('Between the two laws of a KL stands ||.');
  const to = cursor.binding(boundBy(from.of), () => readOneLawOf(cursor));
  cursor.expect(close, `The KL ends with ${close}.`);
  const fits = to.of.length === from.of.length && to.of.every((place) => from.of.some((other) => other.variable === place.variable));
  if (!fits) throw cursor.refuse(`Both laws of a KL are over the same variables; these are over ${named(from)} and ${named(to)}.`, open);
  return { kind: 'divergence', from, to };
}

function readEntropy(cursor: Cursor): Expression {
  cursor.next();
  const close = closers.get(cursor.next().text) ?? ')';
  const of = readOneLawOf(cursor);
  cursor.expect(close, `The entropy ends with ${close}.`);
  return { kind: 'entropy', of };
}

function readOneLawOf(cursor: Cursor): Law {
  if (!cursor.is('p') && !cursor.is('q')) throw cursor.refuse('A law is wanted here, for example q(z|x).');
  return readOneLaw(cursor, 'binds');
}

function named({ of }: Law): string {
  return of.map(({ name }) => name).join(', ');
}
