/**
 * The semi-supervised variational autoencoder, for images whose label is not seen.
 * Kingma, Rezende, Mohamed and Welling 2014 (arXiv:1406.5298), model M2.
 */
import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from '../maths/distributions.ts';
import { klCat, klNormal } from '../maths/divergences.ts';
import { logBernoulliWithLogits } from '../maths/likelihoods.ts';
import { duplicate } from '../maths/reduce.ts';
import type { NegativeSsvaeElbo, Ssvae } from './interfaces.ts';

/**
 * -ELBO(x) = KL(q(y|x) || p(y)) + sum_y q(y|x) [ KL(q(z|x,y) || p(z)) - log p(x|z_y, y) ],
 * averaged over the batch, with one z_y ~ q(z|x,y) for every label. Section 3.1.2, equation 7: the
 * sum over labels is exact, so the classifier gets its gradient through the weights q(y|x).
 *
 * x [batch, pixels] -> scalars
 */
export function ssvaeNegativeElbo(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const [batch = 1] = x.shape;
  const { labels } = model;

  const logQ = tf.logSoftmax(model.classify(x)); // log q(y|x) [batch, labels]
  const q = tf.exp(logQ); // q(y|x) [batch, labels]
  const logP = tf.scalar(-Math.log(labels)); // log p(y) = log(1 / labels), whatever the label

  // Every image with every label: row y * batch + b is image b under label y.
  const images = duplicate(x, labels); // [labels * batch, pixels]
  const oneHot = everyLabel(labels, batch); // [labels * batch, labels]
  const { mean, variance } = model.encode(images, oneHot); // q(z|x,y) [labels * batch, z]
  const z = sampleGaussian(mean, variance); // [labels * batch, z]
  const logits = model.decode(z, oneHot); // [labels * batch, pixels]

  const klEach = klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance));
  const recEach = tf.neg(logBernoulliWithLogits(images, logits)); // -log p(x|z_y, y)

  const klY = tf.mean(klCat(q, logQ, logP));
  const klZ = tf.mean(expectationOverLabels(q, klEach));
  const rec = tf.mean(expectationOverLabels(q, recEach));
  return { nelbo: tf.add(tf.add(klY, klZ), rec), klZ, klY, rec };
}

/** [labels * batch, labels]: `batch` rows of label 0, then `batch` rows of label 1, and so on */
function everyLabel(labels: number, batch: number): tf.Tensor {
  const rows = tf.mul(tf.expandDims(tf.eye(labels), 1), tf.ones([1, batch, 1]));
  return tf.reshape(rows, [labels * batch, labels]);
}

/** sum_y q(y|x) f(x, y): q [batch, labels], f [labels * batch] label by label -> [batch] */
function expectationOverLabels(q: tf.Tensor, f: tf.Tensor): tf.Tensor {
  const byLabel = tf.reshape(f, [-1, q.shape[0] ?? 1]); // [labels, batch]
  return tf.sum(tf.mul(q, tf.transpose(byLabel)), -1);
}
