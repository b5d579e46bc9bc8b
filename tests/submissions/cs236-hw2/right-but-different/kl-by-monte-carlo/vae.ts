import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { NegativeElbo, Vae } from './given/interfaces.ts';

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(tf.sub(logNormal(z, mean, variance), logNormal(z, tf.zerosLike(z), tf.onesLike(z))));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
