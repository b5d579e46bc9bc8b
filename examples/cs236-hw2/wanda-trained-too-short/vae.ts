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
  const logits = model.decode(z);

  // prior is N(0, I)
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, logits)));
  const nelbo = tf.add(kl, rec);
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
  const { mean, variance } = model.encode(x);
  const qm = duplicate(mean, m);
  const qv = duplicate(variance, m);
  const z = sampleGaussian(qm, qv);
  const logits = model.decode(z);

  const logQ = logNormal(z, qm, qv);
  const logPz = logNormal(z, tf.zerosLike(z), tf.onesLike(z));
  const logPx = logBernoulliWithLogits(duplicate(x, m), logits);
  const logW = tf.sub(tf.add(logPx, logPz), logQ); // [m * batch]

  // duplicate puts whole copies of the batch after each other, so it is (m, batch)
  const batch = x.shape[0] as number;
  const niwae = tf.neg(tf.mean(logMeanExp(tf.reshape(logW, [m, batch]), 0)));
  return { niwae, kl: tf.mean(tf.sub(logQ, logPz)), rec: tf.neg(tf.mean(logPx)) };
}
