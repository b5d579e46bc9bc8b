import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate, logMeanExp } from './given/reduce.ts';
import type { Gmvae, NegativeElbo, NegativeIwae } from './given/interfaces.ts';

export function negativeElboBound(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const { means, variances } = model.prior;
  const kl = tf.mean(logNormal(z, mean, variance));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}

export function negativeIwaeBound(model: Gmvae, x: tf.Tensor, m: number): NegativeIwae {
  const q = model.encode(x);
  const mean = duplicate(q.mean, m);
  const variance = duplicate(q.variance, m);
  const z = sampleGaussian(mean, variance);
  const { means, variances } = model.prior;
  const kl = tf.sub(logNormal(z, mean, variance), logNormalMixture(z, means, variances));
  const rec = tf.neg(logBernoulliWithLogits(duplicate(x, m), model.decode(z)));
  const logWeights = tf.reshape(tf.neg(tf.add(kl, rec)), [m, -1]);
  return { niwae: tf.neg(tf.mean(logMeanExp(logWeights, 0))), kl: tf.mean(kl), rec: tf.mean(rec) };
}
