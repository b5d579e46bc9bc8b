/** Which images a step sees, and as which bits: a function of seed and step, so that nothing but their numbers needs saving. */
import * as tf from '@tensorflow/tfjs';
import { imageAt, imageSize, type LabelledImages } from '../data/labelled-images.ts';
import { pick, roundedBits } from '../data/public-subset.ts';
import { randomFor } from '../data/random.ts';

export interface Batches {
  /** The images of a step, counted from 0. Every image comes once an epoch, in an order of its own. */
  readonly indicesOf: (step: number) => readonly number[];
}

export function createBatches(images: number, size: number, seed: number): Batches {
  if (size > images) throw new RangeError(`a batch of ${size} needs as many images; there are ${images}`);
  const stepsPerEpoch = stepsOfEpoch(images, size);
  let epoch = -1;
  let order: Uint32Array = new Uint32Array();
  return {
    indicesOf: (step) => {
      const wanted = Math.floor(step / stepsPerEpoch);
      if (wanted !== epoch) order = shuffled(images, seed, wanted);
      epoch = wanted;
      const first = (step % stepsPerEpoch) * size;
      return [...order.subarray(first, first + size)];
    },
  };
}

/** What is left of the images when all batches are whole is not seen in that epoch. */
export function stepsOfEpoch(images: number, size: number): number {
  return Math.floor(images / size);
}

/** Each pixel 1 with the probability of its brightness, drawn anew in every step: [batch, pixels] */
export function binarised(images: LabelledImages, indices: readonly number[], seed: number): tf.Tensor2D {
  const size = imageSize(images);
  const values = new Float32Array(indices.length * size);
  const uniform = fastUniform(seed);
  let at = 0;
  // Plain loops: iterators over 78,400 pixels would take milliseconds of every step.
  for (const index of indices) {
    const image = imageAt(images, index);
    for (let pixel = 0; pixel < size; pixel += 1, at += 1) {
      const brightness = image[pixel] ?? 0;
      if (brightness > 0 && uniform() * 255 < brightness) values[at] = 1;
    }
  }
  return tf.tensor2d(values, [indices.length, size]);
}

/** Each pixel 1 where it is nearer to 1 than to 0: [batch, pixels] */
export function rounded(images: LabelledImages, indices: readonly number[]): tf.Tensor2D {
  return tf.tensor2d(Float32Array.from(roundedBits(pick(images, indices)).bits), [indices.length, imageSize(images)]);
}

/** Pixels in [0, 1]: [batch, pixels] */
export function continuous(images: LabelledImages, indices: readonly number[]): tf.Tensor2D {
  const size = imageSize(images);
  const values = new Float32Array(indices.length * size);
  for (const [at, index] of indices.entries()) values.set(imageAt(images, index), at * size);
  for (let pixel = 0; pixel < values.length; pixel += 1) values[pixel] = (values[pixel] ?? 0) / 255;
  return tf.tensor2d(values, [indices.length, size]);
}

/** One-hot rows: [batch, 10] */
export function oneHotLabels({ labels }: LabelledImages, indices: readonly number[]): tf.Tensor2D {
  const values = new Float32Array(indices.length * 10);
  for (const [at, index] of indices.entries()) values[at * 10 + (labels[index] ?? 0)] = 1;
  return tf.tensor2d(values, [indices.length, 10]);
}

/** A seed for one purpose of one step. */
export function stepSeed(seed: number, step: number, purpose: number): number {
  let mixed = Math.imul(seed ^ 0x85ebca6b, 0xc2b2ae35) ^ Math.imul(step + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x27d4eb2f);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Fisher and Yates. */
function shuffled(count: number, seed: number, epoch: number): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const random = randomFor('epoch', seed, epoch);
  for (let left = count - 1; left > 0; left -= 1) {
    const other = random.integer(left + 1);
    const value = order[left] ?? 0;
    order[left] = order[other] ?? 0;
    order[other] = value;
  }
  return order;
}

/** Steele, Lea and Flood's SplitMix in 32 bits (known as mulberry32): 80,000 draws a step must cost next to nothing. */
function fastUniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
