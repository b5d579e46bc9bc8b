/**
 * Gaussian samplers and log-densities. A diagonal covariance is passed as its diagonal, always as
 * variances: never standard deviations, never log-variances.
 */
import * as tf from '@tensorflow/tfjs';
import { logMeanExp } from './reduce.ts';

/**
 * One draw z ~ N(mean, diag(variance)) for every entry; gradients reach mean and variance.
 * Kingma and Welling 2014 (arXiv:1312.6114), section 2.4.
 *
 * mean, variance [..., z] -> [..., z]
 */
export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const noise = tf.randomNormal(mean.shape); // epsilon ~ N(0, I), free of the parameters
  return tf.add(mean, tf.mul(tf.sqrt(variance), noise)); // z = mu + sigma * epsilon
}

/**
 * log N(x | mean, diag(variance)), the last axis summed; the arguments broadcast.
 * Bishop 2006, equation 2.43, for a diagonal covariance.
 *
 * x, mean, variance [..., z] -> [...]
 */
export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  // log N = -1/2 sum_d [ log(2 pi v_d) + (x_d - mu_d)^2 / v_d ]
  // The logarithm is taken by hand: the density itself is 0 in float32 a few deviations away.
  const normaliser = tf.add(Math.log(2 * Math.PI), tf.log(variance)); // log(2 pi v)
  // tf.squaredDifference has no gradient for arguments that broadcast, so square and sub.
  const distance = tf.div(tf.square(tf.sub(x, mean)), variance);
  return tf.mul(-0.5, tf.sum(tf.add(normaliser, distance), -1));
}

/**
 * log of the mixture 1/k sum_i N(z | means_i, diag(variances_i)): one component index a point, so
 * the latent axis is summed inside each component, before the components are averaged.
 * Bishop 2006, equation 2.188, with equal weights.
 *
 * z [batch, z], means and variances [batch, k, z] or [1, k, z] -> [batch]
 */
export function logNormalMixture(z: tf.Tensor, means: tf.Tensor, variances: tf.Tensor): tf.Tensor {
  const point = tf.expandDims(z, 1); // [batch, 1, z]
  const components = logNormal(point, means, variances); // [batch, k]
  return logMeanExp(components, 1); // log 1/k sum_i exp(log N_i), the mean carries the 1/k
}
