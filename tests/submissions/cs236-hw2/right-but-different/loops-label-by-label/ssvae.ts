import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klCat, klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { NegativeSsvaeElbo, Ssvae } from './given/interfaces.ts';

export function negativeElboBound(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const batch = x.shape[0] ?? 1;
  const logits = model.classify(x);
  const q = tf.softmax(logits);
  const klY = tf.mean(klCat(q, tf.logSoftmax(logits), tf.log(tf.fill([batch, model.labels], 1 / model.labels))));
  let klZ: tf.Tensor = tf.zeros([batch]);
  let rec: tf.Tensor = tf.zeros([batch]);
  for (let label = 0; label < model.labels; label += 1) {
    const y = tf.oneHot(tf.fill([batch], label, 'int32'), model.labels);
    const { mean, variance } = model.encode(x, y);
    const z = sampleGaussian(mean, variance);
    const weight = tf.squeeze(tf.slice(q, [0, label], [-1, 1]), [1]);
    klZ = tf.add(klZ, tf.mul(weight, klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean))));
    rec = tf.sub(rec, tf.mul(weight, logBernoulliWithLogits(x, model.decode(z, y))));
  }
  klZ = tf.mean(klZ);
  rec = tf.mean(rec);
  return { nelbo: tf.add(tf.add(klY, klZ), rec), klZ, klY, rec };
}
