/**
 * What the grader asks of the program that measures trained models (evaluation/), and what it answers. Both are
 * ours, and no student's code is between them: weights come as tensors whose names, shapes and numbers were checked.
 */
import type { TrainingRun } from './model-layout.ts';
import type { Quantity } from './task.ts';
import type { DataSetId } from './training-metrics.ts';
import type { TensorData } from './values.ts';

/** Test images that students have not seen: drawn, or chosen, by this seed. */
export interface HiddenSubset {
  readonly seed: string;
  /** How many bounds are measured on, and how many are classified. */
  readonly images: number;
  readonly classified: number;
}

export interface EvaluationRequest {
  readonly run: TrainingRun;
  readonly dataSet: DataSetId;
  /** By their names in the checkpoint. */
  readonly tensors: ReadonlyMap<string, TensorData>;
  /** Absent: only the public subset is measured. */
  readonly hidden?: HiddenSubset;
  /** The pictures of a grid that was handed in, one after another, 0 to 255, to be held against the model's own. */
  readonly pictures?: Uint8Array;
  /** The same for a grid of images beside their reconstructions. */
  readonly pairs?: Uint8Array;
  /** The seed that the grid is said to be drawn with. */
  readonly seed?: number;
}

/** A measured average over images. */
export interface Estimate {
  readonly value: number;
  /** Standard error that the noise leaves in `value`. */
  readonly error: number;
  /** Standard deviation, over the noise, of a number that was measured once, as a student's program does. */
  readonly once: number;
}

/** A quantity that the model does not have is absent; one that is not finite is no number. */
export type Estimates = Readonly<Partial<Record<Quantity, Estimate>>>;

export interface PicturesEvaluated {
  /** What the model draws, one after another, 0 to 255: as many as there are in a grid. */
  readonly drawn: Uint8Array;
  /** How far the given pictures are from these, pixel by pixel on average; null where none were given. */
  readonly difference: number | null;
  /** Negative ELBO, in nats an image, of the pictures that were given and of the model's own. */
  readonly nelbo: { readonly given: number; readonly own: number } | null;
  /** The class of each given picture as our own classifier sees it; null where it knows no such images. */
  readonly classes: readonly number[] | null;
}

export interface PairsEvaluated {
  /** Images beside what the model makes of them, one after another, 0 to 255: those that were given, or the public ones. */
  readonly drawn: Uint8Array;
  /** How far the given reconstructions are from the model's own, and those from others of its own, pixel by pixel on average. */
  readonly difference: { readonly given: number; readonly own: number } | null;
}

export type Evaluation =
  | {
      readonly kind: 'evaluated';
      readonly public: Estimates;
      readonly hidden: Estimates | null;
      /** What the checkpoint of a right run measures on the same images; null where none is kept for this data set. */
      readonly reference: { readonly public: Estimates; readonly hidden: Estimates } | null;
      readonly pictures: PicturesEvaluated | null;
      /** Only of the model whose reconstructions a homework asks for. */
      readonly pairs?: PairsEvaluated;
    }
  /** The images are not here; the sentence says what to do. */
  | { readonly kind: 'no-data'; readonly reason: string };
