/** The picture that handouts ask for: 10 x 20 images drawn from a trained model, as one image of bytes. */
import * as tf from '@tensorflow/tfjs';
import type { ModelFamily } from '../contract/model-layout.ts';
import { modelLayouts } from '../contract/model-layout.ts';
import { randomFor } from '../data/random.ts';
import { buildModel, type Parameters } from './models.ts';

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

const ROWS = 10;
const COLUMNS = 20;

/** Of a model with labels every row is a class, and every column one z; of others each image has a z of its own. */
export function sampleGrid(family: ModelFamily, parameters: Parameters, seed: number): Picture {
  const { labels, pixels } = modelLayouts[family];
  const images = tf.tidy(() => {
    if (labels === 0) return tf.sigmoid(drawUnlabelled(family, parameters, seed));
    const z = tf.tile(normals(COLUMNS, modelLayouts[family].latents, seed), [ROWS, 1]);
    const y = tf.oneHot(tf.tensor1d(Array.from({ length: ROWS * COLUMNS }, (_, index) => Math.floor(index / COLUMNS)), 'int32'), labels);
    const decoded = buildModel[family === 'ssvae' ? 'ssvae' : 'fsvae'](parameters).decode(z, y);
    return family === 'ssvae' ? tf.sigmoid(decoded) : tf.clipByValue(decoded, 0, 1);
  });
  const values = images.dataSync();
  images.dispose();
  return tiled(values, pixels);
}

/** Logits of 200 images, z from the prior. */
function drawUnlabelled(family: ModelFamily, parameters: Parameters, seed: number): tf.Tensor {
  const z = normals(ROWS * COLUMNS, modelLayouts[family].latents, seed);
  if (family === 'kth-vae') return buildModel['kth-vae'](parameters).decode(z);
  if (family !== 'gmvae') return buildModel.vae(parameters).decode(z);
  const { prior, decode } = buildModel.gmvae(parameters);
  const random = randomFor('components', seed);
  const components = prior.means.shape[1] ?? 1;
  const chosen = tf.tensor1d(Array.from({ length: ROWS * COLUMNS }, () => random.integer(components)), 'int32');
  const ofComponent = (all: tf.Tensor): tf.Tensor => tf.gather(tf.squeeze(all, [0]), chosen);
  return decode(tf.add(ofComponent(prior.means), tf.mul(z, tf.sqrt(ofComponent(prior.variances)))));
}

export function normals(rows: number, columns: number, seed: number): tf.Tensor2D {
  const random = randomFor('samples', seed);
  return tf.tensor2d(Float32Array.from({ length: rows * columns }, random.normal), [rows, columns]);
}

/** 200 pictures, one after another, as one. */
export function tiled(values: ArrayLike<number>, pixels: number): Picture {
  const channels = pixels % 3 === 0 ? 3 : 1;
  const side = Math.sqrt(pixels / channels);
  const [width, height] = [COLUMNS * side, ROWS * side];
  const data = new Uint8Array(width * height * channels);
  for (let image = 0; image < ROWS * COLUMNS; image += 1) {
    const [left, top] = [(image % COLUMNS) * side, Math.floor(image / COLUMNS) * side];
    for (let pixel = 0; pixel < side * side; pixel += 1) {
      const at = ((top + Math.floor(pixel / side)) * width + left + (pixel % side)) * channels;
      for (let channel = 0; channel < channels; channel += 1) data[at + channel] = Math.round(255 * (values[image * pixels + pixel * channels + channel] ?? 0));
    }
  }
  return { width, height, channels, data };
}
