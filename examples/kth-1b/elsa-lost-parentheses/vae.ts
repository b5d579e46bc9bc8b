/**
 * The two functions of section 2 that the notebook `1B-VAE` leaves open. Encoder and decoder are given there: 784 pixels,
 * two hidden layers of 400 with LeakyReLU(0.2), 200 latent dimensions; the encoder returns a mean and a log variance, the
 * decoder probabilities.
 */
import * as tf from '@tensorflow/tfjs';

/**
 * Q3.1, `reparameterization`: a sample z of N(mean, diag(variance)) for every entry, so that gradients reach both.
 * Draw the noise with tf.randomNormal; every entry needs noise of its own.
 *
 * mean, variance [batch, z] -> [batch, z]
 */
export function reparameterization(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const epsilon = tf.randomNormal(mean.shape);
  return mean.add(variance.sqrt().mul(epsilon));
}

/**
 * Q5.3, `loss_function`: the negative ELBO, summed over the batch as the notebook does (not averaged).
 * Pixels were rounded to 0 or 1; theta are probabilities, so no sigmoid is needed; `logVariance` is a logarithm.
 * A small constant inside a log, as 1e-8, is welcome and changes nothing.
 *
 * x, theta [batch, pixels], mean, logVariance [batch, z] -> scalar
 */
export function lossFunction(x: tf.Tensor, theta: tf.Tensor, mean: tf.Tensor, logVariance: tf.Tensor): tf.Tensor {
  const rec = x.mul(theta.log()).add(tf.sub(1, x).mul(tf.sub(1, theta).log()));
  // KL as at the end of section 2.2
  const kl = logVariance.sum(1).mul(-0.5).add(1).sub(logVariance.exp().add(mean.square()).sum(1));
  return kl.sum().sub(rec.sum());
}
