import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klCat, klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate } from './given/reduce.ts';

export function negativeElboBound(model: any, x: tf.Tensor) {
  const batch = x.shape[0] ?? 1;
  const logQ = tf.logSoftmax(model.classify(x));
  const q = tf.exp(logQ);
  const images = duplicate(x, model.labels);
  const y = tf.reshape(tf.tile(tf.expandDims(tf.eye(model.labels), 1), [1, batch, 1]), [-1, model.labels]);
  const { mean, variance } = model.encode(images, y);
  const z = sampleGaussian(mean, variance);
  const expectation = (each: tf.Tensor) => tf.mean(tf.sum(tf.mul(tf.transpose(q), tf.reshape(each, [model.labels, batch])), 0));
  const klZ = expectation(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const klY = tf.mean(klCat(q, logQ, tf.scalar(-Math.log(model.labels))));
  const rec = expectation(tf.neg(logBernoulliWithLogits(images, model.decode(z, y))));
  return [tf.addN([klZ, klY, rec]), klZ, klY, rec];
}
