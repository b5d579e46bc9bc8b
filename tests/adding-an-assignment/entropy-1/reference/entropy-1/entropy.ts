/** The entropy of a coin, by its logit. */
import * as tf from '@tensorflow/tfjs';
// stub: import { unanswered } from './given/unanswered.ts';

/**
 * H = -p log p - (1 - p) log(1 - p) with p = sigmoid(logit), in nats. Finite at logits of any size.
 *
 * logits [n] -> [n]
 */
export function bernoulliEntropy(logits: tf.Tensor): tf.Tensor {
  // solution:begin
  // -log p = softplus(-l) and -log(1 - p) = softplus(l), and their difference is l.
  return tf.sub(tf.softplus(logits), tf.mul(logits, tf.sigmoid(logits)));
  // solution:end
  // stub: return unanswered('entropy-1/entropy/bernoulli-entropy', { logits });
}
