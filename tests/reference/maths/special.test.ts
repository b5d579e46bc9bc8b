/** Against mathjs in float64, which shares no code with it, and slopes of that. */
import * as tf from '@tensorflow/tfjs';
import { lgamma } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { digamma, logGamma } from '../../../reference/maths/special.ts';
import { oracleGradient } from '../../oracles/finite-differences.ts';
import { worstError } from '../agreement.ts';

const points = [0.02, 0.3, 0.5, 1, 1.46, 2, 2.5, 4, 7, 12.5, 40, 333, 5000];
const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const slope = (x: number): number => oracleGradient(([at = 1]) => lgamma(at), [x], x * 1e-3)[0] ?? Number.NaN;

describe('logGamma', () => {
  it('is log Gamma', () => {
    expect(worstError(numbers(logGamma(tf.tensor1d(points))), points.map((x) => lgamma(x)))).toBeLessThan(2e-6);
  });

  it('gives log factorials', () => {
    expect(worstError(numbers(logGamma(tf.tensor1d([1, 2, 3, 4, 5, 6]))), [1, 1, 2, 6, 24, 120].map(Math.log))).toBeLessThan(2e-6);
  });
});

describe('digamma', () => {
  it('is the slope of log Gamma', () => {
    expect(worstError(numbers(digamma(tf.tensor1d(points))), points.map(slope))).toBeLessThan(3e-6);
  });

  it('is minus Euler’s constant at 1', () => {
    expect(digamma(tf.scalar(1)).dataSync()[0]).toBeCloseTo(-0.5772156649, 5);
  });
});
