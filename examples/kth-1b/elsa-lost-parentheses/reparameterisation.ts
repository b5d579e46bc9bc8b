/**
 * The functions of section 4, which the notebook `1B-Reparameterization` leaves open. Samples are a vector [n] or a column
 * [n, 1], as you like: the notebook asks for the one and returns the other.
 */
import * as tf from '@tensorflow/tfjs';

/**
 * Q1, `exp_sampler`: n draws of the exponential law with rate lambda, in any way. No gradient is asked for.
 *
 * lambda scalar -> [n] or [n, 1]
 */
export function expSampler(lambda: tf.Scalar, n: number): tf.Tensor {
  return tf.randomUniform([n]).log().neg().div(lambda);
}

/**
 * Q1, `inv_cdf_exp`: the inverse of F(x) = 1 - exp(-lambda x) at every entry of `samples`.
 *
 * lambda scalar, samples [n] in (0, 1) -> [n]
 */
export function invCdfExp(lambda: tf.Scalar, samples: tf.Tensor): tf.Tensor {
  return tf.sub(1, samples).log().neg().div(lambda);
}

/**
 * Q1, `exp_reparametrize`: n draws by the inverse at uniform noise, so that gradients reach lambda.
 * Draw the noise with tf.randomUniform.
 *
 * lambda scalar -> [n] or [n, 1]
 */
export function expReparametrize(lambda: tf.Scalar, n: number): tf.Tensor {
  return invCdfExp(lambda, tf.randomUniform([n]));
}

/**
 * Q2, `categorical_sampler`: n labels 0, 1, ... with probabilities a, in any way (tf.multinomial is one).
 *
 * a [k], sums to 1 -> [n] or [n, 1]
 */
export function categoricalSampler(a: tf.Tensor1D, n: number): tf.Tensor {
  return tf.multinomial(a, n, undefined, true);
}

/**
 * Q2, `categorical_reparametrize`: n rows of the Gumbel-softmax with temperature `temp`, so that gradients reach a.
 * Gumbel noise is -log(-log(u)) of uniform noise u, which tf.randomUniform draws. `eps` keeps log a finite where a is 0.
 *
 * a [k], sums to 1 -> [n, k], rows sum to 1
 */
export function categoricalReparametrize(a: tf.Tensor1D, n: number, temp = 0.1, eps = 1e-20): tf.Tensor {
  const gumbel = tf.randomUniform([n, a.size]).log().neg().log().neg();
  return tf.softmax(a.add(eps).log().add(gumbel).div(temp), 1);
}

/**
 * Section 4.2.2: the class of each relaxed row, for evaluation. Labels, as the notebook makes them, and one-hot rows, as the
 * report writes them, are equally good.
 *
 * y [n, k] -> [n], [n, 1] or one-hot [n, k]
 */
export function evaluateCategorical(y: tf.Tensor): tf.Tensor {
  return tf.argMax(y, 1);
}
