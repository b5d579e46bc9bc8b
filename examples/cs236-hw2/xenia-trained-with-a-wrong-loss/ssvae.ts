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
import { unanswered } from './given/unanswered.ts';
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
  const batch = x.shape[0] as number;
  const logQ = tf.logSoftmax(model.classify(x));
  const q = logQ.exp();
  const klY = klCat(q, logQ, tf.scalar(Math.log(1 / model.labels))).mean();

  const y = tf.tile(tf.eye(model.labels).expandDims(1), [1, batch, 1]).reshape([model.labels * batch, model.labels]);
  const xs = duplicate(x, model.labels);
  const enc = model.encode(xs, y);
  const z = sampleGaussian(enc.mean, enc.variance);
  const expect = (values: tf.Tensor) =>
    values.reshape([model.labels, batch]).transpose().mul(q).sum(1).mean();
  const klZ = expect(klNormal(enc.mean, enc.variance, tf.zerosLike(enc.mean), tf.onesLike(enc.mean)));
  const rec = expect(logBernoulliWithLogits(xs, model.decode(z, y))).neg();
  return { nelbo: klY.add(klZ).add(rec), klZ, klY, rec };
}
