import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { Gmvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const batch = x.shape[0] ?? 1;
  let kl: tf.Tensor = tf.scalar(0);
  let rec: tf.Tensor = tf.scalar(0);
  for (let row = 0; row < batch; row += 1) {
    const image = tf.slice(x, [row, 0], [1, -1]);
    const { mean, variance } = model.encode(image);
    const z = sampleGaussian(mean, variance);
    kl = tf.add(kl, tf.sub(logNormal(z, mean, variance), logNormalMixture(z, model.prior.means, model.prior.variances)));
    rec = tf.sub(rec, logBernoulliWithLogits(image, model.decode(z)));
  }
  kl = tf.div(tf.squeeze(kl), batch);
  rec = tf.div(tf.squeeze(rec), batch);
  return { nelbo: tf.add(kl, rec), kl, rec };
}
