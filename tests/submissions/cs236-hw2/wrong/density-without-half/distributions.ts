import * as tf from '@tensorflow/tfjs';
import { logMeanExp } from './given/reduce.ts';

export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const epsilon = tf.randomNormal(mean.shape);
  return tf.add(mean, tf.mul(tf.sqrt(variance), epsilon));
}

export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const each = tf.add(tf.log(tf.mul(2 * Math.PI, variance)), tf.div(tf.square(tf.sub(x, mean)), variance));
  return tf.neg(tf.sum(each, -1));
}

export function logNormalMixture(z: tf.Tensor, means: tf.Tensor, variances: tf.Tensor): tf.Tensor {
  return logMeanExp(logNormal(tf.expandDims(z, 1), means, variances), 1);
}
