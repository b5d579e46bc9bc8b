/** What a compiled expression runs in: a model, outcomes by name, an arithmetic. */
import type { Arithmetic } from './arithmetic.ts';
import type { Expression } from './expression.ts';
import { plainNumbers, type Scene } from './outcomes.ts';

export interface Setting<V> extends Scene {
  readonly arithmetic: Arithmetic<V>;
  /** Laws that the task gives by a formula: p(x|z), or p(x[n]|z[n]) with its index. */
  readonly bodies?: ReadonlyMap<string, LawBody>;
  /** Variables that are functions of a noise: x = mu + s * eps. */
  readonly paths?: ReadonlyMap<string, Path>;
  /** The arguments of the function whose body is valued. */
  readonly operands?: ReadonlyMap<string, V>;
  /** What the derivative is taken by, by its key: `phi[2]`. */
  readonly seed?: string;
  /** Within a partial derivative: a variable that is a function of what it is taken by, as a constant. */
  readonly held?: (value: Run) => V;
  /** Laws by formulas that have been valued here already, by formula and outcomes. */
  readonly knownLaws?: Map<LawBody, Map<string, V>>;
}

export interface LawBody {
  readonly index?: string;
  readonly body: Expression;
}

export interface Path {
  readonly noise: string;
  readonly body: Expression;
}

/** An expression made ready: names are looked up once, and what is left is done at every visit. */
export type Run = <V>(setting: Setting<V>) => V;
export type Whole = <V>(setting: Setting<V>) => number;
/** evaluate.ts hands itself over, so that no file imports in a circle. */
export type Compile = (expression: Expression) => Run;

/** The same place in plain numbers, for indices and for what is looked up by its value. */
export function plain<V>({ model, environment, budget, bodies, paths }: Setting<V>): Setting<number> {
  return { model, environment, budget, arithmetic: plainNumbers, ...(bodies === undefined ? {} : { bodies }), ...(paths === undefined ? {} : { paths }) };
}
