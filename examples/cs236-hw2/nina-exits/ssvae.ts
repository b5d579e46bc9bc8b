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
  const n = x.shape[0] as number;
  const c = model.labels;
  const logPi = tf.logSoftmax(model.classify(x)); // [n, c]
  const pi = tf.exp(logPi);

  // image 0 with label 0, 1, ..., then image 1 with label 0, 1, ...
  const xRep = tf.reshape(tf.tile(tf.expandDims(x, 1), [1, c, 1]), [n * c, x.shape[1] as number]);
  const yRep = tf.tile(tf.eye(c), [n, 1]);
  const { mean, variance } = model.encode(xRep, yRep);
  const z = sampleGaussian(mean, variance);
  const klEach = tf.reshape(klNormal(mean, variance, tf.scalar(0), tf.scalar(1)), [n, c]);
  const llEach = tf.reshape(logBernoulliWithLogits(xRep, model.decode(z, yRep)), [n, c]);

  const klY = tf.mean(klCat(pi, logPi, tf.scalar(-Math.log(c))));
  const klZ = tf.mean(tf.sum(tf.mul(pi, klEach), -1));
  const rec = tf.neg(tf.mean(tf.sum(tf.mul(pi, llEach), -1)));
  return { nelbo: tf.add(tf.add(klY, klZ), rec), klZ, klY, rec };
}
