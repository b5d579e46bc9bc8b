/** Log-likelihoods of observations given what a decoder returns. */
import * as tf from '@tensorflow/tfjs';

/**
 * log Bern(x | sigmoid(logits)), the last axis summed; the arguments broadcast.
 * In the handout: `log_bernoulli_with_logits`.
 *
 * x (0 or 1) and logits [..., pixels] -> [...]
 */
export function logBernoulliWithLogits(x: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  // x log s(l) + (1 - x) log(1 - s(l)) = x l - log(1 + exp(l)), with s the sigmoid.
  // softplus(l) = max(l, 0) + log1p(exp(-|l|)) stays finite at any logit, its gradient is s(l).
  return tf.sum(tf.sub(tf.mul(x, logits), tf.softplus(logits)), -1);
}
