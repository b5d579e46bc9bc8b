import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate, logMeanExp } from './given/reduce.ts';

export function negativeElboBound(model: any, x: tf.Tensor) {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(tf.sub(logNormal(z, mean, variance), logNormalMixture(z, model.prior.means, model.prior.variances)));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z))));
  return [kl.add(rec), kl, rec];
}

export function negativeIwaeBound(model: any, x: tf.Tensor, m: number) {
  const q = model.encode(x);
  const [mean, variance] = [duplicate(q.mean, m), duplicate(q.variance, m)];
  const z = sampleGaussian(mean, variance);
  const kl = tf.sub(logNormal(z, mean, variance), logNormalMixture(z, model.prior.means, model.prior.variances));
  const rec = tf.neg(logBernoulliWithLogits(duplicate(x, m), model.decode(z)));
  return [tf.neg(tf.mean(logMeanExp(tf.reshape(tf.neg(tf.add(kl, rec)), [m, -1]), 0))), tf.mean(kl), tf.mean(rec)];
}
