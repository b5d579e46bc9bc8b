import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klCat, klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate } from './given/reduce.ts';
import type { NegativeSsvaeElbo, Ssvae } from './given/interfaces.ts';

export function negativeElboBound(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const batch = x.shape[0] ?? 1;
  const labels = 10; // p(y) = 1/10
  const logQ = tf.logSoftmax(model.classify(x));
  const q = tf.exp(logQ);
  const klY = tf.mean(klCat(q, logQ, tf.scalar(-Math.log(labels))));

  const images = duplicate(x, labels);
  const y = tf.oneHot(
    tf.tensor1d(Array.from({ length: labels * batch }, (_, row) => Math.floor(row / batch)), 'int32'),
    labels,
  );
  const { mean, variance } = model.encode(images, y);
  const z = sampleGaussian(mean, variance);
  const klEach = tf.reshape(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)), [labels, batch]);
  const recEach = tf.reshape(tf.neg(logBernoulliWithLogits(images, model.decode(z, y))), [labels, batch]);
  const weights = tf.transpose(q);
  const klZ = tf.mean(tf.sum(tf.mul(weights, klEach), 0));
  const rec = tf.mean(tf.sum(tf.mul(weights, recEach), 0));
  return { nelbo: tf.addN([klY, klZ, rec]), klZ, klY, rec };
}
