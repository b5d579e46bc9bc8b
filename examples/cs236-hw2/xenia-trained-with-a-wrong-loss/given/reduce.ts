/** Averages of exponentials, and the repetition of a batch that usually precedes them. */
import * as tf from '@tensorflow/tfjs';

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/**
 * log( 1/n sum_i exp(x_i) ) over one axis of length n, without overflow or underflow.
 * In the handout: `log_mean_exp`.
 *
 * x [..., n, ...] -> [..., ...]
 */
export function logMeanExp(x: tf.Tensor, axis: number): tf.Tensor {
  // log-mean-exp(x) = c + log-mean-exp(x - c) for every c. With c = max x the largest exponent is
  // 0, so at least one term is 1 and the logarithm is finite. Clipping matters only where every
  // x_i is infinite: inf - inf would be NaN (tf.logSumExp has that fault).
  const largest = tf.max(x, axis, true);
  const shift = tf.clipByValue(largest, -LARGEST_FLOAT32, LARGEST_FLOAT32); // [..., 1, ...]
  const rest = tf.log(tf.mean(tf.exp(tf.sub(x, shift)), axis)); // [..., ...]
  return tf.add(tf.squeeze(shift, [axis]), rest);
}

/**
 * The batch repeated as a whole, `repetitions` times: row r * batch + b of the answer is row b of
 * x, for r = 0 ... repetitions - 1. In the handout: `duplicate`.
 *
 * x [batch, ...] -> [repetitions * batch, ...]
 */
export function duplicate(x: tf.Tensor, repetitions: number): tf.Tensor {
  const [batch = 1, ...rest] = x.shape;
  // Broadcasting against ones instead of tf.tile, whose gradient slices once for every repetition.
  const copies = tf.ones([repetitions, ...x.shape.map(() => 1)]); // [repetitions, 1, ...]
  return tf.reshape(tf.mul(copies, tf.expandDims(x, 0)), [repetitions * batch, ...rest]);
}
