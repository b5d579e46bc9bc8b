/**
 * The log density of a mixture of Gaussians for very many points. The reference's function spells out every point
 * beside every component; here the square is expanded, so that two matrix products do the work:
 * sum_d (z - m)^2 / v = (z^2) (1 / v)^T - 2 z (m / v)^T + sum_d m^2 / v. A test holds the two against one another.
 */
import * as tf from '@tensorflow/tfjs';

/** z [rows, z], means and variances [1, k, z] -> [rows] */
export function logMixture(z: tf.Tensor2D, means: tf.Tensor, variances: tf.Tensor): tf.Tensor1D {
  const [m, v] = [tf.squeeze(means, [0]), tf.squeeze(variances, [0])]; // each [k, z]
  const [components = 1, latents = 0] = m.shape;
  const squares = tf.matMul(tf.square(z), tf.reciprocal(v), false, true); // [rows, k]
  const products = tf.matMul(z, tf.div(m, v), false, true);
  const constants = tf.add(tf.sum(tf.add(tf.div(tf.square(m), v), tf.log(v)), 1), latents * Math.log(2 * Math.PI)); // [k]
  const logDensities = tf.mul(-0.5, tf.add(tf.sub(squares, tf.mul(2, products)), constants));
  return tf.sub(tf.logSumExp(logDensities, 1), Math.log(components));
}
