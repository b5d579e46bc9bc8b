/** Images and what an encoder and decoder make of them, side by side: the picture that kth-1b asks for. */
import * as tf from '@tensorflow/tfjs';
import { buildModel, type Parameters } from './models.ts';
import { normals, type Picture, tiled } from './sample-grid.ts';

/** The pixels' probabilities behind one sample of q(z|x) for each image: x [images, pixels], 0 or 1 -> bytes, image by image */
export function reconstructions(parameters: Parameters, x: tf.Tensor2D, seed: number): Uint8Array {
  const theta = tf.tidy(() => {
    const { encode, decode } = buildModel['kth-vae'](parameters);
    const { mean, variance } = encode(x);
    const [images = 0, latents = 0] = mean.shape;
    return tf.sigmoid(decode(tf.add(mean, tf.mul(tf.sqrt(variance), normals(images, latents, seed)))));
  });
  const bytes = Uint8Array.from(theta.dataSync(), (value) => Math.round(255 * value));
  theta.dispose();
  return bytes;
}

/** Ten rows of ten pairs, an image on the left and its reconstruction on the right: 0 to 255, picture after picture. */
export function inPairs(originals: Uint8Array, reconstructed: Uint8Array, pixels: number): Uint8Array {
  const pairs = new Uint8Array(2 * originals.length);
  for (let at = 0; at < originals.length; at += pixels) {
    pairs.set(originals.subarray(at, at + pixels), 2 * at);
    pairs.set(reconstructed.subarray(at, at + pixels), 2 * at + pixels);
  }
  return pairs;
}

/** @param bits a hundred images, 0 or 1, one after another. */
export function reconstructionGrid(parameters: Parameters, bits: Uint8Array, pixels: number, seed: number): Picture {
  const x = tf.tensor2d(Float32Array.from(bits), [bits.length / pixels, pixels]);
  const pairs = inPairs(bits.map((bit) => 255 * bit), reconstructions(parameters, x, seed), pixels);
  x.dispose();
  return tiled(Float32Array.from(pairs, (value) => value / 255), pixels);
}
