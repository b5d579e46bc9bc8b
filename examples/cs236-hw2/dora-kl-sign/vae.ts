/**
 * The VAE of problem 1 and its importance weighted bound of problem 3; the handout's `vae.py`.
 * The model is p(z) = N(0, I), p(x|z) = Bern(sigmoid(decode(z))), q(z|x) = encode(x).
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate, logMeanExp } from './given/reduce.ts';
import type { NegativeElbo, NegativeIwae, Vae } from './given/interfaces.ts';

/**
 * Problem 1.2, `negative_elbo_bound`: nelbo = kl + rec, each averaged over the batch.
 *
 *   kl  = KL(q(z|x) || p(z))          in closed form: `klNormal`
 *   rec = -E_q(z|x)[ log p(x|z) ]     from one sample of `sampleGaussian`, `logBernoulliWithLogits`
 *
 * x [batch, pixels], each pixel 0 or 1 -> three scalars
 */
export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z))));
  // ELBO = E[log p(x|z)] - KL, rec already has its minus sign
  const nelbo = tf.sub(rec, kl);
  return { nelbo, kl, rec };
}

/**
 * Problem 3.2, `negative_iwae_bound`: the negative of
 *
 *   L_m(x) = E[ log 1/m sum_i p(x, z_i) / q(z_i|x) ],  z_1 ... z_m independent from q(z|x),
 *
 * from one draw of the m samples of each image, averaged over the batch. `duplicate` gives m copies
 * of a batch (its description says in which order), `logMeanExp` averages weights given as logs.
 * The handout leaves kl and rec open: return the averages over samples and batch of
 * log q(z|x) - log p(z) and of -log p(x|z). For kl, the closed form is accepted as well.
 *
 * x [batch, pixels], each pixel 0 or 1; m samples an image -> three scalars
 */
export function negativeIwaeBound(model: Vae, x: tf.Tensor, m: number): NegativeIwae {
  const q = model.encode(x);
  const qMean = duplicate(q.mean, m);
  const qVar = duplicate(q.variance, m);
  const z = sampleGaussian(qMean, qVar);
  const logRatio = tf.sub(logNormal(z, tf.zerosLike(z), tf.onesLike(z)), logNormal(z, qMean, qVar)); // log p(z) - log q(z|x)
  const logLik = logBernoulliWithLogits(duplicate(x, m), model.decode(z));
  const weights = tf.transpose(tf.reshape(tf.add(logRatio, logLik), [m, x.shape[0] as number])); // now [batch, m]
  const bound = tf.mean(logMeanExp(weights, 1));
  return { niwae: tf.neg(bound), kl: tf.neg(tf.mean(logRatio)), rec: tf.neg(tf.mean(logLik)) };
}
