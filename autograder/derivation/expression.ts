/** What a student's formula is once read: plain data, with every bound variable named where it is bound. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** A number of the task (`D`, `x[d]`), an index bound by a sum, or nothing else: outcomes stand only inside laws. */
  | { readonly kind: 'name'; readonly name: string; readonly indices: readonly Expression[] }
  | { readonly kind: 'negate'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | Law
  | { readonly kind: 'expectation'; readonly under: readonly Law[]; readonly body: Expression }
  | { readonly kind: 'over-outcomes'; readonly places: readonly Place[]; readonly body: Expression }
  | { readonly kind: 'over-index'; readonly operator: 'sum' | 'prod' | 'argmax'; readonly index: string; readonly from: Expression; readonly to: Expression; readonly body: Expression }
  | { readonly kind: 'divergence'; readonly from: Law; readonly to: Law }
  | { readonly kind: 'entropy'; readonly of: Law }
  /** The value of a random variable that has been drawn or is given: the z[j] of z[j]^2. */
  | { readonly kind: 'outcome'; readonly place: Place }
  | { readonly kind: 'transpose'; readonly of: Expression }
  /** `D[phi]`, or `d[phi]` with every variable held that is itself a function of phi. By a vector, it is a vector. */
  | { readonly kind: 'derivative'; readonly isTotal: boolean; readonly by: Expression; readonly body: Expression }
  /** As a number of the task goes to 0. */
  | { readonly kind: 'limit'; readonly of: string; readonly body: Expression }
  /** A function of the task: f(x), with its arguments. */
  | { readonly kind: 'applied'; readonly applied: TaskFunction; readonly operands: readonly Expression[] }
  /** A name for a longer expression, such as ELBO; with its argument where it has one, as L[m] has. */
  | { readonly kind: 'defined'; readonly definition: Definition; readonly argument?: Expression };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^';

/** p(of | given) or q(of | given); q* is the best q. */
export interface Law {
  readonly kind: 'law';
  readonly law: 'p' | 'q' | 'q*';
  readonly of: readonly Place[];
  readonly given: readonly Place[];
}

/** One random variable inside a law: `z`, `z'`, the copy `z[i]`, or the copies `z[1..m]` (index to through). */
export interface Place {
  readonly name: string;
  /** The declared variable it takes its values from: z for z'. */
  readonly variable: string;
  readonly index?: Expression;
  readonly through?: Expression;
  /** The outcome that is meant: the k of q(z[n] = k). */
  readonly value?: Expression;
  /** Typed as the function it is of a noise, t(eps, phi): a partial derivative does not hold it. */
  readonly isPath?: boolean;
  /** Then: as it was typed. */
  readonly typed?: string;
}

/** A function that the task gives by a formula in its parameters. */
export interface TaskFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Expression;
}

export interface Definition {
  readonly name: string;
  readonly parameter?: string;
  readonly body: Expression;
  /** The student's own, by `let`. */
  readonly isLocal?: boolean;
}

/** `=+`: equal up to a constant; `=~`: up to a positive factor and a constant. Constant in what, the task says. */
export const relations = ['=', '>=', '<=', '=+', '=~', '!='] as const;
export type Relation = (typeof relations)[number];

/** Every expression directly inside another. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return expression.indices;
    case 'negate':
      return [expression.of];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.operands;
    case 'law':
      return [...expression.of, ...expression.given].flatMap(partsOfPlace);
    case 'expectation':
      return [...expression.under, expression.body];
    case 'over-outcomes':
      return [expression.body];
    case 'over-index':
      return [expression.from, expression.to, expression.body];
    case 'divergence':
      return [expression.from, expression.to];
    case 'entropy':
      return [expression.of];
    case 'outcome':
      return partsOfPlace(expression.place);
    case 'transpose':
      return [expression.of];
    case 'derivative':
      return [expression.by, expression.body];
    case 'limit':
      return [expression.body];
    case 'applied':
      return expression.operands;
    case 'defined':
      return [...(expression.argument === undefined ? [] : [expression.argument]), expression.definition.body];
  }
}

function partsOfPlace({ index, through, value }: Place): readonly Expression[] {
  return [index, through, value].filter((part) => part !== undefined);
}
