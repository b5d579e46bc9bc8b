import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { Gmvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(sampleGaussian(mean, variance)))));
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(tf.sub(logNormal(z, mean, variance), logNormalMixture(z, model.prior.means, model.prior.variances)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
