/** What the grader knows of a case: read from fixtures, used by compare, never sent to a child. */
import type { CaseSizes } from './fixture.ts';
import type { StreamLaw } from './messages.ts';
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
  /** What the recorded noise is drawn from; absent: standard normals. */
  readonly law?: StreamLaw;
  readonly accepted: readonly Accepted[];
  readonly tolerance: { readonly absolute: number; readonly relative: number };
  readonly sizes?: CaseSizes;
}

/** A mistake that is known by its numbers. Like an expectation it never leaves the grader's process. */
export interface KnownMistake {
  readonly id: string;
  readonly description: string;
  readonly feedback: string;
  readonly seenIn: 'values' | 'stability' | 'gradient';
  /** Ids of mistakes with the same numbers. */
  readonly twins: readonly string[];
  readonly answers: readonly MistakenAnswer[];
}

/** What a mistake returns when its noise is taken from the stream in one order. */
export interface MistakenAnswer {
  readonly layout: string;
  /** By case, then by component. */
  readonly values: ReadonlyMap<string, Tensors>;
  /** By case, component and module; a module that is not there gets no gradient. */
  readonly gradients: ReadonlyMap<string, ReadonlyMap<string, Tensors>>;
}

export type Tensors = ReadonlyMap<string, TensorData>;
