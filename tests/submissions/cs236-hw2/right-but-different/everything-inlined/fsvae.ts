import * as tf from '@tensorflow/tfjs';

export function negativeElboBound(model: any, x: tf.Tensor, y: tf.Tensor) {
  const { mean, variance } = model.encode(x, y);
  const z = tf.add(mean, tf.mul(tf.sqrt(variance), tf.randomNormal(mean.shape)));
  const pixels = x.shape[1] ?? 1;
  const squares = tf.sum(tf.square(tf.sub(x, model.decode(z, y))), 1);
  const rec = tf.mean(tf.add(tf.mul(5, squares), (pixels / 2) * Math.log((2 * Math.PI) / 10)));
  const kl = tf.mean(tf.mul(0.5, tf.sum(tf.sub(tf.sub(tf.add(tf.square(mean), variance), tf.log(variance)), 1), 1)));
  return { nelbo: tf.add(rec, kl), kl, rec };
}
