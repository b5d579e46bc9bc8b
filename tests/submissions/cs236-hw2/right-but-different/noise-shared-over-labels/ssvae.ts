import * as tf from '@tensorflow/tfjs';
import { klCat, klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { NegativeSsvaeElbo, Ssvae } from './given/interfaces.ts';

export function negativeElboBound(model: Ssvae, x: tf.Tensor): NegativeSsvaeElbo {
  const batch = x.shape[0] ?? 1;
  const logQ = tf.logSoftmax(model.classify(x));
  const q = tf.unstack(tf.exp(logQ), 1);
  let noise: tf.Tensor | null = null;
  const kls: tf.Tensor[] = [];
  const recs: tf.Tensor[] = [];
  q.forEach((weight, label) => {
    const y = tf.oneHot(tf.fill([batch], label, 'int32'), model.labels);
    const { mean, variance } = model.encode(x, y);
    noise ??= tf.randomNormal(mean.shape);
    const z = mean.add(variance.sqrt().mul(noise));
    kls.push(weight.mul(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean))));
    recs.push(weight.mul(logBernoulliWithLogits(x, model.decode(z, y))).neg());
  });
  const klZ = tf.addN(kls).mean();
  const rec = tf.addN(recs).mean();
  const klY = klCat(tf.exp(logQ), logQ, tf.scalar(-Math.log(model.labels))).mean();
  return { nelbo: klY.add(klZ).add(rec), klZ, klY, rec };
}
