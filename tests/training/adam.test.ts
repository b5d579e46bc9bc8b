/** Adam by small operations against the same formulas in float64; the fused kernel is compared in tests/end-to-end/training.test.ts. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../contract/values.ts';
import { createAdam, freshState } from '../../training/adam.ts';

const float32 = (...values: readonly number[]): TensorData => ({ dtype: 'float32', shape: [values.length], values: Float32Array.from(values) });
const gradients = [[0.3, -2, 1e-4], [0.1, 5, 0], [-0.7, 0.5, 1e-4], [0.3, -2, 1e-3]] as const;

/** Kingma and Ba 2015, algorithm 1, as it is printed. */
function byTheBook(start: readonly number[], rate: number): readonly number[] {
  let [weights, m, v] = [start.map(Number), start.map(() => 0), start.map(() => 0)];
  for (const [index, gradient] of gradients.entries()) {
    const t = index + 1;
    m = m.map((value, at) => 0.9 * value + 0.1 * (gradient[at] ?? 0));
    v = v.map((value, at) => 0.999 * value + 0.001 * (gradient[at] ?? 0) ** 2);
    weights = weights.map((value, at) => value - (rate * ((m[at] ?? 0) / (1 - 0.9 ** t))) / (Math.sqrt((v[at] ?? 0) / (1 - 0.999 ** t)) + 1e-8));
  }
  return weights;
}

const apply = (adam: ReturnType<typeof createAdam>, steps: readonly (readonly number[])[]): void => {
  for (const gradient of steps) tf.tidy(() => adam.apply(new Map([['w', tf.tensor1d([...gradient])]])));
};
const weightsOf = (adam: ReturnType<typeof createAdam>): readonly number[] => [...(adam.state().weights.get('w')?.values ?? [])];

describe('Adam', () => {
  it('takes the steps of the paper', () => {
    const adam = createAdam(freshState(new Map([['w', float32(1, -1, 0)]])), 0.01);
    apply(adam, gradients);
    for (const [at, expected] of byTheBook([1, -1, 0], 0.01).entries()) expect(weightsOf(adam)[at]).toBeCloseTo(expected, 6);
  });

  it('goes on from its state as if it had never stopped', () => {
    const whole = createAdam(freshState(new Map([['w', float32(1, -1, 0)]])), 0.01);
    apply(whole, gradients);
    const first = createAdam(freshState(new Map([['w', float32(1, -1, 0)]])), 0.01);
    apply(first, gradients.slice(0, 2));
    const second = createAdam(first.state(), 0.01);
    apply(second, gradients.slice(2));
    expect(second.state()).toEqual(whole.state());
  });

  it('leaves alone what has no gradient, and keeps no tensor of a step', () => {
    const adam = createAdam(freshState(new Map([['w', float32(1, 2, 3)], ['other', float32(4)]])), 0.01);
    apply(adam, gradients.slice(0, 1));
    const before = tf.memory().numTensors;
    apply(adam, gradients.slice(1));
    expect(tf.memory().numTensors).toBe(before);
    expect([...(adam.state().weights.get('other')?.values ?? [])]).toEqual([4]);
  });
});
