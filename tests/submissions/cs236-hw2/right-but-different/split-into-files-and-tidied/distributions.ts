import * as tf from '@tensorflow/tfjs';
export { logNormalMixture } from './mixture.js';
import { halfLogTwoPi } from './constants';

export const sampleGaussian = (mean: tf.Tensor, variance: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    console.log('sampling', mean.shape);
    return variance.sqrt().mul(tf.randomNormal(mean.shape)).add(mean);
  });

export const logNormal = (x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor =>
  tf.tidy(() => {
    const terms = tf.add(tf.mul(0.5, tf.log(variance)), tf.div(tf.square(tf.sub(mean, x)), tf.mul(2, variance)));
    return tf.sum(tf.add(terms, halfLogTwoPi), -1).neg();
  });
