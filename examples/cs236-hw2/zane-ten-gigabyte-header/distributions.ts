/**
 * Three functions that every model of this homework builds on; the handout has them in `utils.py`.
 * A diagonal covariance is passed as its diagonal: variances, not standard deviations.
 */
import * as tf from '@tensorflow/tfjs';
import { logMeanExp } from './given/reduce.ts';

/**
 * Problem 1.1, `sample_gaussian`: one sample of N(mean, diag(variance)) for every entry, drawn so
 * that the gradient of a loss reaches the mean and the variance.
 *
 * Draw the noise with tf.randomNormal; every entry needs noise of its own.
 *
 * mean, variance [batch, z] -> [batch, z]
 */
export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const std = tf.sqrt(variance); // the argument is the variance!
  const noise = tf.randomNormal(mean.shape, 0, 1, 'float32');
  return tf.add(tf.mul(noise, std), mean);
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
  const diff = tf.sub(x, mean);
  const exponent = tf.div(tf.mul(diff, diff), tf.mul(2, variance)); // (x - mu)^2 / (2 sigma^2)
  const norm = tf.mul(0.5, tf.log(tf.mul(2 * Math.PI, variance))); // log sqrt(2 pi sigma^2)
  return tf.sum(tf.neg(tf.add(exponent, norm)), -1);
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
  const logProbs = logNormal(tf.expandDims(z, 1), means, variances); // [batch, k]
  return logMeanExp(logProbs, 1);
}
