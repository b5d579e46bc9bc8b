/** The loss against float64, the KL by the trapezoid rule: the formula with its parentheses, which the handout's print lost. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { lossFunction } from '../../../reference/kth-1b/vae.ts';
import { at, range, sum, type Vector } from '../../oracles/arrays.ts';
import { oracleGradient } from '../../oracles/finite-differences.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';

const [batch, pixels, latent] = [3, 5, 2];
const random = seededNumbers(5);
const x = range(batch * pixels).map(() => (random.uniform() < 0.5 ? 0 : 1));
const theta = range(batch * pixels).map(() => random.uniform(0.05, 0.95));
const mean = random.normals(batch * latent);
const logVariance = range(batch * latent).map(() => random.uniform(-2, 1.3));

/** KL(N(m, s2) || N(0, 1)) = E_q[log q - log p], on a grid of +-9 deviations. */
function klByQuadrature(m: number, logS2: number): number {
  const deviation = Math.exp(logS2 / 2);
  return sum(range(901).map((index) => (index - 450) / 50).map((z) => {
    const value = m + deviation * z;
    return (Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) / 50) * (-z * z / 2 - logS2 / 2 + (value * value) / 2);
  }));
}

const oracle = (p: Vector, m: Vector, l: Vector): number =>
  sum(x.map((pixel, i) => -Math.log(pixel === 1 ? at(p, i) : 1 - at(p, i)))) + sum(m.map((value, i) => klByQuadrature(value, at(l, i))));

const asked = (p: Vector, m: Vector, l: Vector): [tf.Tensor, tf.Tensor, tf.Tensor] => [tf.tensor([...p], [batch, pixels]), tf.tensor([...m], [batch, latent]), tf.tensor([...l], [batch, latent])];
const images = tf.tensor(x, [batch, pixels]);

describe('lossFunction', () => {
  it('is the negative ELBO, summed over the batch', () => {
    const loss = lossFunction(images, ...asked(theta, mean, logVariance));
    expect(loss.shape).toEqual([]);
    expect(worstError(Array.from(loss.dataSync()), [oracle(theta, mean, logVariance)])).toBeLessThan(1e-6);
  });

  it('passes gradients to theta, mean and log variance', () => {
    const gradients = tf.grads((p, m, l) => lossFunction(images, p, m, l))(asked(theta, mean, logVariance));
    const right = [
      oracleGradient((p) => oracle(p, mean, logVariance), theta),
      oracleGradient((m) => oracle(theta, m, logVariance), mean),
      oracleGradient((l) => oracle(theta, mean, l), logVariance),
    ];
    gradients.forEach((gradient, index) => expect(worstError(Array.from(gradient.dataSync()), right[index] ?? [])).toBeLessThan(1e-5));
  });

  it('is finite at probabilities of exactly 0 and 1 that are right', () => {
    expect(lossFunction(images, images, tf.zeros([batch, latent]), tf.zeros([batch, latent])).dataSync()[0]).toBeCloseTo(0, 5);
  });
});
