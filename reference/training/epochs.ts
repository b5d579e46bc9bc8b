/**
 * Training by epochs: every image once an epoch, in random order, in batches of which the last may be smaller.
 * Goodfellow, Bengio and Courville 2016, Deep Learning, algorithm 8.7 (Adam) and section 8.1.3 (minibatches).
 */
import * as tf from '@tensorflow/tfjs';
import { celboLoss, elboLoss } from '../models/elbo-parts.ts';
import type { Vae } from '../models/interfaces.ts';
import type { Cvae } from '../models/reconstruction.ts';

export interface Epochs {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** Adds up the losses of the batches of an epoch: over its images, or over its batches. */
type Average = (batches: readonly { readonly loss: number; readonly images: number }[]) => number;

const overImages: Average = (batches) => sum(batches.map(({ loss, images }) => loss * images)) / sum(batches.map(({ images }) => images));
const overBatches: Average = (batches) => sum(batches.map(({ loss }) => loss)) / batches.length;

/** images [n, pixels] -> the average loss of each epoch [epochs]. Changes the weights of the model. */
export function trainVae(model: Vae, images: tf.Tensor, ...[epochs, batchSize, learningRate]: Settings): tf.Tensor {
  return train((rows) => elboLoss(model, tf.gather(images, rows)), images.shape[0] ?? 0, { epochs, batchSize, learningRate }, overImages);
}

/** images [n, pixels], labels [n, labels] one-hot -> the same. */
export function trainCvae(model: Cvae, images: tf.Tensor, labels: tf.Tensor, ...[epochs, batchSize, learningRate]: Settings): tf.Tensor {
  return train((rows) => celboLoss(model, tf.gather(images, rows), tf.gather(labels, rows)), images.shape[0] ?? 0, { epochs, batchSize, learningRate }, overImages);
}

/** Every batch counts alike, the smaller last one too: the handout leaves it open. */
export function trainVaeOverBatches(model: Vae, images: tf.Tensor, ...[epochs, batchSize, learningRate]: Settings): tf.Tensor {
  return train((rows) => elboLoss(model, tf.gather(images, rows)), images.shape[0] ?? 0, { epochs, batchSize, learningRate }, overBatches);
}

export function trainCvaeOverBatches(model: Cvae, images: tf.Tensor, labels: tf.Tensor, ...[epochs, batchSize, learningRate]: Settings): tf.Tensor {
  return train((rows) => celboLoss(model, tf.gather(images, rows), tf.gather(labels, rows)), images.shape[0] ?? 0, { epochs, batchSize, learningRate }, overBatches);
}

type Settings = readonly [epochs: number, batchSize: number, learningRate: number];

function train(lossOf: (rows: tf.Tensor1D) => tf.Tensor, count: number, { epochs, batchSize, learningRate }: Epochs, average: Average): tf.Tensor {
  const optimiser = tf.train.adam(learningRate);
  const losses = Array.from({ length: epochs }, () => {
    // A new order every epoch: else the same images would always share a batch.
    const order = [...tf.util.createShuffledIndices(count)];
    const starts = Array.from({ length: Math.ceil(count / batchSize) }, (_, batch) => batch * batchSize);
    return average(
      starts.map((start) => {
        const rows = order.slice(start, start + batchSize); // the last batch takes what is left
        const loss = optimiser.minimize(() => tf.tidy(() => lossOf(tf.tensor1d(rows, 'int32')).asScalar()), true);
        return { loss: loss?.dataSync()[0] ?? Number.NaN, images: rows.length };
      }),
    );
  });
  return tf.tensor1d(losses);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
