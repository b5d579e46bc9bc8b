import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klCat, klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate } from './given/reduce.ts';
import type { NegativeSsvaeElbo, Ssvae } from './given/interfaces.ts';

export function negativeElboBound(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const batch = x.shape[0] ?? 1;
  const { labels } = model;
  const logQ = tf.logSoftmax(model.classify(x));
  const q = tf.exp(logQ);
  const klY = tf.mean(klCat(q, logQ, tf.scalar(-Math.log(labels))));

  const { mean, variance } = model.encode(x, q);
  const z = sampleGaussian(mean, variance);
  const klZ = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z, q))));
  return { nelbo: tf.addN([klY, klZ, rec]), klZ, klY, rec };
}
