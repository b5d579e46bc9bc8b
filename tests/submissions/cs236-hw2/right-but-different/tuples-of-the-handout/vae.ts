import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate, logMeanExp } from './given/reduce.ts';

export function negativeElboBound(model: any, x: tf.Tensor) {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z))));
  return [kl.add(rec), kl, rec];
}

export function negativeIwaeBound(model: any, x: tf.Tensor, m: number) {
  const q = model.encode(x);
  const [mean, variance] = [duplicate(q.mean, m), duplicate(q.variance, m)];
  const z = sampleGaussian(mean, variance);
  const kl = tf.sub(logNormal(z, mean, variance), logNormal(z, tf.zerosLike(z), tf.onesLike(z)));
  const rec = tf.neg(logBernoulliWithLogits(duplicate(x, m), model.decode(z)));
  const niwae = tf.neg(tf.mean(logMeanExp(tf.reshape(tf.neg(tf.add(kl, rec)), [m, -1]), 0)));
  return [niwae, tf.mean(kl), tf.mean(rec)];
}
