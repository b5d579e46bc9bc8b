import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import type { Fsvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Fsvae, x: tf.Tensor, y: tf.Tensor): NegativeElbo {
  const batch = x.shape[0] ?? 1;
  const rows = (all: tf.Tensor): tf.Tensor[] => tf.split(all, batch, 0);
  const q = model.encode(x, y);
  const variances = rows(q.variance);
  const z = tf.concat(rows(q.mean).map((mean, row) => sampleGaussian(mean, variances[row]!)), 0);
  const images = rows(x);
  const each = rows(model.decode(z, y)).map((decoded, row) => logNormal(images[row]!, decoded, tf.scalar(0.1)));
  const rec = tf.neg(tf.mean(tf.concat(each)));
  const kl = tf.mean(klNormal(q.mean, q.variance, tf.zerosLike(q.mean), tf.onesLike(q.mean)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
