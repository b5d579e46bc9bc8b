/** What a task says of its random variables, before any numbers. */

/** Laws as random tables: variables with sizes, and how the joints factorise. */
export interface TableWorld {
  readonly kind: 'tables';
  readonly variables: readonly { readonly name: string; readonly size: number; readonly continuous: boolean }[];
  /** p as a product: [{ of: 'y' }, { of: 'z' }, { of: 'x', given: ['y', 'z'] }]. */
  readonly p: readonly Factor[];
  /** q is one law, and its copies are independent draws. */
  readonly q: Factor;
}

export interface Factor {
  readonly of: readonly string[];
  readonly given: readonly string[];
}

/** Variables that are numbers or vectors, with laws by formulas or by masses at points. */
export interface ValuedWorld {
  readonly kind: 'valued';
  readonly variables: readonly ValuedVariable[];
}

export interface ValuedVariable {
  readonly name: string;
  /** Z[1], ..., Z[N]: each with a law of its own. */
  readonly upTo?: string;
  readonly values: ValueSource;
}

export type ValueSource =
  /** 1 to size, by a formula or with random masses; with random volumes where it stands for a continuous variable. */
  | { readonly kind: 'labels'; readonly size: string | number; readonly volumes?: boolean }
  /** So many random points with random masses, and as many more to look at as are wanted; vectors of `dim` items. */
  | { readonly kind: 'points'; readonly size: number; readonly from: 'real' | 'positive' | 'count'; readonly dim?: number }
  /** Weighted points of a law, which make expectations under it exact. */
  | { readonly kind: 'quadrature'; readonly p?: Nodes; readonly q?: Nodes }
  /** Never by itself, only in laws that have a formula. */
  | { readonly kind: 'none' }
  /** A function of a noise: X = mu + s * eps. An expectation over X is one over the noise. */
  | { readonly kind: 'path'; readonly noise: string };

/** Parameters are numbers, or names of numbers that have the variable's index. */
export type Nodes =
  | { readonly law: 'normal'; readonly mean: string | number; readonly variance: string | number; readonly count?: number; readonly dim?: number }
  | { readonly law: 'gamma'; readonly shape: string; readonly rate: string; readonly count: number };

export type World = TableWorld | ValuedWorld;
