/**
 * Question 1: two estimators of the gradient of L(theta) = E_{X ~ P_theta}[ f_theta(X) ], as practice worth
 * no marks. P_theta is N(mean, diag(variance)), theta is both, and f comes from `given/`: only use it.
 */
import * as tf from '@tensorflow/tfjs';
import { type GradientEstimate, objectiveTowards } from './given/objective.ts';

/**
 * Question 1 (a): 1/n sum_i grad_theta f_theta(X_i), with n samples X_i that are held fixed while the gradient is
 * taken. Draw noise of shape [n, d] with tf.randomNormal. tf.grads takes gradients with respect to several tensors.
 *
 * mean, variance, target [d] -> a derivative for each entry of mean and variance, [d] each
 */
export function naiveGradient(mean: tf.Tensor, variance: tf.Tensor, target: tf.Tensor, n: number): GradientEstimate {
  const f = objectiveTowards(target);
  const samples = mean.add(variance.sqrt().mul(tf.randomNormal([n, mean.size])));
  const [ofMean, ofVariance] = tf.grads((m, v) => tf.mean(f(samples, m, v)))([mean, variance]);
  return { mean: ofMean ?? mean, variance: ofVariance ?? variance };
}

/**
 * Question 1 (b): the same with X_i = mean + sqrt(variance) * noise_i inside of what is differentiated.
 *
 * mean, variance, target [d] -> a derivative for each entry of mean and variance, [d] each
 */
export function reparameterisedGradient(mean: tf.Tensor, variance: tf.Tensor, target: tf.Tensor, n: number): GradientEstimate {
  const f = objectiveTowards(target);
  const noise = tf.randomNormal([n, mean.size]);
  const [ofMean, ofVariance] = tf.grads((m, v) => tf.mean(f(m.add(v.sqrt().mul(noise)), m, v)))([mean, variance]);
  return { mean: ofMean ?? mean, variance: ofVariance ?? variance };
}
