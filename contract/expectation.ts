/** What the grader knows of a case: read from fixtures, used by compare, never sent to a child. */
import type { TensorData } from './values.ts';

/** One right answer of a case, with its tensors in memory. */
export interface Accepted {
  readonly layout: string;
  readonly draws: number;
  readonly values: ReadonlyMap<string, TensorData>;
  readonly gradients: ReadonlyMap<string, ReadonlyMap<string, TensorData>>;
}

export interface Expectation {
  readonly case: string;
  readonly title: string;
  readonly visibility: 'basic' | 'hidden';
  readonly checks: readonly string[];
  readonly accepted: readonly Accepted[];
  readonly tolerance: { readonly absolute: number; readonly relative: number };
}
