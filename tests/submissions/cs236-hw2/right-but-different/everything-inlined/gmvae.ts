import * as tf from '@tensorflow/tfjs';

const logDensity = (z: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor =>
  tf.mul(-0.5, tf.sum(tf.add(tf.add(tf.log(variance), tf.div(tf.square(tf.sub(z, mean)), variance)), Math.log(2 * Math.PI)), -1));

const logPrior = (z: tf.Tensor, prior: any): tf.Tensor =>
  tf.sub(tf.logSumExp(logDensity(tf.expandDims(z, 1), prior.means, prior.variances), -1), Math.log(prior.means.shape[1]));

// log sigmoid(l) = -softplus(-l)
const logLikelihood = (x: tf.Tensor, l: tf.Tensor): tf.Tensor =>
  tf.sum(tf.add(tf.mul(x, tf.logSigmoid(l)), tf.mul(tf.sub(1, x), tf.logSigmoid(tf.neg(l)))), -1);

export function negativeElboBound(model: any, x: tf.Tensor) {
  const { mean, variance } = model.encode(x);
  const z = tf.add(mean, tf.mul(tf.sqrt(variance), tf.randomNormal(mean.shape)));
  const kl = tf.mean(tf.sub(logDensity(z, mean, variance), logPrior(z, model.prior)));
  const rec = tf.neg(tf.mean(logLikelihood(x, model.decode(z))));
  return { nelbo: tf.add(kl, rec), kl, rec };
}

export function negativeIwaeBound(model: any, x: tf.Tensor, m: number) {
  const batch = x.shape[0] ?? 1;
  const images = tf.tile(x, [m, 1]);
  const { mean, variance } = model.encode(images);
  const z = tf.add(mean, tf.mul(tf.sqrt(variance), tf.randomNormal(mean.shape)));
  const logWeights = tf.add(tf.sub(logPrior(z, model.prior), logDensity(z, mean, variance)), logLikelihood(images, model.decode(z)));
  const bounds = tf.sub(tf.logSumExp(tf.reshape(logWeights, [m, batch]), 0), Math.log(m));
  // What kl and rec of this function are is left open: zeros here.
  return { niwae: tf.neg(tf.mean(bounds)), kl: tf.scalar(0), rec: tf.scalar(0) };
}
