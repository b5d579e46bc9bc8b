/** The handout's numbers of a trained model. The noise is seeded and the same on every backend, so that they can be measured again. */
import * as tf from '@tensorflow/tfjs';
import type { ModelFamily } from '../contract/model-layout.ts';
import { IWAE_SAMPLES, type Measured } from '../contract/training-metrics.ts';
import { type LabelledImages } from '../data/labelled-images.ts';
import { binarised, stepSeed } from './batches.ts';
import { buildModel, type Parameters } from './models.ts';
import { type Bounds, component, imagesInLoss } from './objective.ts';

/** What a model is measured on. */
export interface MeasuringData {
  /** The public subset: [images, pixels], and for a fully supervised model the labels as one-hot rows. */
  readonly x: tf.Tensor2D;
  readonly y?: tf.Tensor2D;
  /** For the accuracy of a classifier. */
  readonly test?: LabelledImages;
}

export interface Measuring {
  readonly family: ModelFamily;
  readonly bounds: Bounds;
  readonly parameters: Parameters;
  readonly noiseSeed: number;
  /** Seeds every generator that a bound may draw from, before each call. */
  readonly seedNoise: (seed: number) => void;
}

/** One evaluation of the ELBO on a hundred images has a standard deviation of 0.35 nats. */
const ELBO_REPEATS = 100;

/** The starter code repeats IWAE bounds so often that each m takes about this many samples. */
const IWAE_DRAWS = 100;

/** Samples at a time: a mixture of 500 components in 10 dimensions takes 20 KB for each, several times over. */
const SLICE_ROWS = 2_000;

/** The binarisation of the test images on which accuracy is measured. */
const TEST_BITS = 236;

export function measure(measuring: Measuring, data: MeasuringData): Measured {
  const elbo = measureElbo(measuring, data);
  return {
    noiseSeed: measuring.noiseSeed,
    ...elbo,
    ...(hasIwae(measuring) ? { iwae: measureIwae(measuring, data) } : {}),
    ...(data.test === undefined ? {} : { accuracy: accuracyOf(measuring.parameters, data.test) }),
  };
}

function hasIwae({ family, bounds }: Measuring): boolean {
  return (family === 'vae' || family === 'gmvae') && bounds.negativeIwaeBound !== undefined;
}

/** What a bound returns, where it is not nelbo, kl and rec. */
const NAMES: Readonly<Partial<Record<ModelFamily, readonly ('nelbo' | 'klZ' | 'klY' | 'rec')[]>>> = {
  ssvae: ['nelbo', 'klZ', 'klY', 'rec'],
  'kth-vae': ['nelbo'],
};

function measureElbo({ family, bounds, parameters, noiseSeed, seedNoise }: Measuring, { x, y }: MeasuringData): Measured {
  const names = NAMES[family] ?? (['nelbo', 'kl', 'rec'] as const);
  const images = imagesInLoss(family, x.shape[0]);
  const sums = new Map<string, number>();
  // The sum over ten labels makes an SSVAE's bound ten times as dear, and its noise small.
  const repeats = family === 'ssvae' ? ELBO_REPEATS / 10 : ELBO_REPEATS;
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    seedNoise(stepSeed(noiseSeed, repeat, 3));
    tf.tidy(() => {
      const model = buildModel[family](parameters);
      const returned = y === undefined ? bounds.negativeElboBound(model, x) : bounds.negativeElboBound(model, x, y);
      for (const name of names) sums.set(name, (sums.get(name) ?? 0) + numberOf(component(returned, name, 'negativeElboBound')) / images / repeats);
    });
  }
  const measured = Object.fromEntries(sums) as Measured;
  return family === 'ssvae' ? { ...measured, kl: (measured.klZ ?? 0) + (measured.klY ?? 0) } : measured;
}

function measureIwae({ family, bounds, parameters, noiseSeed, seedNoise }: Measuring, { x }: MeasuringData): NonNullable<Measured['iwae']> {
  const { negativeIwaeBound } = bounds;
  if (negativeIwaeBound === undefined) return {};
  const [images = 0] = x.shape;
  return Object.fromEntries(
    IWAE_SAMPLES.map((samples) => {
      const repeats = Math.max(1, Math.floor(IWAE_DRAWS / samples));
      const slice = Math.max(1, Math.min(images, Math.floor(SLICE_ROWS / samples)));
      let sum = 0;
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        for (let first = 0; first < images; first += slice) {
          const count = Math.min(slice, images - first);
          seedNoise(stepSeed(noiseSeed, repeat * images + first, 4 + samples));
          sum += tf.tidy(() => {
            const returned = negativeIwaeBound(buildModel[family](parameters), x.slice([first, 0], [count, -1]), samples);
            return numberOf(component(returned, 'niwae', 'negativeIwaeBound')) * count;
          });
        }
      }
      return [String(samples), sum / (repeats * images)];
    }),
  );
}

/** Part of the images whose class the classifier names; binarised once, and the same for everyone. */
export function accuracyOf(parameters: Parameters, test: LabelledImages): number {
  const count = test.labels.length;
  let right = 0;
  for (let first = 0; first < count; first += 1000) {
    const indices = Array.from({ length: Math.min(1000, count - first) }, (_, offset) => first + offset);
    tf.tidy(() => {
      const guesses = tf.argMax(buildModel.ssvae(parameters).classify(binarised(test, indices, stepSeed(TEST_BITS, first, 5))), 1).dataSync();
      right += indices.filter((index, at) => guesses[at] === test.labels[index]).length;
    });
  }
  return right / count;
}

function numberOf(scalar: tf.Scalar): number {
  return scalar.dataSync()[0] ?? Number.NaN;
}
