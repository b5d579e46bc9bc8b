import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import type { Fsvae, NegativeElbo } from './given/interfaces.ts';

const decoderVariance = tf.scalar(1 / 10);
const zero = tf.scalar(0);
const one = tf.scalar(1);

export function negativeElboBound(model: Fsvae, x: tf.Tensor, y: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x, y);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(klNormal(mean, variance, zero, one));
  const rec = tf.neg(tf.mean(logNormal(x, model.decode(z, y), decoderVariance)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
