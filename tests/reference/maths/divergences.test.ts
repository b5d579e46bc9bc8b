import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { klCat, klNormal } from '../../../reference/maths/divergences.ts';
import { at, range, rowsOf } from '../../oracles/arrays.ts';
import { oracleKlCategorical, oracleKlNormal, oracleSoftmax } from '../../oracles/densities.ts';
import { oracleGradient } from '../../oracles/finite-differences.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

const numbers = seededNumbers(2);
const [batch, size] = [4, 3];

describe('klNormal', () => {
  const [qMean, pMean] = [numbers.normals(batch * size), numbers.normals(batch * size)];
  const [qVariance, pVariance] = [qMean, pMean].map((values) => values.map(() => Math.exp(numbers.uniform(-2, 2))));
  const all = [qMean, qVariance ?? [], pMean, pVariance ?? []];
  const tensors = all.map((values) => tf.tensor2d(values, [batch, size]));
  const oracle = (parts: readonly (readonly number[])[]): number[] =>
    range(batch).map((b) => {
      const [mq = [], vq = [], mp = [], vp = []] = parts.map((part) => at(rowsOf(part, size), b));
      return oracleKlNormal({ mean: mq, variance: vq }, { mean: mp, variance: vp });
    });

  it('agrees with the oracle', () => {
    const actual = klNormal(at(tensors, 0), at(tensors, 1), at(tensors, 2), at(tensors, 3));
    expect(actual.shape).toEqual([batch]);
    expect(worstError(Array.from(actual.dataSync()), oracle(all))).toBeLessThan(1e-5);
  });

  it('passes the right gradient to all four arguments', () => {
    const gradients = tf.grads((q: tf.Tensor, vq: tf.Tensor, p: tf.Tensor, vp: tf.Tensor) => tf.sum(klNormal(q, vq, p, vp)))(tensors);
    const expected = oracleGradient((p) => oracle(rowsOf(p, batch * size)).reduce((a, b) => a + b, 0), all.flat());
    expect(worstError(gradients.flatMap((g) => Array.from(g.dataSync())), expected)).toBeLessThan(1e-4);
  });

  it('is 0 between equals, and finite at tiny variances', () => {
    const same = tf.tensor1d([1e-8, 2]);
    expect(worstError(Array.from(klNormal(tf.ones([2]), same, tf.ones([2]), same).dataSync()), [0])).toBeLessThan(1e-6);
    const tiny = klNormal(tf.tensor1d([0.5]), tf.tensor1d([1e-30]), tf.tensor1d([0]), tf.tensor1d([1]));
    expect(worstError(Array.from(tiny.dataSync()), [oracleKlNormal({ mean: [0.5], variance: [1e-30] }, { mean: [0], variance: [1] })])).toBeLessThan(1e-5);
  });
});

describe('klCat', () => {
  const logits = rowsOf(numbers.normals(2 * 10, 2), 10);
  const uniform = Array.from({ length: 10 }, () => 0.1);

  it('agrees with the oracle, also with one prior for all rows', () => {
    const tensor = tf.tensor2d(logits.map((row) => [...row]));
    const expected = logits.map((row) => oracleKlCategorical(oracleSoftmax(row), uniform));
    for (const logP of [tf.mul(tf.ones([2, 10]), Math.log(0.1)), tf.scalar(Math.log(0.1))]) {
      expect(worstError(Array.from(klCat(tf.softmax(tensor), tf.logSoftmax(tensor), logP).dataSync()), expected)).toBeLessThan(1e-5);
    }
  });

  it('is finite when the classifier is certain', () => {
    const certain = tf.tensor2d([[1e4, -1e4]]);
    const actual = klCat(tf.softmax(certain), tf.logSoftmax(certain), tf.scalar(-Math.LN2));
    expect(worstError(Array.from(actual.dataSync()), [Math.LN2])).toBeLessThan(1e-5);
  });
});
