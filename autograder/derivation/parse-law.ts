/** Reads laws, p(x, z | y), and what is made of laws alone: KL(q || p) and H[q]. */
import { closers, type Cursor } from './cursor.ts';
import type { Expression, Law, Place } from './expression.ts';
import { boundBy, placeKey, readAllBut, readPlaces, requireBound, skipSubscript } from './parse-place.ts';
import { lawKey } from './print.ts';
import type { Token } from './tokens.ts';

/** A law, a divergence or an entropy; undefined when something else begins here. */
export function readLaw(cursor: Cursor): Expression | undefined {
  // A task may count features with p: then there is no law of that name.
  const isLaw = (cursor.is('p') || cursor.is('q')) && !cursor.vocabulary.numbers.has(cursor.peek().text);
  if (isLaw) return isBest(cursor) ? readBest(cursor) : readOneLaw(cursor, 'must be bound');
  if (cursor.is('KL')) return readDivergence(cursor, 1);
  // D_phi is a derivative.
  if (cursor.is('D') && cursor.is('_', 1) && (cursor.is('KL', 2) || cursor.is('KL', 3))) return readDivergence(cursor, cursor.is('KL', 2) ? 3 : 5);
  if (cursor.is('H') && closers.has(cursor.peek(1).text)) return readEntropy(cursor);
  return undefined;
}

/** The laws of an expectation: a product, whose variables the expectation binds. */
export function readLaws(cursor: Cursor, close: string): readonly Law[] {
  // E_{z ~ q(z|x)}: the law says it all; E[eps ~ N(0, 1)] means the law of eps.
  const tilde = ahead(cursor, '~', close);
  if (tilde >= 0 && cursor.is('N', tilde + 1)) return [readNoise(cursor, close)];
  const drawn = tilde < 0 ? [] : readPlaces(cursor);
  if (tilde >= 0) cursor.expect('~', 'What is drawn stands before the ~, with commas: E_{z ~ q(z|x)}[...].');
  const laws: Law[] = [];
  while (!cursor.is(close)) {
    if (!cursor.is('p') && !cursor.is('q')) throw cursor.refuse('An expectation needs its law: E[q(z|x)](...).');
    laws.push(readOneLaw(cursor, 'binds', drawn));
    if (cursor.is('*') || cursor.is(',')) cursor.next();
  }
  if (laws.length === 0) throw cursor.refuse('An expectation needs its law: E[q(z|x)](...).');
  return laws;
}

/** eps ~ N(0, 1) and eps[1..n] ~ N(0, I): the task says what law eps has. */
function readNoise(cursor: Cursor, close: string): Law {
  const start = cursor.peek();
  const of = readPlaces(cursor);
  while (!cursor.is(close) && cursor.peek().kind !== 'end') for (let left = closers.has(cursor.peek().text) ? cursor.closing(0) : 0; left >= 0; left -= 1) cursor.next();
  return checked(cursor, { kind: 'law', law: 'p', of, given: [] }, 'binds', start);
}

/** q*(z) and q^*(z). */
function isBest(cursor: Cursor): boolean {
  if (cursor.vocabulary.latent.length === 0 || !cursor.is('q')) return false;
  return (cursor.is('*', 1) && cursor.is('(', 2)) || (cursor.is('^', 1) && (cursor.is('*', 2) || (cursor.is('{', 2) && cursor.is('*', 3))));
}

function readBest(cursor: Cursor): Law {
  const start = cursor.next();
  while (!cursor.is('(')) cursor.next();
  cursor.next();
  const of = readPlaces(cursor);
  cursor.expect(')', 'After the variable of q* comes ).');
  return checked(cursor, { kind: 'law', law: 'q*', of, given: [] }, 'must be bound', start);
}

/** Where the tilde stands before the closing bracket, or -1. */
function ahead(cursor: Cursor, text: string, close: string): number {
  for (let at = 0; cursor.peek(at).kind !== 'end' && !cursor.is(close, at); at += 1) {
    if (cursor.is(text, at)) return at;
    // z_{1:m} ~ q(z|x): brackets before it are skipped whole.
    if (closers.has(cursor.peek(at).text)) at = cursor.closing(at);
  }
  return -1;
}

/** `binds`: the variables before the bar come into being here. `must be bound`: they stand for outcomes already chosen. */
export function readOneLaw(cursor: Cursor, mode: 'binds' | 'must be bound', drawn: readonly Place[] = []): Law {
  const start = cursor.next();
  skipSubscript(cursor);
  const law = start.text === 'p' ? 'p' : 'q';
  if (!cursor.is('(')) return shortLaw(cursor, law, start);
  cursor.next();
  // z ~ q(.|x) draws z; z_{1:m} ~ q(z|x) draws as many copies.
  const isDot = drawn.length > 0 && cursor.accept('*');
  const typed = isDot ? drawn : law === 'q' && cursor.is('-') ? readAllBut(cursor) : readPlaces(cursor);
  const areCopies = typed.length === 1 && typed[0]?.index === undefined && drawn.length > 0 && drawn.every(({ variable, index }) => variable === typed[0]?.variable && index !== undefined);
  const of = areCopies ? drawn : typed;
  const given = cursor.accept('|') ? readPlaces(cursor) : [];
  if (cursor.accept(';')) readPlaces(cursor);
  if (cursor.is('||')) throw cursor.refuse('One bar conditions: p(x | z). Two bars stand between the laws of a KL.');
  if (cursor.peek().kind === 'name') throw cursor.refuse('Between two variables stands a comma, as in p(x | y, z).');
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
  if (mode === 'binds' && law.of.some(({ value }) => value !== undefined)) throw cursor.refuse('Under E a variable is drawn, not set: E[q(z)](...).', start);
  const names = [...law.of, ...law.given].map((place) => `${place.name}${place.index === undefined ? '' : '[]'}`);
  if (new Set(law.of.map(placeKey)).size < law.of.length || law.given.some((place) => law.of.some((other) => placeKey(other) === placeKey(place)))) {
    throw cursor.refuse(`A variable stands twice in this ${law.law}: ${names.join(', ')}.`, start);
  }
  const mustBeBound = mode === 'binds' ? law.given : [...law.of, ...law.given];
  for (const place of mustBeBound) requireBound(cursor, place, start);
  return law;
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
