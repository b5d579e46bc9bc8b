import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import type { Gmvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const pixels = x.shape[1] ?? 1;
  const kl = tf.mean(tf.sub(logNormal(z, mean, variance), logNormalMixture(z, model.prior.means, model.prior.variances)));
  const rec = tf.mul(tf.losses.sigmoidCrossEntropy(x, model.decode(z)), pixels);
  return { nelbo: tf.add(kl, rec), kl, rec };
}
