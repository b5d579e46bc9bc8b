/** The exponential law by the inverse of its distribution function. Devroye 1986, section II.2. */
import * as tf from '@tensorflow/tfjs';

/**
 * F^-1(y) = -log(1 - y) / lambda, the inverse of F(x) = 1 - exp(-lambda x): gradients reach lambda, a rate.
 *
 * lambda scalar, y [...] in [0, 1) -> [...]
 */
export function inverseExponential(lambda: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.neg(tf.div(tf.log(tf.sub(1, y)), lambda)); // over lambda, not over y
}

/**
 * n draws of the exponential law with rate lambda, as a function of noise that does not depend on it.
 *
 * lambda scalar -> [n]
 */
export function exponentialSample(lambda: tf.Tensor, n: number): tf.Tensor {
  return inverseExponential(lambda, tf.randomUniform([n]));
}
