import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { NegativeElbo, Vae } from './given/interfaces.ts';

const priorMean = tf.zeros([1]);
const priorVariance = tf.ones([1]);

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(klNormal(mean, variance, priorMean, priorVariance));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
