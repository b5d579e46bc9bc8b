/** The likelihood of pixels where a decoder returns probabilities; for logits see likelihoods.ts. */
import * as tf from '@tensorflow/tfjs';

/** What keeps log(0) away; the handout's. */
const SMALL = 1e-8;

/**
 * log Bern(x | theta), the last axis summed. In float32 theta + 1e-8 is theta unless that is tiny: the constant
 * keeps log(theta) finite at 0, and does nothing for log(1 - theta) at 1 beyond that.
 *
 * x (0 or 1) and theta [..., pixels] -> [...]
 */
export function logBernoulli(x: tf.Tensor, theta: tf.Tensor): tf.Tensor {
  const on = tf.mul(x, tf.log(tf.add(theta, SMALL))); // x log theta
  const off = tf.mul(tf.sub(1, x), tf.log(tf.add(tf.sub(1, theta), SMALL))); // (1 - x) log(1 - theta)
  return tf.sum(tf.add(on, off), -1);
}
