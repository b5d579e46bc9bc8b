/** Section 3 on numbers: practice, worth no marks. */
import * as tf from '@tensorflow/tfjs';
import { unanswered } from './given/unanswered.ts';
import type { GaussianParameters, GaussianPosterior, GradientParts } from './given/gradient-parts.ts';

/**
 * Section 3.1: for every row of noise, the gradient of log p(z|x) + log p(x) - log q(z) at z = mean + deviation * epsilon,
 * with respect to phi (all means, then all log deviations), and its two parts:
 *
 *   total = path - score
 *   path    through z alone: grad_z [log p(z|x) - log q(z)] * grad_phi t(epsilon, phi)
 *   score   grad_phi log q(z), with z held
 *
 * By formulas or by tf.grad, as you like. (tf.grad follows a tensor into closures as well: what is held is a tf.clone of it,
 * made outside.) What happens to each part where q is the posterior?
 *
 * epsilon [n, d] -> three of [n, 2 d]
 */
export function gradientParts(q: GaussianParameters, posterior: GaussianPosterior, epsilon: tf.Tensor): GradientParts {
  return unanswered('kth-1b/sticking-the-landing/gradient-parts', { q, posterior, epsilon });
}
