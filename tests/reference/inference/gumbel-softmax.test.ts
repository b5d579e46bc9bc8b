/** Draws of other laws against their distribution functions, by the integral over the noise. */
import * as tf from '@tensorflow/tfjs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { categoricalSample, gumbelSoftmaxSample, largestOfEachRow, oneHotOfEachRow } from '../../../reference/inference/gumbel-softmax.ts';
import { exponentialSample, inverseExponential } from '../../../reference/maths/exponential.ts';
import { range } from '../../oracles/arrays.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';

let uniforms: readonly number[] = [];
vi.mock('@tensorflow/tfjs', async (original) => {
  const library = await original<typeof tf>();
  return { ...library, randomUniform: (shape: number[]) => library.tensor(uniforms.slice(0, shape.reduce((product, size) => product * size, 1)), shape) };
});

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const random = seededNumbers(11);
const a = [0.1, 0.2, 0.5, 0.2];

describe('exponential draws', () => {
  const lambda = 2.3;

  it('are the inverse of F at uniform noise', () => {
    const y = range(50).map((index) => (index + 0.5) / 50);
    const x = numbers(inverseExponential(tf.scalar(lambda), tf.tensor1d(y)));
    expect(worstError(x.map((value) => 1 - Math.exp(-lambda * value)), y)).toBeLessThan(1e-6);
    uniforms = y;
    expect(numbers(exponentialSample(tf.scalar(lambda), 50))).toEqual(x);
  });

  it('have the mean and the variance of the law, by the integral over the noise', () => {
    // Midpoints of 20,000 stretches: the last, where the logarithm grows, holds 5e-5 of the mean.
    const x = numbers(inverseExponential(tf.scalar(lambda), tf.tensor1d(range(20_000).map((index) => (index + 0.5) / 20_000))));
    const moment = (power: number): number => x.reduce((sum, value) => sum + value ** power, 0) / x.length;
    expect(moment(1)).toBeCloseTo(1 / lambda, 3);
    expect(moment(2) - moment(1) ** 2).toBeCloseTo(1 / lambda ** 2, 3);
  });

  it('pass a gradient to lambda: dx / d lambda = -x / lambda', () => {
    uniforms = [0.2, 0.7];
    const slopes = numbers(tf.grad((l) => exponentialSample(l, 2))(tf.scalar(lambda)));
    const x = numbers(exponentialSample(tf.scalar(lambda), 2));
    expect(worstError(slopes, [-(x[0] ?? 0) / lambda - (x[1] ?? 0) / lambda])).toBeLessThan(1e-5);
  });
});

describe('categorical draws', () => {
  it('come as often as their probabilities say, over all of (0, 1)', () => {
    uniforms = range(1000).map((index) => (index + 0.5) / 1000);
    const labels = numbers(categoricalSample(tf.tensor1d(a), 1000));
    expect(a.map((_, label) => labels.filter((other) => other === label).length / 1000)).toEqual(a);
  });
});

describe('rows of the Gumbel-softmax', () => {
  const noise = range(4000).map(() => random.uniform(1e-4, 1 - 1e-4));
  beforeEach(() => {
    uniforms = noise;
  });

  it('are the softmax of (log a + g) / temp', () => {
    const rows = gumbelSoftmaxSample(tf.tensor1d(a), 5, 0.6, 0);
    const right = range(5).flatMap((row) => {
      const powers = a.map((probability, column) => (probability / -Math.log(uniforms[4 * row + column] ?? 0)) ** (1 / 0.6));
      const total = powers.reduce((sum, value) => sum + value, 0);
      return powers.map((value) => value / total);
    });
    expect(rows.shape).toEqual([5, 4]);
    expect(worstError(numbers(rows), right)).toBeLessThan(1e-5);
  });

  it('have the class i as the largest with probability a_i, by the integral over the noise of i', () => {
    // P(g_i + log a_i is the largest) = integral over u of prod_{j != i} F_j: exp(-exp(-g)) to the power a_j / a_i.
    for (const probability of a) {
      const rest = (1 - probability) / probability;
      const integral = range(10_000).reduce((sum, index) => sum + ((index + 0.5) / 10_000) ** rest / 10_000, 0);
      expect(integral).toBeCloseTo(probability, 5);
    }
    const classes = numbers(largestOfEachRow(gumbelSoftmaxSample(tf.tensor1d(a), 1000, 0.1, 1e-20)));
    // Seeded noise: a thousand rows, so three deviations of a share are 0.05.
    a.forEach((probability, label) => expect(Math.abs(classes.filter((other) => other === label).length / 1000 - probability)).toBeLessThan(0.05));
  });

  it('become one-hot as the temperature goes to 0', () => {
    const rows = gumbelSoftmaxSample(tf.tensor1d(a), 1, 0.001, 1e-20);
    expect(worstError(numbers(rows), numbers(oneHotOfEachRow(rows)))).toBeLessThan(1e-6);
  });

  it('stay finite, and so do their gradients, where a probability is 0', () => {
    const weights = tf.tensor2d([[1, 2, 3, 4]]);
    const loss = (p: tf.Tensor): tf.Tensor => tf.sum(tf.mul(weights, gumbelSoftmaxSample(p, 1, 0.5, 1e-20)));
    expect(numbers(tf.grad(loss)(tf.tensor1d([0, 0.3, 0.5, 0.2]))).every(Number.isFinite)).toBe(true);
  });
});
