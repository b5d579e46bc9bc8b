/**
 * The fully supervised VAE of the bonus problem; the handout's `fsvae.py`.
 * The model is p(z) = N(0, I), p(x|z,y) = N(x | decode(z, y), I / 10), q(z|x,y) = encode(x, y).
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import type { Fsvae, NegativeElbo } from './given/interfaces.ts';

const DECODER_VARIANCE = 1 / 10; // diag(sigma^2) of p(x|z,y), the same for every pixel

/**
 * Bonus 2, `negative_elbo_bound` of log p(x|y): nelbo = kl + rec, each averaged over the batch.
 *
 *   kl  = KL(q(z|x,y) || p(z))          in closed form: `klNormal`
 *   rec = -E_q(z|x,y)[ log p(x|z,y) ]   from one sample: a full log-density, its constant included
 *
 * x [batch, pixels] real, y [batch, labels] one-hot -> three scalars
 */
export function negativeElboBound(model: Fsvae, x: tf.Tensor, y: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x, y);
  const z = sampleGaussian(mean, variance);
  const xMean = model.decode(z, y);
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const rec = tf.neg(tf.mean(logNormal(x, xMean, tf.fill(x.shape, DECODER_VARIANCE))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
