/** What an estimator of the ELBO's gradient is given, and its parts. */
import type * as tf from '@tensorflow/tfjs';

/** q(z) = N(mean, diag(exp(2 logDeviation))); phi is the mean, then the log deviation. */
export interface GaussianParameters {
  readonly mean: tf.Tensor; // [d]
  readonly logDeviation: tf.Tensor; // [d]
}

/** p(z|x) = N(mean, diag(variance)), known here so that there is something to compare with. */
export interface GaussianPosterior {
  readonly mean: tf.Tensor; // [d]
  readonly variance: tf.Tensor; // [d]
}

/** Each [n, 2 d], a row a sample: d entries for the mean, then d for the log deviation. */
export interface GradientParts {
  readonly total: tf.Tensor;
  readonly path: tf.Tensor;
  readonly score: tf.Tensor;
}
