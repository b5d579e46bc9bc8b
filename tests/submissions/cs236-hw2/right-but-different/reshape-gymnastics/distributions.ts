import * as tf from '@tensorflow/tfjs';

export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const flat = tf.randomNormal([mean.size]);
  const noise = tf.transpose(tf.reshape(flat, [...mean.shape].reverse()));
  return tf.addN([mean, tf.mul(noise, tf.sqrt(variance))]);
}

export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const ratio = tf.div(tf.square(tf.sub(x, mean)), variance);
  return tf.neg(tf.sum(tf.div(tf.add(ratio, tf.log(tf.mul(variance, 2 * Math.PI))), 2), -1));
}
