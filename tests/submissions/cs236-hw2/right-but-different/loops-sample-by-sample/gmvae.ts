import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { logMeanExp } from './given/reduce.ts';
import type { Gmvae, NegativeIwae } from './given/interfaces.ts';

export function negativeIwaeBound(model: Gmvae, x: tf.Tensor, m: number): NegativeIwae {
  const { mean, variance } = model.encode(x);
  const kls: tf.Tensor[] = [];
  const recs: tf.Tensor[] = [];
  for (let i = 0; i < m; i += 1) {
    const z = sampleGaussian(mean, variance);
    kls.push(logNormal(z, mean, variance).sub(logNormalMixture(z, model.prior.means, model.prior.variances)));
    recs.push(logBernoulliWithLogits(x, model.decode(z)).neg());
  }
  const kl = tf.stack(kls);
  const rec = tf.stack(recs);
  return { niwae: logMeanExp(kl.add(rec).neg(), 0).mean().neg(), kl: kl.mean(), rec: rec.mean() };
}
