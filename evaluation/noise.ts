/** Standard normals by name: the same on every backend and at every evaluation, so they are drawn once and kept. */
import * as tf from '@tensorflow/tfjs';
import { type Random, randomFor } from '../data/random.ts';
import type { Noise } from './log-weights.ts';

const kept = new Map<string, { readonly random: Random; values: Float32Array }>();

/** A stream that begins anew, and goes on from call to call. */
export function normals(name: string): Noise {
  let position = 0;
  return ([rows, columns]) => {
    const end = position + rows * columns;
    const values = upTo(name, end).slice(position, end);
    position = end;
    return tf.tensor2d(values, [rows, columns]);
  };
}

function upTo(name: string, count: number): Float32Array {
  const stream = kept.get(name) ?? { random: randomFor('evaluation', name), values: new Float32Array(0) };
  kept.set(name, stream);
  if (stream.values.length < count) {
    const longer = new Float32Array(2 * count);
    longer.set(stream.values);
    for (let index = stream.values.length; index < longer.length; index += 1) longer[index] = stream.random.normal();
    stream.values = longer;
  }
  return stream.values;
}
