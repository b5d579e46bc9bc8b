/** What a training process is told, and what it tells. */
import type { SourceFile } from '../../contract/messages.ts';
import type { TrainingRun } from '../../contract/model-layout.ts';
import type { RunMetrics } from '../../contract/training-metrics.ts';
import type { StepPart } from '../../training/train.ts';

export interface TrainingJob {
  readonly run: TrainingRun;
  /** The code to train: modules that were made loadable, and which of them has the bounds. */
  readonly code: { readonly files: readonly SourceFile[]; readonly originals: readonly SourceFile[]; readonly module: string };
  readonly loss: 'own' | 'reference';
  readonly plan: {
    readonly iterations: number;
    readonly batch: number;
    readonly learningRate: number;
    readonly gw: number;
    readonly seed: number;
  };
  readonly backend: 'native' | 'wasm';
  readonly threads: number;
  /** A folder with real data, or none for the drawn sets, which are kept in `cache`. */
  readonly data: { readonly folder?: string; readonly cache: string };
  /** The folder that gets checkpoints/, metrics.json and the grid of samples. */
  readonly out: string;
  /** Begin again where an unfinished run lies. */
  readonly fresh: boolean;
}

export type TrainingEvent =
  | { readonly kind: 'waiting'; readonly what: string }
  /** After the first twenty steps were measured. */
  | { readonly kind: 'measured'; readonly step: number; readonly secondsPerStep: number }
  | { readonly kind: 'resumed'; readonly step: number }
  /** `loss` is the average since the last such event. */
  | { readonly kind: 'progress'; readonly step: number; readonly loss: number }
  /** An epoch is over; `loss` is its average in nats an image, and `steps` how many it had. */
  | { readonly kind: 'epoch'; readonly epoch: number; readonly loss: number; readonly steps: number }
  | { readonly kind: 'unreached'; readonly networks: readonly string[] }
  | { readonly kind: 'printed'; readonly text: string }
  | { readonly kind: 'evaluating' }
  | { readonly kind: 'timed'; readonly steps: readonly StepTime[] }
  | TrainingEnding;

export type TrainingEnding =
  | { readonly kind: 'done'; readonly metrics: RunMetrics; readonly files: readonly string[] }
  /** Ctrl-C: everything is saved. */
  | { readonly kind: 'stopped'; readonly step: number }
  /** For a reason of whoever started it, or wrote the code. */
  | { readonly kind: 'refused'; readonly reason: string };

/** How long single steps took, for benchmarks: nothing is kept of what they learned. */
export interface StepTime {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly parts: Readonly<Record<StepPart, number>>;
}

export type TrainingOrder =
  | { readonly kind: 'start'; readonly job: TrainingJob }
  | { readonly kind: 'stop' }
  /** Answered by one event `timed`. */
  | { readonly kind: 'time'; readonly job: TrainingJob; readonly steps: number };
