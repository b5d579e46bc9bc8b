/** Reads a task as its author wrote it. */
import type { LawBody } from './evaluate.ts';
import type { Definition, Expression, Law, TaskFunction } from './expression.ts';
import type { Fact } from './model.ts';
import { parseExpression } from './parse.ts';
import { bodyKeyOf } from './print.ts';
import type { DerivationTask, Drawn, DrawnSource, Ground, Making, MakingSource, TaskSource } from './task.ts';
import { plainVocabulary, usualParameters, type Vocabulary } from './vocabulary.ts';

/** Pairs that textbooks and the handouts themselves do in one line; Jensen's weights must sum to one. */
const USUAL_STEPS: readonly (readonly Ground[])[] = [
  ['bayes', 'log', 'indep'],
  ['normq', 'bayes'],
  ['bayes', 'marg', 'indep'],
  ['normq', 'marg'],
  ['normq', 'log', 'iid'],
  ['jensen', 'log'],
  ['gibbs', 'log'],
];

const TABLE_FACTS: readonly Fact[] = ['bayes', 'marg', 'normq', 'log', 'indep', 'iid'];

export function makeTask(source: TaskSource): DerivationTask {
  const vocabulary = vocabularyOf(source);
  const everything = source.world.variables.map(({ name }) => ({ name, bound: boundAs(name, vocabulary) }));
  const read = (text: string): Expression => parseExpression(text, vocabulary);
  // A formula of the task's own may speak of variables that no line has free.
  const readOwn = (text: string, index?: string): Expression => parseExpression(text, vocabulary, [...everything, ...(index === undefined ? [] : [{ name: index, bound: 'index' as const }])]);
  const made = makingOf(source, readOwn);
  return {
    id: source.id,
    title: source.title,
    vocabulary,
    world: source.world,
    numbers: (source.numbers ?? [{}]).map((values) => new Map(Object.entries(values))),
    extents: new Map(made.drawn.map(({ name, upTo }) => [name, upTo])),
    facts: source.facts ?? TABLE_FACTS,
    made,
    without: new Map(Object.entries(source.without ?? {}).map(([fact, part]) => [fact as Fact, overridden(made, makingOf(part, readOwn))])),
    varying: source.varying ?? [],
    claims: (source.claims ?? []).map(({ left, relation, right, share, given, also }) => ({
      left: read(left),
      relation,
      right: read(right),
      share,
      ...(given === undefined ? {} : { given: read(given) }),
      also: (also ?? []).map((other) => ({ left: read(other.left ?? left), right: read(other.right ?? right) })),
    })),
    answers: (source.answers ?? []).map(({ forms, share }) => ({ forms: forms.map(({ names, accepts }) => ({ names, accepts: accepts.map(read) })), share })),
    forPerson: (source.forPerson ?? []).map(({ form, why }) => ({ form: read(form), why })),
    printed: source.printed.map((chain) => chain.map(read)),
    oneStep: source.oneStep ?? USUAL_STEPS,
    known: (source.known ?? []).map(({ left, right }) => ({ left: read(left), right: read(right) })),
    nonNegative: (source.nonNegative ?? []).map(read),
    leapShare: source.leapShare ?? 0.4,
    elsePerson: source.elsePerson,
    granted: source.granted,
    praise: source.praise === undefined ? undefined : { ends: source.praise.ends.map(read), words: source.praise.words },
  };
}

function vocabularyOf(source: TaskSource): Vocabulary {
  const { world } = source;
  const variables = world.variables.map(({ name }) => name);
  const names = [...new Set((source.numbers ?? []).flatMap((values) => Object.keys(values)))];
  const drawn = [...(source.drawn ?? []), ...Object.values(source.without ?? {}).flatMap((part) => part?.drawn ?? [])];
  const numbers = new Map([...names.map((name) => [name, 0] as const), ...drawn.map((one) => [one.name, rangesOf(one).length] as const)]);
  const bare: Vocabulary = {
    ...plainVocabulary,
    variables,
    free: source.free,
    numbers,
    parameters: new Set([...usualParameters, ...(source.parameters ?? [])]),
    valued: new Map(
      world.kind === 'tables' ? [] : world.variables.filter(({ values }) => values.kind !== 'none').map(({ name, upTo }) => [name, upTo === undefined ? {} : { upTo: { kind: 'name', name: upTo, indices: [] } as const }]),
    ),
    paths: new Map(Object.entries(source.paths ?? {}).flatMap(([variable, { name }]) => (name === undefined ? [] : [[name, variable] as const]))),
    latent: source.latent ?? [],
    hasVectors: source.hasVectors ?? false,
    constantIn: source.constantIn ?? [],
    indices: source.indices ?? [],
  };
  const applied = new Map<string, TaskFunction>();
  const inverses = new Map<string, string>();
  for (const { name, parameters, body, inverse } of source.functions ?? []) {
    const scope = parameters.map((parameter) => ({ name: parameter, bound: 'argument' as const }));
    applied.set(name, { name, parameters, body: parseExpression(body, { ...bare, applied, variables: variables.filter((variable) => !parameters.includes(variable)) }, scope) });
    if (inverse !== undefined) inverses.set(name, inverse);
  }
  const everything = variables.map((name) => ({ name, bound: boundAs(name, bare) }));
  const definitions = new Map<string, Definition>();
  // A name that is asked for is worth the first form that is accepted for it.
  const askedFor = (source.answers ?? []).flatMap(({ forms }) => forms).flatMap(({ names: own, accepts: [body] }) => (body === undefined ? [] : own.filter((name) => !applied.has(name)).map((name) => ({ name, body }))));
  for (const { name, body } of askedFor) definitions.set(name, { name, body: parseExpression(body, { ...bare, applied }) });
  for (const { name, parameter, body } of source.definitions ?? []) {
    const scope = parameter === undefined ? [] : [{ name: parameter, bound: 'index' as const }];
    definitions.set(name, { name, ...(parameter === undefined ? {} : { parameter }), body: parseExpression(body, { ...bare, applied, definitions }, scope) });
  }
  const shortForms = new Map(Object.entries(source.shortForms ?? {}).map(([short, long]) => [short, asLaw(parseExpression(long, bare, everything))]));
  return { ...bare, applied, inverses, definitions, shortForms };
}

function boundAs(name: string, { valued }: Vocabulary): 'copies' | 'outcome' {
  return valued.get(name)?.upTo === undefined ? 'outcome' : 'copies';
}

function makingOf({ drawn, laws, paths }: MakingSource, read: (text: string, index?: string) => Expression): Making {
  const body = (law: string | { readonly index: string; readonly is: string }): LawBody => (typeof law === 'string' ? { body: read(law) } : { index: law.index, body: read(law.is, law.index) });
  return {
    drawn: (drawn ?? []).map((one): Drawn => ({ name: one.name, upTo: rangesOf(one), from: one.is === undefined ? (one.from ?? 'real') : read(one.is, INDEX) })),
    bodies: new Map(Object.entries(laws ?? {}).map(([law, is]) => [bodyKeyOf(law), body(is)])),
    paths: new Map(Object.entries(paths ?? {}).map(([variable, { noise, is }]) => [variable, { noise, body: read(is) }])),
  };
}

/** In a number that is worked out: its own index. */
export const INDEX = 'j';

function rangesOf({ upTo }: DrawnSource): readonly (string | number)[] {
  if (upTo === undefined) return [];
  return typeof upTo === 'string' ? [upTo] : upTo;
}

function overridden(made: Making, part: Making): Making {
  return {
    drawn: made.drawn.map((one) => part.drawn.find(({ name }) => name === one.name) ?? one),
    bodies: new Map([...made.bodies, ...part.bodies]),
    paths: new Map([...made.paths, ...part.paths]),
  };
}

function asLaw(expression: Expression): Law {
  if (expression.kind !== 'law') throw new TypeError('a short form stands for a law');
  return expression;
}
