import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klCat, klNormal } from './given/divergences.ts';
import { duplicate } from './given/reduce.ts';
import type { NegativeSsvaeElbo, Ssvae } from './given/interfaces.ts';

export function negativeElboBound(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const batch = x.shape[0] ?? 1;
  const { labels } = model;
  const logQ = tf.logSoftmax(model.classify(x));
  const q = tf.exp(logQ);
  const images = duplicate(x, labels);
  const y = tf.reshape(tf.tile(tf.expandDims(tf.eye(labels), 1), [1, batch, 1]), [labels * batch, labels]);
  const { mean, variance } = model.encode(images, y);
  const logits = model.decode(sampleGaussian(mean, variance), y);
  const recEach = tf.sum(tf.losses.sigmoidCrossEntropy(images, logits, undefined, 0, tf.Reduction.NONE), 1);
  const klEach = klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean));
  // One weight for each row of the long batch, label by label.
  const weights = tf.reshape(tf.transpose(q), [labels * batch]);
  const klZ = tf.div(tf.sum(tf.mul(weights, klEach)), batch);
  const rec = tf.div(tf.sum(tf.mul(weights, recEach)), batch);
  const klY = tf.mean(klCat(q, logQ, tf.scalar(Math.log(1 / labels))));
  return { nelbo: tf.add(tf.add(klY, klZ), rec), klZ, klY, rec };
}
