import tf = require('@tensorflow/tfjs');
import { sampleGaussian } from './distributions';
import { klNormal } from './given/divergences';
import { logBernoulliWithLogits } from './given/likelihoods';

class Bound {
  nelbo: any;
  constructor(readonly kl: any, readonly rec: any) {
    this.nelbo = tf.add(kl, rec);
  }
}

export function negativeElboBound(model: any, x: any): Bound {
  return tf.tidy(() => {
    const { mean, variance } = model.encode(x);
    const z = sampleGaussian(mean, variance);
    return new Bound(
      tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(mean))),
      tf.neg(tf.mean(logBernoulliWithLogits(x, model.decode(z)))),
    ) as any;
  });
}
