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
  const helpers = { sampleGaussian, klCat, klNormal, logBernoulliWithLogits, duplicate };
  return unanswered('cs236-hw2/ssvae/negative-elbo-bound', { model, x, ...helpers });
}
