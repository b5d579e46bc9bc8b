/**
 * The variational autoencoder with a standard normal prior and Bernoulli pixels.
 * Kingma and Welling 2014, Auto-Encoding Variational Bayes (arXiv:1312.6114).
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from '../maths/distributions.ts';
import { klNormal } from '../maths/divergences.ts';
import { logBernoulliWithLogits } from '../maths/likelihoods.ts';
import { importanceWeightedBound } from './iwae.ts';
import type { NegativeElbo, NegativeIwae, Vae } from './interfaces.ts';

/**
 * -ELBO(x) = KL(q(z|x) || p(z)) - E_q(z|x)[ log p(x|z) ], averaged over the batch.
 * Section 2.3, second estimator (equation 7): the KL exactly, the expectation from one sample.
 *
 * x [batch, pixels] -> scalars
 */
export function vaeNegativeElbo(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x); // q(z|x), each [batch, z]
  const z = sampleGaussian(mean, variance); // z ~ q(z|x) [batch, z]
  const logits = model.decode(z); // [batch, pixels]

  // Appendix B: KL(N(mean, variance) || N(0, I)) in closed form, [batch] before the mean
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  // Appendix C.1: rec = -log p(x|z), [batch] before the mean
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, logits)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}

/** -L_m(x) with the prior N(0, I), averaged over the batch: see iwae.ts. */
export function vaeNegativeIwae(model: Vae, x: tf.Tensor, m: number): NegativeIwae {
  return importanceWeightedBound(model, logStandardNormal, x, m);
}

/** log N(z | 0, I): z [rows, z] -> [rows] */
function logStandardNormal(z: tf.Tensor): tf.Tensor {
  return logNormal(z, tf.zerosLike(z), tf.onesLike(z));
}
