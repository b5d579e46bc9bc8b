/**
 * The fully supervised variational autoencoder: a conditional model of images given their label.
 * Sohn, Lee and Yan 2015, Learning Structured Output Representation using Deep Conditional
 * Generative Models, section 4, with a prior that does not depend on the label.
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from '../maths/distributions.ts';
import { klNormal } from '../maths/divergences.ts';
import type { Fsvae, NegativeElbo } from './interfaces.ts';

/**
 * -ELBO(x|y) = KL(q(z|x,y) || p(z)) - E_q(z|x,y)[ log N(x | decode(z, y), decoderVariance I) ],
 * averaged over the batch: the KL exactly, the expectation from one sample.
 *
 * x [batch, pixels], y [batch, labels] one-hot -> scalars
 */
export function fsvaeNegativeElbo(
  model: Fsvae,
  x: tf.Tensor,
  y: tf.Tensor,
  decoderVariance: number,
): NegativeElbo {
  const { mean, variance } = model.encode(x, y); // q(z|x,y), each [batch, z]
  const z = sampleGaussian(mean, variance); // z ~ q(z|x,y) [batch, z]
  const decoded = model.decode(z, y); // the mean of x [batch, pixels]

  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  // rec = pixels / 2 log(2 pi v) + |x - decoded|^2 / (2 v): a density, so rec may be negative
  const rec = tf.neg(tf.mean(logNormal(x, decoded, tf.scalar(decoderVariance))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
