/**
 * What a model offers and what a bound returns. The grader brings the networks; a bound only calls
 * them. A batch is the first axis of every tensor, and networks take and return two axes.
 */
import type * as tf from '@tensorflow/tfjs';

/** A diagonal Gaussian for every row of a batch. Variances: not deviations, not logarithms. */
export interface Gaussian {
  readonly mean: tf.Tensor; // [batch, z]
  readonly variance: tf.Tensor; // [batch, z], positive
}

/** p(z) = N(0, I), p(x|z) = Bern(sigmoid(decode(z))), q(z|x) = encode(x). */
export interface Vae {
  /** x [batch, pixels] -> the parameters of q(z|x) */
  encode(x: tf.Tensor): Gaussian;
  /** z [batch, z] -> logits of the pixels [batch, pixels] */
  decode(z: tf.Tensor): tf.Tensor;
}

/** A VAE whose prior is a mixture: p(z) = 1/k sum_i N(means_i, diag(variances_i)). */
export interface Gmvae extends Vae {
  readonly prior: {
    readonly means: tf.Tensor; // [1, k, z]
    readonly variances: tf.Tensor; // [1, k, z]
  };
}

/** p(y) uniform, p(z) = N(0, I), p(x|z,y) = Bern; q(y|x) and q(z|x,y). Labels are one-hot rows. */
export interface Ssvae {
  readonly labels: number;
  /** x [batch, pixels] -> logits of q(y|x) [batch, labels] */
  classify(x: tf.Tensor): tf.Tensor;
  /** x [batch, pixels], y [batch, labels] -> the parameters of q(z|x,y) */
  encode(x: tf.Tensor, y: tf.Tensor): Gaussian;
  /** z [batch, z], y [batch, labels] -> logits of the pixels [batch, pixels] */
  decode(z: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

/** The label is always seen: p(z) = N(0, I), p(x|z,y) = N(decode(z, y), fixed variance). */
export interface Fsvae {
  /** x [batch, pixels], y [batch, labels] one-hot -> the parameters of q(z|x,y) */
  encode(x: tf.Tensor, y: tf.Tensor): Gaussian;
  /** z [batch, z], y [batch, labels] one-hot -> the mean of x [batch, pixels], not logits */
  decode(z: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

/** Scalars, each averaged over the batch. */
export interface NegativeElbo {
  readonly nelbo: tf.Tensor;
  readonly kl: tf.Tensor;
  readonly rec: tf.Tensor;
}

/** Scalars, each averaged over the batch; kl and rec over the m samples as well. */
export interface NegativeIwae {
  readonly niwae: tf.Tensor;
  readonly kl: tf.Tensor;
  readonly rec: tf.Tensor;
}

/** Scalars, each averaged over the batch. */
export interface NegativeSsvaeElbo {
  readonly nelbo: tf.Tensor;
  readonly klZ: tf.Tensor;
  readonly klY: tf.Tensor;
  readonly rec: tf.Tensor;
}
