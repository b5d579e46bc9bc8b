/**
 * Three functions that every model of this homework builds on; the handout has them in `utils.py`.
 * A diagonal covariance is passed as its diagonal: variances, not standard deviations.
 */
import * as tf from '@tensorflow/tfjs';
import { logMeanExp } from './given/reduce.ts';
import { unanswered } from './given/unanswered.ts';

/**
 * Problem 1.1, `sample_gaussian`: one sample of N(mean, diag(variance)) for every entry, drawn so
 * that the gradient of a loss reaches the mean and the variance.
 *
 * Draw the noise with tf.randomNormal; every entry needs noise of its own.
 *
 * mean, variance [batch, z] -> [batch, z]
 */
export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  // z = mu + sigma * eps
  const eps = tf.randomNormal(mean.shape);
  const z = tf.add(mean, tf.mul(variance, eps));
  return z;
}

/**
 * Problem 2.1, `log_normal`: log N(x | mean, diag(variance)), summed over the last axis.
 *
 * It is called with tensors of two and of three axes, and with arguments that broadcast. It must
 * stay finite where the density itself is too small for a 32-bit number.
 *
 * x, mean, variance [..., z] -> [...]
 */
export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  // log N = -1/2 (D log 2pi + log det + mahalanobis)
  const D = x.shape[x.shape.length - 1] as number;
  const ones = tf.onesLike(mean);
  const logDet = tf.sum(tf.log(tf.mul(variance, ones)), -1);
  const mahalanobis = tf.sum(tf.div(tf.square(tf.sub(x, mean)), variance), -1);
  return tf.mul(-0.5, tf.add(tf.add(D * Math.log(2 * Math.PI), logDet), mahalanobis));
}

/**
 * Problem 2.1, `log_normal_mixture`: log 1/k sum_i N(z | means_i, diag(variances_i)).
 *
 * `logMeanExp(x, axis)` keeps it finite. The prior of a model has parameters of shape [1, k, z];
 * [batch, k, z], with components of its own for every point, must work as well.
 *
 * z [batch, z], means and variances [batch, k, z] or [1, k, z] -> [batch]
 */
export function logNormalMixture(z: tf.Tensor, means: tf.Tensor, variances: tf.Tensor): tf.Tensor {
  const k = means.shape[1] as number;
  const [batch, dim] = z.shape as [number, number];
  const repeated = tf.tile(tf.reshape(z, [batch, 1, dim]), [1, k, 1]); // same z for every component
  return logMeanExp(logNormal(repeated, means, variances), 1);
}
