import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { duplicate, logMeanExp } from '../../../reference/maths/reduce.ts';
import { at, rowsOf } from '../../oracles/arrays.ts';
import { oracleLogMeanExp } from '../../oracles/densities.ts';
import { oracleGradient } from '../../oracles/finite-differences.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

const numbers = seededNumbers(3);

describe('logMeanExp', () => {
  const rows = rowsOf(numbers.normals(12, 3), 4);
  const tensor = tf.tensor2d(rows.map((row) => [...row]));

  it('reduces the axis it is told to', () => {
    expect(worstError(Array.from(logMeanExp(tensor, 1).dataSync()), rows.map(oracleLogMeanExp))).toBeLessThan(1e-5);
    expect(worstError(Array.from(logMeanExp(tensor, -1).dataSync()), rows.map(oracleLogMeanExp))).toBeLessThan(1e-5);
    const columns = [0, 1, 2, 3].map((j) => rows.map((row) => at(row, j)));
    expect(worstError(Array.from(logMeanExp(tensor, 0).dataSync()), columns.map(oracleLogMeanExp))).toBeLessThan(1e-5);
    expect(logMeanExp(tf.zeros([2, 3, 4]), 1).shape).toEqual([2, 4]);
  });

  it.each([
    [[1e4, 1e4 + 1]],
    [[-1e4, -1e4 - 2]],
    [[1e4, -1e4]],
    [[-Infinity, -Infinity]],
    [[-Infinity, 3]],
  ])('survives %j', (values) => {
    const actual = Array.from(logMeanExp(tf.tensor1d(values), 0).dataSync());
    expect(worstError(actual, [oracleLogMeanExp(values)])).toBeLessThan(1e-6);
  });

  it('has the softmax as its gradient, ties included', () => {
    for (const values of [[0.3, -1, 2], [1, 1, 1], [1e4, 1e4, -1e4]]) {
      const gradient = tf.grad((x: tf.Tensor) => logMeanExp(x, 0))(tf.tensor1d(values));
      expect(worstError(Array.from(gradient.dataSync()), oracleGradient(oracleLogMeanExp, values))).toBeLessThan(1e-5);
    }
  });
});

describe('duplicate', () => {
  it('repeats the batch as a whole', () => {
    const actual = duplicate(tf.tensor2d([[1, 2], [3, 4], [5, 6]]), 2);
    expect(actual.arraySync()).toEqual([[1, 2], [3, 4], [5, 6], [1, 2], [3, 4], [5, 6]]);
    expect(duplicate(tf.zeros([2, 3, 4]), 5).shape).toEqual([10, 3, 4]);
    expect(duplicate(tf.tensor1d([1, 2]), 2).arraySync()).toEqual([1, 2, 1, 2]);
  });

  it('adds up the gradients of the copies', () => {
    const weights = tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8]]);
    const gradient = tf.grad((x: tf.Tensor) => tf.sum(tf.mul(weights, duplicate(x, 2))))(tf.ones([2, 2]));
    expect(gradient.arraySync()).toEqual([[6, 8], [10, 12]]);
  });
});
