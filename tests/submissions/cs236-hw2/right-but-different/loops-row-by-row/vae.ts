import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import { logMeanExp } from './given/reduce.ts';
import type { NegativeElbo, NegativeIwae, Vae } from './given/interfaces.ts';

function rowsOf(x: tf.Tensor): tf.Tensor[] {
  return tf.split(x, x.shape[0] ?? 1, 0);
}

function average(values: tf.Tensor[]): tf.Tensor {
  return tf.mean(tf.stack(values.map((value) => tf.reshape(value, []))));
}

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const kls: tf.Tensor[] = [];
  const recs: tf.Tensor[] = [];
  for (const image of rowsOf(x)) {
    const { mean, variance } = model.encode(image);
    const z = sampleGaussian(mean, variance);
    kls.push(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean)));
    recs.push(tf.neg(logBernoulliWithLogits(image, model.decode(z))));
  }
  const kl = average(kls);
  const rec = average(recs);
  return { nelbo: kl.add(rec), kl, rec };
}

export function negativeIwaeBound(model: Vae, x: tf.Tensor, m: number): NegativeIwae {
  const bounds: tf.Tensor[] = [];
  const kls: tf.Tensor[] = [];
  const recs: tf.Tensor[] = [];
  for (const image of rowsOf(x)) {
    const { mean, variance } = model.encode(image);
    const weights: tf.Tensor[] = [];
    for (let i = 0; i < m; i += 1) {
      const z = sampleGaussian(mean, variance);
      const kl = tf.sub(logNormal(z, mean, variance), logNormal(z, tf.scalar(0), tf.scalar(1)));
      const rec = tf.neg(logBernoulliWithLogits(image, model.decode(z)));
      kls.push(kl);
      recs.push(rec);
      weights.push(tf.neg(tf.add(kl, rec)));
    }
    bounds.push(logMeanExp(tf.concat(weights), 0));
  }
  return { niwae: tf.neg(average(bounds)), kl: average(kls), rec: average(recs) };
}
