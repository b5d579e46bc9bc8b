import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { NegativeElbo, Vae } from './given/interfaces.ts';

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const squares = tf.einsum('bz,bz->b', mean, mean);
  const kl = tf.mean(tf.mul(0.5, tf.add(squares, tf.sum(tf.sub(tf.sub(variance, tf.log(variance)), 1), 1))));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
