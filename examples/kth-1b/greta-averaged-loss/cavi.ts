/**
 * Coordinate ascent for the earthquakes of section 1, as functions: practice, worth no marks. The handout asks for
 * the formulas, which are typed in `derivations/`; here they are tried on numbers.
 * `digamma` and `logGamma` are given, because TensorFlow.js has neither.
 */
import * as tf from '@tensorflow/tfjs';
import { digamma, logGamma } from './given/special.ts';
import { unanswered } from './given/unanswered.ts';
import type { CentreFactors, Factors, Prior, Quakes, RateFactors } from './given/earthquakes.ts';

/**
 * Section 1.3.2: q*(Z_n = k) for every quake and class, from q(lambda) and q(mu). The formula of log q* holds up to a
 * constant: exponentiate and normalise, so that each row sums to 1. A quake far from every centre must not end in 0/0.
 *
 * -> [n, k]
 */
export function updateZ(quakes: Quakes, prior: Prior, q: RateFactors & CentreFactors): tf.Tensor {
  const { x, s } = quakes;
  const away = tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), q.mu)), 2).add(tf.div(2, q.rho));
  const logRate = digamma(q.alpha).sub(tf.log(q.beta));
  const strength = tf.mul(tf.expandDims(s, 1), logRate).sub(tf.div(q.alpha, q.beta));
  return (tf.log(prior.pi).sub(away.mul(prior.tau / 2)).add(strength));
}

/**
 * Section 1.3.3: alpha* and beta* of q*(lambda_k) for every class, from q(Z).
 *
 * pi [n, k] -> alpha and beta, each [k]
 */
export function updateLambda(quakes: Quakes, prior: Prior, pi: tf.Tensor): RateFactors {
  return unanswered('kth-1b/cavi/update-lambda', { quakes, prior, pi });
}

/**
 * Section 1.3.4: mu* and rho* of q*(mu_k) for every class, from q(Z).
 *
 * pi [n, k] -> mu [k, 2] and rho [k]
 */
export function updateMu(quakes: Quakes, prior: Prior, pi: tf.Tensor): CentreFactors {
  return unanswered('kth-1b/cavi/update-mu', { quakes, prior, pi });
}

/**
 * The ELBO that the three updates raise: E_q[log p(X, S, Z, lambda, mu)] + H[q] with every constant, in nats.
 * Gaussians are two-dimensional, so their normalisers are tau / (2 pi) and rho / (2 pi).
 *
 * -> scalar
 */
export function elbo(quakes: Quakes, prior: Prior, q: Factors): tf.Tensor {
  return unanswered('kth-1b/cavi/elbo', { quakes, prior, q, digamma, logGamma });
}

/**
 * `rounds` rounds from given q(lambda) and q(mu): in each Z first, then lambda, then mu, then the ELBO is noted. It must
 * never fall; where it does, an update or the ELBO is wrong.
 *
 * -> all factors after the last round, and `elbo` [rounds]
 */
export function coordinateAscent(quakes: Quakes, prior: Prior, start: RateFactors & CentreFactors, rounds: number): Factors & { readonly elbo: tf.Tensor } {
  return unanswered('kth-1b/cavi/coordinate-ascent', { quakes, prior, start, rounds });
}
