/** The numbers of a finished run: those of the handout, with the functions that were trained. */
import * as tf from '@tensorflow/tfjs';
import { type TrainingRun, trainingRuns } from '../../../contract/model-layout.ts';
import type { Measured } from '../../../contract/training-metrics.ts';
import type { LabelledImages } from '../../../data/labelled-images.ts';
import type { BinaryImages } from '../../../data/public-subset.ts';
import { continuous, oneHotLabels } from '../../../training/batches.ts';
import { accuracyOf, measure } from '../../../training/measure.ts';
import type { Parameters } from '../../../training/models.ts';
import type { Bounds } from '../../../training/objective.ts';

export interface Trained {
  readonly run: TrainingRun;
  readonly bounds: Bounds;
  readonly parameters: Parameters;
  /** Of the run, and so of the noise it is measured with. */
  readonly seed: number;
  readonly seedNoise: (seed: number) => void;
}

export function measureTrained({ run, seed, ...trained }: Trained, subset: BinaryImages | LabelledImages, test: LabelledImages): Measured {
  const { family } = trainingRuns[run];
  // Trained on labels alone there is nothing but a classifier, and the bound may not be written yet.
  if (run === 'ssvae-gw0') return { accuracy: accuracyOf(trained.parameters, test) };
  const measuring = { ...trained, family, noiseSeed: seed };
  if ('bits' in subset) {
    const x = tf.tensor2d(Float32Array.from(subset.bits), [subset.labels.length, subset.bits.length / subset.labels.length]);
    return measure(measuring, { x, ...(family === 'ssvae' ? { test } : {}) });
  }
  const all = [...subset.labels.keys()];
  return measure(measuring, { x: continuous(subset, all), y: oneHotLabels(subset, all) });
}
