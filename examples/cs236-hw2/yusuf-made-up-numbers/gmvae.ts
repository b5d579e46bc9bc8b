/**
 * The GMVAE of problem 2 and its importance weighted bound of problem 3; the handout's `gmvae.py`.
 * As the VAE, but with the prior p(z) = 1/k sum_i N(z | means_i, diag(variances_i)).
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate, logMeanExp } from './given/reduce.ts';
import type { Gmvae, NegativeElbo, NegativeIwae } from './given/interfaces.ts';

/**
 * Problem 2.1, `negative_elbo_bound`: nelbo = kl + rec, each averaged over the batch.
 *
 *   kl  = E_q(z|x)[ log q(z|x) - log p(z) ]   `logNormal` and `logNormalMixture` of model.prior
 *   rec = -E_q(z|x)[ log p(x|z) ]             `logBernoulliWithLogits`
 *
 * Both are estimated from the same single sample of each image.
 *
 * x [batch, pixels], each pixel 0 or 1 -> three scalars
 */
export function negativeElboBound(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const logits = model.decode(z);

  const logQ = logNormal(z, mean, variance);
  const logP = logNormalMixture(z, model.prior.means, model.prior.variances);
  const kl = tf.mean(tf.sub(logQ, logP));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, logits)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}

/**
 * Problem 3.4, `negative_iwae_bound`: the bound of vae.ts with the mixture prior in its weights.
 * kl and rec mean what they mean there.
 *
 * x [batch, pixels], each pixel 0 or 1; m samples an image -> three scalars
 */
export function negativeIwaeBound(model: Gmvae, x: tf.Tensor, m: number): NegativeIwae {
  const { mean, variance } = model.encode(x);
  const qm = duplicate(mean, m);
  const qv = duplicate(variance, m);
  const z = sampleGaussian(qm, qv);
  const logits = model.decode(z);

  const logQ = logNormal(z, qm, qv);
  const logPz = logNormalMixture(z, model.prior.means, model.prior.variances);
  const logPx = logBernoulliWithLogits(duplicate(x, m), logits);
  const logW = tf.sub(tf.add(logPx, logPz), logQ); // [m * batch]

  // duplicate puts whole copies of the batch after each other, so it is (m, batch)
  const batch = x.shape[0] as number;
  const niwae = tf.neg(tf.mean(logMeanExp(tf.reshape(logW, [m, batch]), 0)));
  return { niwae, kl: tf.mean(tf.sub(logQ, logPz)), rec: tf.neg(tf.mean(logPx)) };
}
