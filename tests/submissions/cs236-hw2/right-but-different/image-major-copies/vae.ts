import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { logMeanExp } from './given/reduce.ts';
import type { NegativeIwae, Vae } from './given/interfaces.ts';

export function interleave(x: tf.Tensor, m: number): tf.Tensor {
  const [batch = 1, width = 1] = x.shape;
  return tf.reshape(tf.tile(tf.expandDims(x, 1), [1, m, 1]), [batch * m, width]);
}

export function negativeIwaeBound(model: Vae, x: tf.Tensor, m: number): NegativeIwae {
  const { mean, variance } = model.encode(interleave(x, m));
  const z = sampleGaussian(mean, variance);
  const kl = logNormal(z, mean, variance).sub(logNormal(z, tf.zerosLike(z), tf.onesLike(z)));
  const rec = logBernoulliWithLogits(interleave(x, m), model.decode(z)).neg();
  const weights = kl.add(rec).neg().reshape([-1, m]);
  return { niwae: logMeanExp(weights, 1).mean().neg(), kl: kl.mean(), rec: rec.mean() };
}
