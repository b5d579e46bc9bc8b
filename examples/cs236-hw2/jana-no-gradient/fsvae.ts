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
  const output = model.decode(sampleGaussian(mean, variance), y);
  const pixels = x.shape[1] as number;
  // -log N(x | output, I/10) = 5 |x - output|^2 + D/2 log(2 pi / 10)
  const squares = tf.sum(tf.square(tf.sub(x, output)), 1);
  const rec = tf.mean(tf.add(tf.mul(5, squares), (pixels / 2) * Math.log((2 * Math.PI) / 10)));
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
