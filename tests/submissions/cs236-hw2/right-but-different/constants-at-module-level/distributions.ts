import * as tf from '@tensorflow/tfjs';

const HALF = tf.scalar(0.5);
export const LOG_TWO_PI = tf.log(tf.scalar(2 * Math.PI));

export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  return tf.add(mean, tf.mul(tf.pow(variance, HALF), tf.randomNormal(mean.shape)));
}

export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const terms = tf.add(tf.add(tf.log(variance), LOG_TWO_PI), tf.div(tf.square(tf.sub(x, mean)), variance));
  return tf.neg(tf.mul(HALF, tf.sum(terms, -1)));
}
