/**
 * The variational autoencoder with a mixture of Gaussians as its prior.
 * CS 236 (2021), homework 2, problem 2; the prior's means and variances are trained like weights.
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from '../maths/distributions.ts';
import { logBernoulliWithLogits } from '../maths/likelihoods.ts';
import { importanceWeightedBound } from './iwae.ts';
import type { Gmvae, NegativeElbo, NegativeIwae } from './interfaces.ts';

/**
 * -ELBO(x) = E_q(z|x)[ log q(z|x) - log p(z) - log p(x|z) ], averaged over the batch.
 * KL(q || mixture) has no closed form, so the same sample z estimates both terms: the first
 * estimator of Kingma and Welling 2014 (arXiv:1312.6114), section 2.3, equation 6.
 *
 * x [batch, pixels] -> scalars
 */
export function gmvaeNegativeElbo(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x); // q(z|x), each [batch, z]
  const z = sampleGaussian(mean, variance); // z ~ q(z|x) [batch, z]
  const logits = model.decode(z); // [batch, pixels]

  const logPosterior = logNormal(z, mean, variance); // log q(z|x) [batch]
  const kl = tf.mean(tf.sub(logPosterior, logMixturePrior(model, z))); // log q(z|x) - log p(z)
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, logits))); // -log p(x|z)
  return { nelbo: tf.add(kl, rec), kl, rec };
}

/** -L_m(x) with the mixture prior, averaged over the batch: see iwae.ts. */
export function gmvaeNegativeIwae(model: Gmvae, x: tf.Tensor, m: number): NegativeIwae {
  return importanceWeightedBound(model, (z) => logMixturePrior(model, z), x, m);
}

/** log p(z): z [rows, z] -> [rows], every row against the same k components */
function logMixturePrior(model: Gmvae, z: tf.Tensor): tf.Tensor {
  const { means, variances } = model.prior; // each [1, k, z]
  return logNormalMixture(z, means, variances);
}
