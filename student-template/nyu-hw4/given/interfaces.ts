/**
 * What a model offers and what a loss returns. A batch is the first axis of every tensor; images are
 * [batch, height, width, 1] with pixels from 0 to 1.
 */
import type * as tf from '@tensorflow/tfjs';

/** The number of classes c: the digits 0 to 9. */
export const CLASSES = 10;

/** The most weights that a network may have. */
export const MOST_PARAMETERS = 1_000_000;

/** A diagonal Gaussian for every row of a batch, by its mean and the logarithm of its variance. */
export interface Gaussian {
  readonly mean: tf.Tensor; // [batch, latent]
  readonly logVariance: tf.Tensor; // [batch, latent]
}

/** p(z) = N(0, I), p(x|z) = Bern(sigmoid(decode(z))), q(z|x) = encode(x). */
export interface ConvVae {
  /** images [batch, height, width, 1] -> the parameters of q(z|x) */
  encode(images: tf.Tensor): Gaussian;
  /** z [batch, latent] -> logits of the pixels [batch, height, width, 1] */
  decode(z: tf.Tensor): tf.Tensor;
}

/** p(z) = N(0, I) whatever the class, p(x|z,c) = Bern(sigmoid(decode(z, c))), q(z|x,c) = encode(x, c). */
export interface ConditionalVae {
  /** images [batch, height, width, 1], c [batch, 10] one-hot -> the parameters of q(z|x,c) */
  encode(images: tf.Tensor, c: tf.Tensor): Gaussian;
  /** z [batch, latent], c [batch, 10] one-hot -> logits of the pixels [batch, height, width, 1] */
  decode(z: tf.Tensor, c: tf.Tensor): tf.Tensor;
}

/** Scalars: summed over pixels or latent dimensions, averaged over the batch; nelbo = kl + rec. */
export interface NegativeElbo {
  readonly nelbo: tf.Tensor;
  /** KL(q(z|x) || p(z)) */
  readonly kl: tf.Tensor;
  /** -log p(x|z) at the sample */
  readonly rec: tf.Tensor;
}
