/** The VAE's loss where it is summed over the batch, and q is given by its log variance. */
import * as tf from '@tensorflow/tfjs';
import { logBernoulli } from '../maths/bernoulli.ts';
import { klNormal } from '../maths/divergences.ts';

/**
 * -ELBO of all images together: sum over n of KL(q(z|x_n) || p(z)) - log p(x_n | z_n), with one sample z_n behind
 * theta_n. Kingma and Welling 2014 (arXiv:1312.6114), equation 10.
 *
 * x (0 or 1) and theta [batch, pixels], mean and logVariance [batch, z] -> scalar
 */
export function summedNegativeElbo(x: tf.Tensor, theta: tf.Tensor, mean: tf.Tensor, logVariance: tf.Tensor): tf.Tensor {
  const rec = tf.neg(logBernoulli(x, theta)); // [batch]
  // KL = -1/2 sum_d (1 + log s2 - s2 - mu^2), [batch]
  const kl = klNormal(mean, tf.exp(logVariance), tf.zerosLike(mean), tf.onesLike(mean));
  return tf.sum(tf.add(rec, kl));
}
