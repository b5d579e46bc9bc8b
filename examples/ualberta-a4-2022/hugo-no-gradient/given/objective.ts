/** The function whose expectation under N(mean, diag(variance)) is differentiated; theta is (mean, variance). */
import * as tf from '@tensorflow/tfjs';

/** f_theta, for each sample: x [n, d], mean and variance [d] -> [n]. */
export type Objective = (x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor) => tf.Tensor;

/** A derivative for every entry of theta, each [d]. */
export interface GradientEstimate {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/**
 * f_theta(x) = log N(x | mean, variance) + 1/2 |x - target|^2: what variational inference minimises for the
 * density proportional to exp(-1/2 |x - target|^2). Its expectation is a KL divergence up to a constant, with
 * the gradient mean - target in the mean and (1 - 1 / variance) / 2 in the variance.
 */
export function objectiveTowards(target: tf.Tensor): Objective {
  return (x, mean, variance) => {
    const density = tf.add(tf.log(tf.mul(2 * Math.PI, variance)), tf.div(tf.square(tf.sub(x, mean)), variance));
    const distance = tf.square(tf.sub(x, target));
    return tf.mul(0.5, tf.sum(tf.sub(distance, density), -1)); // [n]
  };
}
