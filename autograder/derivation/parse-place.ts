/** Reads the variables inside a law, z, z[i], z[1..m] or z^{(i)}, and variables that stand by themselves as values. */
import { type Bound, closers, type Cursor } from './cursor.ts';
import type { Expression, Place } from './expression.ts';
import type { Token } from './tokens.ts';

/** Throws where an outcome is asked for that nothing has drawn. */
export function requireBound(cursor: Cursor, { name, variable, index, value }: Place, token: Token): void {
  // A function of a noise is there wherever its noise is; what is set need not be drawn.
  if (value !== undefined || [...cursor.vocabulary.paths.values()].includes(variable)) return;
  const bound = cursor.boundAs(name);
  if (bound === undefined) throw cursor.refuse(`${name} is not bound here: put this under E[...] or sum[${name}](...), or is another variable meant?`, token);
  if (bound === 'copies' && index === undefined) throw cursor.refuse(`There are several copies of ${name} here: say which, for example ${name}[i].`, token);
  if (bound === 'outcome' && index !== undefined) throw cursor.refuse(`There is one ${name} here, without copies: write ${name} without an index.`, token);
}

export function placeKey({ name, index, through }: Place): string {
  return `${name}${index === undefined ? '' : JSON.stringify([index, through])}`;
}

/** What a law binds, for the names in scope. */
export function boundBy(places: readonly Place[]): readonly { readonly name: string; readonly bound: Bound }[] {
  return places.map(({ name, index }) => ({ name, bound: index === undefined ? 'outcome' : 'copies' }));
}

/** Variables with commas; parameters such as theta are read over. */
export function readPlaces(cursor: Cursor): readonly Place[] {
  const places: Place[] = [];
  while (cursor.peek().kind === 'name' || cursor.is('...')) {
    if (cursor.accept('...')) closeRange(cursor, places);
    else if (leavesOneOut(cursor)) places.push(...readOthers(cursor));
    else {
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

function readPlace(cursor: Cursor, mayBeSet = true): Place | undefined {
  const token = cursor.next();
  const { variables, parameters, paths } = cursor.vocabulary;
  const path = paths.get(token.text);
  if (path !== undefined) {
    let typed = token.text;
    if (cursor.is('(')) for (let left = cursor.closing(0); left >= 0; left -= 1) typed += cursor.next().text;
    return { name: path, variable: path, isPath: true, typed: typed.replaceAll(',', ', ') };
  }
  const base = [token.text, token.text.replace(/'+$/, ''), token.text.replace(/\d*'*$/, '')].find((name) => variables.includes(name));
  if (base === undefined) {
    if (parameters.has(token.text)) return undefined;
    throw cursor.refuse(`${token.text} is not a variable of this task: they are ${variables.join(', ')}.`, token);
  }
  const place = withCopies(cursor, { name: token.text, variable: base });
  if (!mayBeSet || !cursor.vocabulary.valued.has(base) || !cursor.accept('=')) return place;
  return { ...place, value: cursor.grammar.expression(cursor) };
}

/** The copy that is meant; without one, of a variable that has copies of its own, all of them. */
function withCopies(cursor: Cursor, plain: Place): Place {
  const { parameters } = cursor.vocabulary;
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
  if (!isSubscript && !cursor.is('[')) {
    return { ...wholeOf(cursor, plain.variable), ...plain };
  }
  const close = closers.get(cursor.next().text) ?? ']';
  const index = cursor.grammar.expression(cursor);
  const through = cursor.accept('..') || cursor.accept(':') ? cursor.grammar.expression(cursor) : undefined;
  cursor.expect(close, `After a copy comes ${close}: z[i] or z[1..m].`);
  return { ...plain, index, ...(through === undefined ? {} : { through }) };
}

/** q(-z[n]): all that q draws, but z[n]. */
export function readAllBut(cursor: Cursor): readonly Place[] {
  const { latent } = cursor.vocabulary;
  const minus = cursor.next();
  const place = readPlace(cursor);
  if (place === undefined || !latent.includes(place.variable)) throw cursor.refuse('After q(- comes the one variable that is left out, for example q(-Z[n]).', minus);
  return [...allBut(cursor, place), ...latent.filter((name) => name !== place.variable).map((name) => wholeOf(cursor, name))];
}

function leavesOneOut(cursor: Cursor): boolean {
  if (cursor.is('[', 1)) return cursor.is('-', 2);
  return cursor.is('_', 1) && (cursor.is('-', 2) || (closers.has(cursor.peek(2).text) && cursor.is('-', 3)));
}

/** z[-n] or z_{-n}: all copies but one. */
function readOthers(cursor: Cursor): readonly Place[] {
  const token = cursor.next();
  if (!cursor.vocabulary.valued.has(token.text)) throw cursor.refuse(`${token.text} has no copies to leave one out of.`, token);
  cursor.accept('_');
  const open = cursor.next();
  const hasBrackets = closers.has(open.text);
  if (hasBrackets) cursor.next();
  const index = hasBrackets ? cursor.grammar.expression(cursor) : cursor.grammar.primary(cursor);
  if (hasBrackets) cursor.expect(closers.get(open.text) ?? ']', 'All copies but one are written z[-n].');
  return allBut(cursor, { name: token.text, variable: token.text, index });
}

function allBut(cursor: Cursor, place: Place): readonly Place[] {
  const all = cursor.vocabulary.valued.get(place.variable)?.upTo;
  if (place.index === undefined || all === undefined) return [];
  const one: Expression = { kind: 'number', value: 1 };
  return [
    { ...place, index: one, through: { kind: 'binary', operator: '-', left: place.index, right: one } },
    { ...place, index: { kind: 'binary', operator: '+', left: place.index, right: one }, through: all },
  ];
}

function wholeOf(cursor: Cursor, name: string): Place {
  const all = cursor.vocabulary.valued.get(name)?.upTo;
  return { name, variable: name, ...(all === undefined ? {} : { index: { kind: 'number', value: 1 } as const, through: all }) };
}

/** The value of a random variable, z[j] or t(eps, phi); undefined when the name is none that has a value. */
export function readOutcome(cursor: Cursor, token: Token): Expression | undefined {
  const { valued, paths } = cursor.vocabulary;
  const isPath = paths.has(token.text) && cursor.is('(');
  if (!isPath && !valued.has(token.text.replace(/'+$/, ''))) return undefined;
  cursor.back();
  // Outside a law z = k would be a relation.
  const place = readPlace(cursor, false);
  if (place === undefined) return undefined;
  if (place.through !== undefined) throw cursor.refuse(`Say which ${place.name} is meant: ${place.name}[...].`, token);
  if (!isPath) requireBound(cursor, place, token);
  return { kind: 'outcome', place };
}

/** p_theta and q_{\phi}: the parameters are understood. */
export function skipSubscript(cursor: Cursor): void {
  if (!cursor.accept('_')) return;
  const isGroup = closers.has(cursor.peek().text);
  const end = isGroup ? cursor.closing(0) : 0;
  for (let at = 0; at <= end; at += 1) {
    const token = cursor.next();
    if (token.kind === 'name' && !cursor.vocabulary.parameters.has(token.text)) throw cursor.refuse(`The subscript of a law is a parameter, such as theta; ${token.text} is none.`, token);
  }
}
