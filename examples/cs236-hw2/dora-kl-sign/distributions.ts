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
  // reparameterisation trick: z = mu + sigma * eps, eps ~ N(0, 1)
  const eps = tf.randomNormal(mean.shape);
  return mean.add(variance.sqrt().mul(eps));
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
  const diff = x.sub(mean);
  const terms = diff.square().div(variance).add(variance.log()).add(Math.log(2 * Math.PI));
  return terms.sum(-1).mul(-0.5);
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
  const perComponent = logNormal(z.expandDims(1), means, variances);
  return tf.logSumExp(perComponent, 1).sub(Math.log(k)); // uniform weights 1/k
}
