import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import type { Fsvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Fsvae, x: tf.Tensor, y: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x, y);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const rec = tf.neg(tf.mean(logNormal(x, model.decode(z, y), tf.scalar(1 / 10))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
