import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import type { NegativeElbo, Vae } from './given/interfaces.ts';

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const logits = model.decode(sampleGaussian(mean, variance));
  const isOn = tf.equal(x, 1);
  const perPixel = tf.where(isOn, tf.softplus(tf.neg(logits)), tf.softplus(logits));
  const rec = tf.mean(tf.sum(perPixel, 1));
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
