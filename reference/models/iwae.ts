/**
 * The importance weighted bound, for any prior whose log-density can be computed.
 * Burda, Grosse and Salakhutdinov 2016, Importance Weighted Autoencoders (arXiv:1509.00519).
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from '../maths/distributions.ts';
import { logBernoulliWithLogits } from '../maths/likelihoods.ts';
import { duplicate, logMeanExp } from '../maths/reduce.ts';
import type { NegativeIwae, Vae } from './interfaces.ts';

/**
 * -L_m(x) = -log 1/m sum_i w_i with w_i = p(x|z_i) p(z_i) / q(z_i|x) and z_i ~ q(z|x), averaged
 * over the batch. Section 3. A weight needs the densities at its own sample: a closed-form KL in
 * place of log q - log p is a different number and no bound of this kind.
 *
 * kl and rec are the averages over samples and batch of log q(z|x) - log p(z) and of -log p(x|z).
 * Their sum is the average of m one-sample negative ELBOs, so niwae <= kl + rec on every call.
 *
 * x [batch, pixels] -> scalars
 */
export function importanceWeightedBound(
  model: Vae,
  logPrior: (z: tf.Tensor) => tf.Tensor, // [rows, z] -> [rows]
  x: tf.Tensor,
  m: number,
): NegativeIwae {
  const { mean, variance } = model.encode(x); // q(z|x), each [batch, z]
  const means = duplicate(mean, m); // [m * batch, z], row i * batch + b is sample i of image b
  const variances = duplicate(variance, m); // [m * batch, z]
  const z = sampleGaussian(means, variances); // [m * batch, z]
  const logits = model.decode(z); // [m * batch, pixels]

  const negativeLogRatio = tf.sub(logNormal(z, means, variances), logPrior(z)); // log q - log p
  const negativeLogLikelihood = tf.neg(logBernoulliWithLogits(duplicate(x, m), logits));
  const logWeights = tf.neg(tf.add(negativeLogRatio, negativeLogLikelihood)); // [m * batch]

  // One bound an image, over its own m weights (axis 0), then the average over the batch.
  const bounds = logMeanExp(tf.reshape(logWeights, [m, -1]), 0); // [m, batch] -> [batch]
  return {
    niwae: tf.neg(tf.mean(bounds)),
    kl: tf.mean(negativeLogRatio),
    rec: tf.mean(negativeLogLikelihood),
  };
}
