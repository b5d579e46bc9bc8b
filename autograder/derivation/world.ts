/** What a task says of its laws, before any numbers: variables with sizes and how the joints factorise. */

export interface World {
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
