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
  // everything per image first, [batch]
  const kls = tf.sub(logNormal(z, mean, variance), logNormalMixture(z, model.prior.means, model.prior.variances));
  const recs = tf.neg(logBernoulliWithLogits(x, model.decode(z)));
  const [nelbo, kl, rec] = [tf.add(kls, recs), kls, recs].map((t) => tf.mean(t)) as [tf.Tensor, tf.Tensor, tf.Tensor];
  return { nelbo, kl, rec };
}

/**
 * Problem 3.4, `negative_iwae_bound`: the bound of vae.ts with the mixture prior in its weights.
 * kl and rec mean what they mean there.
 *
 * x [batch, pixels], each pixel 0 or 1; m samples an image -> three scalars
 */
export function negativeIwaeBound(model: Gmvae, x: tf.Tensor, m: number): NegativeIwae {
  const q = model.encode(x);
  const qMean = duplicate(q.mean, m);
  const qVar = duplicate(q.variance, m);
  const z = sampleGaussian(qMean, qVar);
  const logRatio = tf.sub(logNormalMixture(z, model.prior.means, model.prior.variances), logNormal(z, qMean, qVar)); // log p(z) - log q(z|x)
  const logLik = logBernoulliWithLogits(duplicate(x, m), model.decode(z));
  const weights = tf.transpose(tf.reshape(tf.add(logRatio, logLik), [m, x.shape[0] as number])); // now [batch, m]
  const bound = tf.mean(logMeanExp(weights, 1));
  return { niwae: tf.neg(bound), kl: tf.neg(tf.mean(logRatio)), rec: tf.neg(tf.mean(logLik)) };
}
