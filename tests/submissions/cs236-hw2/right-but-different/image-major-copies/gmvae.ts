import * as tf from '@tensorflow/tfjs';
import { logNormal, logNormalMixture, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { logMeanExp } from './given/reduce.ts';
import { interleave } from './vae.ts';
import type { Gmvae, NegativeIwae } from './given/interfaces.ts';

export function negativeIwaeBound(model: Gmvae, x: tf.Tensor, m: number): NegativeIwae {
  const { mean, variance } = model.encode(interleave(x, m));
  const z = sampleGaussian(mean, variance);
  const { means, variances } = model.prior;
  const kl = logNormal(z, mean, variance).sub(logNormalMixture(z, means, variances));
  const rec = logBernoulliWithLogits(interleave(x, m), model.decode(z)).neg();
  const weights = kl.add(rec).neg().reshape([-1, m]);
  return { niwae: logMeanExp(weights, 1).mean().neg(), kl: kl.mean(), rec: rec.mean() };
}
