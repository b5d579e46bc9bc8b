/** What a derivation task is, as data: its language, its laws, what is to be shown, and what each part is worth. */
import type { LawBody, Path } from './evaluate.ts';
import type { Expression, Relation } from './expression.ts';
import type { Fact } from './model.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { World } from './world.ts';

/** What a step may rest on, beside plain algebra and definitions. */
export type Ground = Fact | 'jensen' | 'gibbs' | 'gap' | 'bound';

export interface Claim {
  readonly left: Expression;
  readonly relation: Relation;
  readonly right: Expression;
  /** Its share of the task's points; the shares of claims and answers add up to 1. */
  readonly share: number;
  /** Where the student's own work starts, when the handout gives the first step. */
  readonly given?: Expression;
  /** Other pairs of ends that show as much: another start, another form of the end. */
  readonly also: readonly { readonly left: Expression; readonly right: Expression }[];
}

/** A formula that is asked for: what is typed last, or after one of the names. */
export interface Answer {
  /** A formula without a name is read as the first. */
  readonly forms: readonly AnswerForm[];
  readonly share: number;
}

export interface AnswerForm {
  readonly names: readonly string[];
  readonly accepts: readonly Expression[];
}

/** A formula that only a person can judge, and why. */
export interface ForPerson {
  readonly form: Expression;
  readonly why: string;
}

export interface DerivationTask {
  readonly id: string;
  readonly title: string;
  readonly vocabulary: Vocabulary;
  readonly world: World;
  /** Values of the numbers, one set a model in turn: m = 1, 2, 3. */
  readonly numbers: readonly ReadonlyMap<string, number>[];
  readonly extents: ReadonlyMap<string, readonly (string | number)[]>;
  /** The facts broken in turn to find out what a step uses. */
  readonly facts: readonly Fact[];
  /** What the models are made of, and with one fact broken by the task itself. */
  readonly made: Making;
  readonly without: ReadonlyMap<Fact, Making>;
  /** Names whose values differ between the points of one group, where lines may be equal up to a constant. */
  readonly varying: readonly string[];
  readonly claims: readonly Claim[];
  readonly answers: readonly Answer[];
  readonly forPerson: readonly ForPerson[];
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
  /** Why a person reads what is true and yet not what was looked for. */
  readonly elsePerson: string | undefined;
  /** What the machine accepts without checking it, said with every result. */
  readonly granted: string | undefined;
  /** An end that shows more than was asked, and what is said of it. */
  readonly praise: { readonly ends: readonly Expression[]; readonly words: string } | undefined;
}

/** Numbers drawn anew in each model, laws given by a formula, variables that are functions of a noise. */
export interface Making {
  readonly drawn: readonly Drawn[];
  readonly bodies: ReadonlyMap<string, LawBody>;
  readonly paths: ReadonlyMap<string, Path>;
}

export interface Drawn {
  readonly name: string;
  /** How far its indices run. */
  readonly upTo: readonly (string | number)[];
  readonly from: DrawnFrom | Expression;
}

/**
 * bit: 0 or 1. share: between 0.02 and 0.98. real: any. positive: between 0.1 and 4. shape: between 2 and 6.
 * mixture: positive, adding up to 1 over the last index. ball: a vector no longer than 1, and often just as long.
 * wide: a vector of any length, almost 0 now and then. long: a vector of length 3.
 */
export type DrawnFrom = 'bit' | 'share' | 'real' | 'positive' | 'shape' | 'mixture' | 'ball' | 'wide' | 'long';

/** As an author writes it; expressions are text of the language. */
export interface TaskSource {
  readonly id: string;
  readonly title: string;
  readonly world: World;
  readonly free: readonly string[];
  readonly numbers?: readonly Readonly<Record<string, number>>[];
  readonly drawn?: readonly DrawnSource[];
  /** Laws given by a formula: 'p(x|z)', with an index where it is the law of one copy. */
  readonly laws?: Readonly<Record<string, LawSource>>;
  /** Variables as functions of a noise: { z: { noise: 'eps', name: 't', is: 'phi[1] + exp(phi[2]) * eps' } }. */
  readonly paths?: Readonly<Record<string, { readonly noise: string; readonly name?: string; readonly is: string }>>;
  readonly definitions?: readonly { readonly name: string; readonly parameter?: string; readonly body: string }[];
  readonly functions?: readonly { readonly name: string; readonly parameters: readonly string[]; readonly body: string; readonly inverse?: string }[];
  /** `q` and `q(z)` where they mean one thing only. */
  readonly shortForms?: Readonly<Record<string, string>>;
  /** Parameters beside the usual ones that may stand behind the bar. */
  readonly parameters?: readonly string[];
  readonly hasVectors?: boolean;
  readonly facts?: readonly Fact[];
  readonly without?: Readonly<Partial<Record<Fact, MakingSource>>>;
  readonly constantIn?: readonly string[];
  readonly varying?: readonly string[];
  readonly claims?: readonly ClaimSource[];
  readonly answers?: readonly { readonly forms: readonly { readonly names: readonly string[]; readonly accepts: readonly string[] }[]; readonly share: number }[];
  readonly forPerson?: readonly { readonly form: string; readonly why: string }[];
  readonly printed: readonly (readonly string[])[];
  readonly oneStep?: readonly (readonly Ground[])[];
  readonly known?: readonly { readonly left: string; readonly right: string }[];
  readonly nonNegative?: readonly string[];
  readonly leapShare?: number;
  /** Numbers that may also be the index of a sum: n of Z[n]. */
  readonly indices?: readonly string[];
  /** What q draws where the task asks for the best q: all of it is meant by q(-z). */
  readonly latent?: readonly string[];
  readonly elsePerson?: string;
  readonly granted?: string;
  /** Ends that show more than was asked, and what is said of them. */
  readonly praise?: { readonly ends: readonly string[]; readonly words: string };
}

export type LawSource = string | { readonly index: string; readonly is: string };

export interface DrawnSource {
  readonly name: string;
  readonly upTo?: string | readonly (string | number)[];
  readonly from?: DrawnFrom;
  /** Worked out from the others instead. */
  readonly is?: string;
}

export type MakingSource = Pick<TaskSource, 'drawn' | 'laws' | 'paths'>;

export interface ClaimSource {
  readonly left: string;
  readonly relation: Relation;
  readonly right: string;
  readonly share: number;
  readonly given?: string;
  readonly also?: readonly { readonly left?: string; readonly right?: string }[];
}
