/**
 * One-sample gradients of the ELBO with respect to the parameters of q, taken apart.
 * Roeder, Wu and Duvenaud 2017, Sticking the Landing (arXiv:1703.09194), equation 7.
 */
import * as tf from '@tensorflow/tfjs';
import type { GaussianParameters, GaussianPosterior, GradientParts } from './gradient-parts.ts';

/**
 * The gradient of log p(z|x) + log p(x) - log q(z) at z = t(epsilon, phi) = mean + deviation * epsilon:
 *
 *   total = path - score
 *   path  = grad_z [log p(z|x) - log q(z)] * grad_phi t(epsilon, phi)
 *   score = grad_phi log q(z), with z held
 *
 * epsilon [n, d] -> three of [n, 2 d]
 */
export function gradientParts(q: GaussianParameters, posterior: GaussianPosterior, epsilon: tf.Tensor): GradientParts {
  const deviation = tf.exp(q.logDeviation); // [d]
  const z = tf.add(q.mean, tf.mul(deviation, epsilon)); // [n, d]

  // grad_z log p(z|x) = -(z - m) / v and grad_z log q(z) = -epsilon / deviation
  const ofPosterior = tf.neg(tf.div(tf.sub(z, posterior.mean), posterior.variance));
  const alongZ = tf.add(ofPosterior, tf.div(epsilon, deviation)); // where q is the posterior, 0 at every z
  // dz / d mean = 1 and dz / d log deviation = deviation * epsilon
  const path = tf.concat([alongZ, tf.mul(alongZ, tf.mul(deviation, epsilon))], 1);

  // log q(z) = -1/2 sum log(2 pi) + 2 logDeviation + ((z - mean) / deviation)^2
  const score = tf.concat([tf.div(epsilon, deviation), tf.sub(tf.square(epsilon), 1)], 1);
  return { total: tf.sub(path, score), path, score };
}
