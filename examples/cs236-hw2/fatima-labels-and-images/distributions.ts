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
  return tf.tidy(() => {
    const sigma = tf.pow(variance, 0.5);
    const epsilon = tf.randomNormal(variance.shape, 0, 1);
    return tf.add(mean, tf.mul(sigma, epsilon));
  });
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
  const sd = tf.sqrt(variance);
  const u = tf.div(tf.sub(x, mean), sd);
  // standard normal log density, then the change of variables: minus log sd
  const each = tf.sub(tf.mul(-0.5, tf.add(tf.square(u), Math.log(2 * Math.PI))), tf.log(sd));
  return tf.sum(each, -1);
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
  const lp = logNormal(tf.expandDims(z, 1), means, variances); // batch x k
  // log-sum-exp by hand: pull out the largest one, then put it back
  const biggest = tf.max(lp, 1, true);
  const total = tf.sum(tf.exp(tf.sub(lp, biggest)), 1);
  const logK = Math.log(lp.shape[1] as number);
  return tf.sub(tf.add(tf.squeeze(biggest, [1]), tf.log(total)), logK);
}
