import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { logBernoulliWithLogits } from '../../../reference/maths/likelihoods.ts';
import { rowsOf } from '../../oracles/arrays.ts';
import { oracleLogBernoulli } from '../../oracles/densities.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

describe('logBernoulliWithLogits', () => {
  const numbers = seededNumbers(4);
  const logits = rowsOf(numbers.normals(5 * 7, 4), 7);
  const x = logits.map((row) => row.map(() => (numbers.uniform() < 0.5 ? 1 : 0)));

  it('agrees with the oracle', () => {
    const actual = logBernoulliWithLogits(tf.tensor2d(x), tf.tensor2d(logits.map((row) => [...row])));
    expect(actual.shape).toEqual([5]);
    expect(worstError(Array.from(actual.dataSync()), x.map((row, b) => oracleLogBernoulli(row, logits[b] ?? [])))).toBeLessThan(1e-5);
  });

  it.each([1e4, -1e4, 90, -90, 20, -20, 14, -14, 0])('is right and finite at the logit %d', (logit) => {
    for (const pixel of [0, 1]) {
      const actual = logBernoulliWithLogits(tf.tensor1d([pixel]), tf.tensor1d([logit]));
      expect(worstError(Array.from(actual.dataSync()), [oracleLogBernoulli([pixel], [logit])])).toBeLessThan(1e-6);
    }
  });

  it.each([1e4, -1e4, 3, -3, 0])('has the gradient x - sigmoid(logit) at the logit %d', (logit) => {
    for (const pixel of [0, 1]) {
      const gradient = tf.grad((l: tf.Tensor) => logBernoulliWithLogits(tf.tensor1d([pixel]), l))(tf.tensor1d([logit]));
      expect(worstError(Array.from(gradient.dataSync()), [pixel - 1 / (1 + Math.exp(-logit))])).toBeLessThan(1e-6);
    }
  });
});
