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
  | { readonly kind: 'over-index'; readonly operator: 'sum' | 'prod'; readonly index: string; readonly from: Expression; readonly to: Expression; readonly body: Expression }
  | { readonly kind: 'divergence'; readonly from: Law; readonly to: Law }
  | { readonly kind: 'entropy'; readonly of: Law }
  /** A name for a longer expression, such as ELBO; with its argument where it has one, as L[m] has. */
  | { readonly kind: 'defined'; readonly definition: Definition; readonly argument?: Expression };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^';

/** p(of | given) or q(of | given). */
export interface Law {
  readonly kind: 'law';
  readonly law: 'p' | 'q';
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
}

export interface Definition {
  readonly name: string;
  readonly parameter?: string;
  readonly body: Expression;
  /** The student's own, by `let`. */
  readonly isLocal?: boolean;
}

export const relations = ['=', '>=', '<='] as const;
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
      return [...expression.of, ...expression.given].flatMap(({ index, through }) => [index, through].filter((part) => part !== undefined));
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
    case 'defined':
      return [...(expression.argument === undefined ? [] : [expression.argument]), expression.definition.body];
  }
}
