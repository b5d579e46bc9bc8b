import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import type { Fsvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Fsvae, x: tf.Tensor, y: tf.Tensor): NegativeElbo {
  const batch = x.shape[0] ?? 1;
  const kls: tf.Tensor[] = [];
  const recs: tf.Tensor[] = [];
  for (let row = 0; row < batch; row += 1) {
    const image = tf.slice(x, [row, 0], [1, -1]);
    const label = tf.slice(y, [row, 0], [1, -1]);
    const { mean, variance } = model.encode(image, label);
    const decoded = model.decode(sampleGaussian(mean, variance), label);
    kls.push(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean)));
    recs.push(tf.neg(logNormal(image, decoded, tf.fill(decoded.shape, 0.1))));
  }
  const kl = tf.mean(tf.concat(kls));
  const rec = tf.mean(tf.concat(recs));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
