import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { duplicate, logMeanExp } from './given/reduce.ts';
import type { NegativeElbo, NegativeIwae, Vae } from './given/interfaces.ts';

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const logits = model.decode(sampleGaussian(mean, variance));
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean)));
  const total = tf.losses.sigmoidCrossEntropy(x, logits, undefined, 0, tf.Reduction.SUM);
  const rec = total.div(x.shape[0] ?? 1);
  return { nelbo: tf.add(kl, rec), kl, rec };
}

export function negativeIwaeBound(model: Vae, x: tf.Tensor, m: number): NegativeIwae {
  const q = model.encode(x);
  const [mean, variance, images] = [duplicate(q.mean, m), duplicate(q.variance, m), duplicate(x, m)];
  const z = sampleGaussian(mean, variance);
  const rec = tf.sum(tf.losses.sigmoidCrossEntropy(images, model.decode(z), undefined, 0, tf.Reduction.NONE), 1);
  const kl = tf.sub(logNormal(z, mean, variance), logNormal(z, tf.zerosLike(z), tf.onesLike(z)));
  const bounds = logMeanExp(tf.reshape(tf.neg(tf.add(rec, kl)), [m, x.shape[0] ?? 1]), 0);
  return { niwae: tf.neg(tf.mean(bounds)), kl: tf.mean(kl), rec: tf.mean(rec) };
}
