import * as tf from '@tensorflow/tfjs';

// rec = sum max(l, 0) - l x + log(1 + exp(-|l|))
const crossEntropy = (x: tf.Tensor, l: tf.Tensor): tf.Tensor =>
  tf.sum(tf.add(tf.sub(tf.relu(l), tf.mul(l, x)), tf.log1p(tf.exp(tf.neg(tf.abs(l))))), -1);

export function negativeElboBound(model: any, x: tf.Tensor) {
  const q = model.encode(x);
  const z = tf.add(q.mean, tf.mul(tf.randomNormal(q.mean.shape), tf.sqrt(q.variance)));
  const kl = tf.mean(tf.mul(0.5, tf.sum(tf.sub(tf.add(tf.square(q.mean), q.variance), tf.add(tf.log(q.variance), 1)), 1)));
  const rec = tf.mean(crossEntropy(x, model.decode(z)));
  return { nelbo: tf.add(kl, rec), kl, rec };
}

export function negativeIwaeBound(model: any, x: tf.Tensor, m: number) {
  const [batch = 1, pixels = 1] = x.shape;
  const q = model.encode(x);
  const width = q.mean.shape[1];
  const epsilon = tf.randomNormal([m, batch, width]);
  const z = tf.add(q.mean, tf.mul(epsilon, tf.sqrt(q.variance))); // [m, batch, z] by broadcasting
  const logits = tf.reshape(model.decode(tf.reshape(z, [m * batch, width])), [m, batch, pixels]);
  // log q(z|x) - log p(z): the constants cancel
  const kl = tf.mul(0.5, tf.sum(tf.sub(tf.square(z), tf.add(tf.square(epsilon), tf.log(q.variance))), 2));
  const rec = crossEntropy(x, logits);
  const logWeights = tf.neg(tf.add(kl, rec));
  const bounds = tf.sub(tf.logSumExp(logWeights, 0), Math.log(m));
  return { niwae: tf.neg(tf.mean(bounds)), kl: tf.mean(kl), rec: tf.mean(rec) };
}
