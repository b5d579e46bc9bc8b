import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { duplicate, logMeanExp } from './given/reduce.ts';
import type { NegativeElbo, NegativeIwae, Vae } from './given/interfaces.ts';

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
  const rec = tf.neg(tf.mean(logBernoulliWithLogits(x, tf.tensor(model.decode(z).arraySync() as number[][]))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}

export function negativeIwaeBound(model: Vae, x: tf.Tensor, m: number): NegativeIwae {
  const q = model.encode(x);
  const mean = duplicate(q.mean, m);
  const variance = duplicate(q.variance, m);
  const z = sampleGaussian(mean, variance);
  const kl = tf.sub(logNormal(z, mean, variance), logNormal(z, tf.zerosLike(z), tf.onesLike(z)));
  const rec = tf.neg(logBernoulliWithLogits(duplicate(x, m), model.decode(z)));
  const logWeights = tf.reshape(tf.neg(tf.add(kl, rec)), [m, -1]);
  return { niwae: tf.neg(tf.mean(logMeanExp(logWeights, 0))), kl: tf.mean(kl), rec: tf.mean(rec) };
}
