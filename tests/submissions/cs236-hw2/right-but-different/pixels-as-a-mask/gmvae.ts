import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import type { Gmvae, NegativeElbo } from './given/interfaces.ts';

export function negativeElboBound(model: Gmvae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  // 1 - 2 x is the sign of what counts against a pixel.
  const sign = tf.tensor2d(x.arraySync() as number[][]).mul(-2).add(1);
  const rec = tf.softplus(sign.mul(model.decode(z))).sum(1).mean();
  const kl = logNormal(z, mean, variance).sub(logNormalMixture(z, model.prior.means, model.prior.variances)).mean();
  return { nelbo: kl.add(rec), kl, rec };
}
