/**
 * Monte Carlo estimators of the gradient of L(theta) = E_{X ~ P_theta}[ f_theta(X) ] for a diagonal Gaussian,
 * theta = (mean, variance). Mohamed, Rosca, Figurnov and Mnih 2020, Monte Carlo Gradient Estimation in Machine
 * Learning (arXiv:1906.10652), sections 4.1 and 5.1.
 */
import * as tf from '@tensorflow/tfjs';
import type { GradientEstimate, Objective } from './objective.ts';

/**
 * 1/n sum_i grad_theta f_theta(X_i) with samples X_i that are held fixed: its expectation is the second term of
 * equation (1) of the handout alone, so it is biased wherever E[ f grad log P ] is not zero.
 */
export function naiveEstimate(objective: Objective, mean: tf.Tensor, variance: tf.Tensor, n: number): GradientEstimate {
  const samples = sampleFrom(mean, variance, n);
  // The samples come from outside the differentiated function: they are constants to it.
  return gradientOf((m, v) => tf.mean(objective(samples, m, v)), mean, variance);
}

/**
 * 1/n sum_i grad_theta f_theta(mean + sqrt(variance) * noise_i), noise_i ~ N(0, I): the noise does not depend on
 * theta, so gradient and expectation may be exchanged and the estimate is unbiased.
 */
export function reparameterisedEstimate(objective: Objective, mean: tf.Tensor, variance: tf.Tensor, n: number): GradientEstimate {
  const noise = tf.randomNormal([n, mean.size]);
  return gradientOf((m, v) => tf.mean(objective(tf.add(m, tf.mul(tf.sqrt(v), noise)), m, v)), mean, variance);
}

function sampleFrom(mean: tf.Tensor, variance: tf.Tensor, n: number): tf.Tensor {
  return tf.add(mean, tf.mul(tf.sqrt(variance), tf.randomNormal([n, mean.size])));
}

function gradientOf(average: (mean: tf.Tensor, variance: tf.Tensor) => tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): GradientEstimate {
  const [ofMean, ofVariance] = tf.grads((m, v) => average(m, v).asScalar())([mean, variance]);
  if (ofMean === undefined || ofVariance === undefined) throw new Error('a gradient for each argument is asked for');
  return { mean: ofMean, variance: ofVariance };
}
