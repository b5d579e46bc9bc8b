/**
 * Categorical variables, drawn and relaxed. Jang, Gu and Poole 2017, Categorical Reparameterization with
 * Gumbel-Softmax (arXiv:1611.01144); Maddison, Mnih and Teh 2017 (arXiv:1611.00712).
 */
import * as tf from '@tensorflow/tfjs';

/**
 * n labels with probabilities a, by the inverse of the distribution function: label i where u lies between the
 * sums of the probabilities before it and up to it.
 *
 * a [k], sums to 1 -> [n], whole numbers
 */
export function categoricalSample(a: tf.Tensor, n: number): tf.Tensor {
  const u = tf.randomUniform([n, 1]);
  const passed = tf.greaterEqual(u, tf.expandDims(tf.cumsum(a), 0)); // [n, k]
  // Rounding can leave the last sum below 1, and no label comes after the last.
  return tf.cast(tf.minimum(tf.sum(tf.cast(passed, 'int32'), 1), a.size - 1), 'int32');
}

/**
 * n rows of y = softmax((log a + g) / temp) with g Gumbel noise, equation 2 of Jang et al. Gradients reach a; as
 * temp goes to 0 the rows become one-hot and i is the largest with probability a_i. `eps` keeps log a finite
 * where a probability is 0.
 *
 * a [k] -> [n, k], rows sum to 1
 */
export function gumbelSoftmaxSample(a: tf.Tensor, n: number, temp: number, eps: number): tf.Tensor {
  const u = tf.randomUniform([n, a.size]); // free of the parameters
  const gumbel = tf.neg(tf.log(tf.neg(tf.log(u)))); // the inverse of exp(-exp(-g))
  const logits = tf.add(tf.log(tf.add(a, eps)), gumbel);
  return tf.softmax(tf.div(logits, temp), 1);
}

/**
 * The class of each relaxed row, for evaluation: no gradient passes an argmax.
 *
 * y [n, k] -> [n], whole numbers
 */
export function largestOfEachRow(y: tf.Tensor): tf.Tensor {
  return tf.argMax(y, 1);
}

/** The same as rows of 0 and a single 1: y [n, k] -> [n, k] */
export function oneHotOfEachRow(y: tf.Tensor): tf.Tensor {
  return tf.oneHot(largestOfEachRow(y) as tf.Tensor1D, y.shape[1] ?? 0);
}
