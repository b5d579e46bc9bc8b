/**
 * The semi-supervised VAE of problem 4; the handout's `ssvae.py`.
 * The model is p(y) uniform over model.labels labels, p(z) = N(0, I), p(x|z,y) = Bern with the
 * logits decode(z, y), q(y|x) with the logits classify(x), q(z|x,y) = encode(x, y).
 */
import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klCat, klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate } from './given/reduce.ts';
import type { NegativeSsvaeElbo, Ssvae } from './given/interfaces.ts';

/**
 * Problem 4.2, `negative_elbo_bound`: nelbo = klY + klZ + rec, each averaged over the batch.
 *
 *   klY = KL(q(y|x) || p(y))                                  `klCat`: mind what it takes
 *   klZ = sum_y q(y|x) KL(q(z|x,y) || p(z))                   `klNormal`
 *   rec = sum_y q(y|x) E_q(z|x,y)[ -log p(x|z,y) ]            `logBernoulliWithLogits`
 *
 * The sum goes over all labels; inside it, rec takes one sample of z for each image and label.
 * No label of x is seen here. Labels go to encode and decode as one-hot rows.
 *
 * x [batch, pixels], each pixel 0 or 1 -> four scalars
 */
export function negativeElboBound(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const labels = model.labels;
  const batch = x.shape[0] as number;

  const yLogits = model.classify(x);
  const yLogProb = tf.logSoftmax(yLogits);
  const yProb = tf.softmax(yLogits);
  const klY = tf.mean(klCat(yProb, yLogProb, tf.fill([batch, labels], -Math.log(labels))));

  // 0,0,...,0,1,1,...,1,... : every image once for each label
  const which = tf.floorDiv(tf.range(0, labels * batch, 1, 'int32'), tf.scalar(batch, 'int32'));
  const y = tf.cast(tf.oneHot(which as tf.Tensor1D, labels), 'float32');
  const images = duplicate(x, labels);
  const { mean, variance } = model.encode(images, y);
  const z = sampleGaussian(mean, variance);
  const logits = model.decode(z, y);

  // back to (labels, batch); the weights need the same layout
  const weights = tf.transpose(yProb);
  const klAll = tf.reshape(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean)), [labels, batch]);
  const recAll = tf.neg(tf.reshape(logBernoulliWithLogits(images, logits), [labels, batch]));
  const klZ = tf.mean(tf.sum(tf.mul(weights, klAll), 0));
  const rec = tf.mean(tf.sum(tf.mul(weights, recAll), 0));
  return { nelbo: tf.add(klY, tf.add(klZ, rec)), klZ, klY, rec };
}
