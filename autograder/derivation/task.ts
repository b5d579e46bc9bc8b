/** What a derivation task is, as data: its language, its laws, what is to be shown, and what each part is worth. */
import type { Definition, Expression, Law, Relation } from './expression.ts';
import { parseExpression } from './parse.ts';
import { usualParameters, type Vocabulary } from './vocabulary.ts';
import type { Fact } from './model.ts';
import type { World } from './world.ts';

/** What a step may rest on, beside plain algebra and definitions. */
export type Ground = Fact | 'jensen' | 'gibbs';

export interface Claim {
  readonly left: Expression;
  readonly relation: Relation;
  readonly right: Expression;
  /** Its share of the task's points; the shares add up to 1. */
  readonly share: number;
  /** Where the student's own work starts, when the handout gives the first step. */
  readonly given?: Expression;
}

export interface DerivationTask {
  readonly id: string;
  readonly title: string;
  readonly vocabulary: Vocabulary;
  readonly world: World;
  /** Values of the numbers, one set a model in turn: m = 1, 2, 3. */
  readonly numbers: readonly ReadonlyMap<string, number>[];
  /** Numbers drawn anew in each model; those with a range have an index that runs up to it. */
  readonly drawn: readonly Drawn[];
  /** Laws given by a formula, by their text. */
  readonly bodies: ReadonlyMap<string, Expression>;
  readonly claims: readonly Claim[];
  /** Chains the handout prints. Steps inside one are given; a jump from one to another shows nothing. */
  readonly printed: readonly (readonly Expression[])[];
  /** Sets of facts that one step may use together; smaller sets are fine too. */
  readonly oneStep: readonly (readonly Ground[])[];
  /** Equations of earlier questions, which a step may use. */
  readonly known: readonly { readonly left: Expression; readonly right: Expression }[];
  /** Non-negative terms that may be dropped from a lower bound without being named. */
  readonly nonNegative: readonly Expression[];
  /** What a true chain with too large a step earns at most, of 1. */
  readonly leapShare: number;
}

export interface Drawn {
  readonly name: string;
  /** 0 or 1; between 0.02 and 0.98; any; between 0.1 and 4. */
  readonly from: 'bit' | 'share' | 'real' | 'positive';
  readonly upTo?: string;
}

/** As an author writes it; expressions are text of the language. */
export interface TaskSource {
  readonly id: string;
  readonly title: string;
  readonly world: World;
  readonly free: readonly string[];
  readonly numbers?: readonly Readonly<Record<string, number>>[];
  readonly drawn?: readonly Drawn[];
  /** Laws given by a formula: 'p(x|z)'. */
  readonly laws?: Readonly<Record<string, string>>;
  readonly definitions?: readonly { readonly name: string; readonly parameter?: string; readonly body: string }[];
  /** `q` and `q(z)` where they mean one thing only. */
  readonly shortForms?: Readonly<Record<string, string>>;
  readonly claims: readonly { readonly left: string; readonly relation: Relation; readonly right: string; readonly share: number; readonly given?: string }[];
  readonly printed: readonly (readonly string[])[];
  readonly oneStep?: readonly (readonly Ground[])[];
  readonly known?: readonly { readonly left: string; readonly right: string }[];
  readonly nonNegative?: readonly string[];
  readonly leapShare?: number;
}

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

export function makeTask(source: TaskSource): DerivationTask {
  const numbers = (source.numbers ?? [{}]).map((values) => new Map(Object.entries(values)));
  const variables = source.world.variables.map(({ name }) => name);
  const bare: Vocabulary = {
    variables,
    free: source.free,
    numbers: new Map([...[...(numbers[0]?.keys() ?? [])].map((name) => [name, 0] as const), ...(source.drawn ?? []).map(({ name, upTo }) => [name, upTo === undefined ? 0 : 1] as const)]),
    parameters: usualParameters,
    definitions: new Map(),
    shortForms: new Map(),
  };
  const definitions = new Map<string, Definition>();
  for (const { name, parameter, body } of source.definitions ?? []) {
    const scope = parameter === undefined ? [] : [{ name: parameter, bound: 'index' as const }];
    definitions.set(name, { name, ...(parameter === undefined ? {} : { parameter }), body: parseExpression(body, bare, scope) });
  }
  const everything = variables.map((name) => ({ name, bound: 'outcome' as const }));
  const shortForms = new Map(Object.entries(source.shortForms ?? {}).map(([short, long]) => [short, asLaw(parseExpression(long, bare, everything))]));
  const vocabulary: Vocabulary = { ...bare, definitions, shortForms };
  const read = (text: string): Expression => parseExpression(text, vocabulary);
  return {
    id: source.id,
    title: source.title,
    vocabulary,
    world: source.world,
    numbers,
    drawn: source.drawn ?? [],
    bodies: new Map(Object.entries(source.laws ?? {}).map(([law, body]) => [law, read(body)])),
    claims: source.claims.map(({ left, relation, right, share, given }) => ({ left: read(left), relation, right: read(right), share, ...(given === undefined ? {} : { given: read(given) }) })),
    printed: source.printed.map((chain) => chain.map(read)),
    oneStep: source.oneStep ?? USUAL_STEPS,
    known: (source.known ?? []).map(({ left, right }) => ({ left: read(left), right: read(right) })),
    nonNegative: (source.nonNegative ?? []).map(read),
    leapShare: source.leapShare ?? 0.4,
  };
}

function asLaw(expression: Expression): Law {
  if (expression.kind !== 'law') throw new TypeError('a short form stands for a law');
  return expression;
}
