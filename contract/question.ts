/** What a child is asked. There is no place here for an expected value, and that is the point. */
import type { StreamLaw, Through } from './messages.ts';
import type { TensorData } from './values.ts';

/** An argument with its tensors in memory. */
export type Argument =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'tensor'; readonly name: string; readonly tensor: TensorData; readonly constant?: true }
  | { readonly kind: 'record'; readonly entries: Readonly<Record<string, number | TensorData>> }
  | { readonly kind: 'model'; readonly model: Model };

export interface Model {
  readonly family: 'vae' | 'gmvae' | 'ssvae' | 'fsvae' | 'cvae';
  readonly networks: Readonly<Record<string, readonly Layer[]>>;
  readonly parameters: Readonly<Record<string, TensorData>>;
}

export interface Layer {
  readonly kernel: TensorData;
  readonly bias: TensorData;
  readonly activation: 'identity' | 'relu' | 'elu';
}

/** One call of one function, or one training with it: all that a child ever learns of a case. */
export interface Question {
  readonly module: string;
  readonly function: string;
  /** A given function that is called in its place, with it as the first argument. */
  readonly through?: Through;
  readonly arguments: readonly Argument[];
  readonly noise: { readonly stream?: TensorData; readonly law?: StreamLaw; readonly seed: number };
  readonly gradients: readonly { readonly component: string; readonly position?: number; readonly weights?: TensorData }[];
  /** Present: the function is trained with, not called once. */
  readonly training?: Training;
}

/** A short training by the grader's loop, around a component of what the function returns. */
export interface Training {
  readonly component: string;
  readonly position?: number;
  /** int32 [steps, batch]: the rows that a step sees of every tensor argument. */
  readonly rows: TensorData;
  /** Of Adam. */
  readonly learningRate: number;
}
