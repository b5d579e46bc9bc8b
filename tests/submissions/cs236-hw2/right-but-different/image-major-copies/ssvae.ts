import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klCat, klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { interleave } from './vae.ts';
import type { NegativeSsvaeElbo, Ssvae } from './given/interfaces.ts';

export function negativeElboBound(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const batch = x.shape[0] ?? 1;
  const { labels } = model;
  const logQ = tf.logSoftmax(model.classify(x));
  const q = tf.exp(logQ);
  const images = interleave(x, labels);
  const y = tf.tile(tf.eye(labels), [batch, 1]);
  const { mean, variance } = model.encode(images, y);
  const z = sampleGaussian(mean, variance);
  const klEach = klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean)).reshape([batch, labels]);
  const recEach = logBernoulliWithLogits(images, model.decode(z, y)).neg().reshape([batch, labels]);
  const klZ = q.mul(klEach).sum(1).mean();
  const rec = q.mul(recEach).sum(1).mean();
  const klY = klCat(q, logQ, tf.fill([labels], -Math.log(labels))).mean();
  return { nelbo: klY.add(klZ).add(rec), klZ, klY, rec };
}
