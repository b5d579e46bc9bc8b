/**
 * Stands in for tfjs-core's `ops/random_normal.js` when the training process is bundled (scripts/bundle.mjs):
 * the library makes its normals one by one in JavaScript, 7 ms for a matrix of 784 x 300.
 */
import { randomNormal as libraryNormal } from '@tensorflow/tfjs-core/dist/ops/random_normal.js';
import * as tf from '@tensorflow/tfjs';
import { drawNormals } from '../../../training/noise.ts';

type Arguments = Parameters<typeof libraryNormal>;

export function randomNormal(shape: Arguments[0], mean: Arguments[1] = 0, deviation: Arguments[2] = 1, dtype?: Arguments[3], seed?: Arguments[4]): tf.Tensor {
  // A seeded draw repeats itself, whatever the step; integers are rounded by the library.
  const drawn = seed === undefined && (dtype === undefined || dtype === 'float32') ? drawNormals(shape) : null;
  if (drawn === null) return libraryNormal(shape, mean, deviation, dtype, seed);
  if (mean === 0 && deviation === 1) return drawn;
  return tf.tidy(() => tf.add(tf.mul(drawn, deviation), mean));
}
