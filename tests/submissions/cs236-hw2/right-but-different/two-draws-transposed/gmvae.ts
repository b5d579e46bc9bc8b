import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { Gmvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const zKl = sampleGaussian(mean, variance);
  const kl = tf.mean(tf.sub(logNormal(zKl, mean, variance), logNormalMixture(zKl, model.prior.means, model.prior.variances)));
  const zRec = sampleGaussian(mean, variance);
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(zRec))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
