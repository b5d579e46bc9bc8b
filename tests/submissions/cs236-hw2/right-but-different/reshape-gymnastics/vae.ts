import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { NegativeElbo, NegativeIwae, Vae } from './given/interfaces.ts';

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const kl = klNormal(mean, variance, tf.zeros([1]), tf.ones([1])).mean(0, true);
  const rec = logBernoulliWithLogits(x, model.decode(z)).neg().mean(0, true);
  return { nelbo: kl.add(rec), kl, rec };
}

export function negativeIwaeBound(model: Vae, x: tf.Tensor, m: number): NegativeIwae {
  const batch = x.shape[0] ?? 1;
  const order = tf.tensor1d(Array.from({ length: m * batch }, (_, row) => row % batch), 'int32');
  const images = tf.gather(x, order);
  const { mean, variance } = model.encode(images);
  const z = sampleGaussian(mean, variance);
  const kl = logNormal(z, mean, variance).sub(logNormal(z, tf.zeros([1]), tf.ones(z.shape)));
  const rec = logBernoulliWithLogits(images, model.decode(z)).neg();
  const columns = kl.add(rec).reshape([m, batch]).transpose().neg(); // [batch, m]
  const largest = tf.max(columns, 1, true);
  const bounds = tf.log(tf.mean(tf.exp(tf.sub(columns, largest)), 1, true)).add(largest);
  return { niwae: bounds.mean().neg().reshape([1]), kl: kl.mean(), rec: rec.mean() };
}
