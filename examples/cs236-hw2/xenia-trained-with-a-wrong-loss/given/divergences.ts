/** Kullback-Leibler divergences with a closed form. */
import * as tf from '@tensorflow/tfjs';

/**
 * KL( N(qMean, diag(qVariance)) || N(pMean, diag(pVariance)) ), the last axis summed; the
 * arguments broadcast. Kingma and Welling 2014 (arXiv:1312.6114), appendix B, for any diagonal p.
 * In the handout: `kl_normal`.
 *
 * four tensors [..., z] -> [...]
 */
export function klNormal(
  qMean: tf.Tensor,
  qVariance: tf.Tensor,
  pMean: tf.Tensor,
  pVariance: tf.Tensor,
): tf.Tensor {
  // KL = 1/2 sum_d [ log(vp / vq) + vq / vp + (mq - mp)^2 / vp - 1 ]
  const logRatio = tf.sub(tf.log(pVariance), tf.log(qVariance));
  const ratio = tf.div(qVariance, pVariance);
  const distance = tf.div(tf.square(tf.sub(qMean, pMean)), pVariance);
  return tf.mul(0.5, tf.sum(tf.sub(tf.add(tf.add(logRatio, ratio), distance), 1), -1));
}

/**
 * KL( Cat(q) || Cat(p) ), the last axis summed; the arguments broadcast. Takes the probabilities of q, then the
 * log-probabilities of q, then the log-probabilities of p: whoever has logits gets all three from
 * tf.softmax and tf.logSoftmax without ever taking the logarithm of a probability that is 0.
 * Cover and Thomas 2006, equation 2.26. In the handout: `kl_cat`.
 *
 * q, logQ, logP [..., labels] -> [...]
 */
export function klCat(q: tf.Tensor, logQ: tf.Tensor, logP: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(q, tf.sub(logQ, logP)), -1); // sum_y q_y (log q_y - log p_y)
}
