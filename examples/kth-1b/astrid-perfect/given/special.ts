/** The digamma and log-gamma functions, element by element, for positive arguments; TensorFlow.js has neither. */
import * as tf from '@tensorflow/tfjs';

/** The asymptotic series below are exact to float32 from here on. */
const SHIFT = 6;

/**
 * psi(x) = d log Gamma(x) / dx for x > 0. Abramowitz and Stegun 1964, 6.3.5 and 6.3.18.
 *
 * x [...] -> [...]
 */
export function digamma(x: tf.Tensor): tf.Tensor {
  // psi(x) = psi(x + 1) - 1 / x, applied until the argument is large
  const steps = Array.from({ length: SHIFT }, (_, step) => tf.reciprocal(tf.add(x, step)));
  const large = tf.add(x, SHIFT);
  const inverse = tf.reciprocal(large);
  const squared = tf.square(inverse);
  // psi(y) = log y - 1/(2y) - 1/(12 y^2) + 1/(120 y^4) - 1/(252 y^6) + ...
  const series = tf.mul(squared, tf.sub(1 / 12, tf.mul(squared, tf.sub(1 / 120, tf.div(squared, 252)))));
  const atLarge = tf.sub(tf.sub(tf.log(large), tf.div(inverse, 2)), series);
  return tf.sub(atLarge, tf.addN(steps));
}

/**
 * log Gamma(x) for x > 0; log n! is logGamma(n + 1). Abramowitz and Stegun 1964, 6.1.15 and 6.1.41.
 *
 * x [...] -> [...]
 */
export function logGamma(x: tf.Tensor): tf.Tensor {
  // log Gamma(x) = log Gamma(x + 1) - log x, applied until the argument is large
  const steps = Array.from({ length: SHIFT }, (_, step) => tf.log(tf.add(x, step)));
  const large = tf.add(x, SHIFT);
  const inverse = tf.reciprocal(large);
  const squared = tf.square(inverse);
  // log Gamma(y) = (y - 1/2) log y - y + log(2 pi) / 2 + 1/(12 y) - 1/(360 y^3) + 1/(1260 y^5) - ...
  const series = tf.mul(inverse, tf.sub(1 / 12, tf.mul(squared, tf.sub(1 / 360, tf.div(squared, 1260)))));
  const main = tf.sub(tf.mul(tf.sub(large, 0.5), tf.log(large)), large);
  return tf.sub(tf.add(tf.add(main, 0.5 * Math.log(2 * Math.PI)), series), tf.addN(steps));
}
