/**
 * Coordinate ascent variational inference for the earthquakes: each factor of q in turn becomes
 * exp(E[log p]) of the others, normalised, which never lowers the ELBO. Bishop 2006, section 10.1;
 * Blei, Kucukelbir and McAuliffe 2017 (arXiv:1601.00670), section 2.4.
 */
import * as tf from '@tensorflow/tfjs';
import { digamma, logGamma } from '../maths/special.ts';
import type { CentreFactors, Factors, Prior, Quakes, RateFactors } from './earthquakes.ts';

const TWO_PI = 2 * Math.PI;

/**
 * q*(Z_n = k), from the expectations under q(lambda) and q(mu): the right side below holds up to a constant
 * in k, so it is exponentiated and normalised over k. The softmax subtracts the largest first: a quake far
 * from every centre has weights that are all 0 in float32.
 *
 *   log q*(Z_n = k) = log pi_k - tau/2 E|X_n - mu_k|^2 + S_n E log lambda_k - E lambda_k + constant
 *
 * -> [n, k]
 */
export function updateZ({ x, s }: Quakes, { pi, tau }: Prior, q: RateFactors & CentreFactors): tf.Tensor {
  const { logRate, rate } = rateExpectations(q);
  const place = tf.mul(-tau / 2, squaredDistances(x, q)); // [n, k]
  const strength = tf.sub(tf.mul(tf.expandDims(s, 1), logRate), rate); // [n, 1] * [k] - [k] = [n, k]
  return tf.softmax(tf.add(tf.add(tf.log(pi), place), strength), 1);
}

/**
 * q*(lambda_k) = Gamma(alpha + sum_n S_n q(Z_n = k), beta + sum_n q(Z_n = k)): the counts of a Poisson likelihood,
 * shared out among the classes.
 *
 * pi [n, k] -> two of [k]
 */
export function updateLambda({ s }: Quakes, { alpha, beta }: Prior, pi: tf.Tensor): RateFactors {
  return {
    alpha: tf.add(alpha, tf.sum(tf.mul(tf.expandDims(s, 1), pi), 0)),
    beta: tf.add(beta, tf.sum(pi, 0)),
  };
}

/**
 * q*(mu_k) = N(mu_k, I / rho_k) with rho_k = rho + tau sum_n q(Z_n = k) and
 * mu_k = (rho nu + tau sum_n q(Z_n = k) X_n) / rho_k: an average of prior and quakes, weighted by precision.
 *
 * pi [n, k] -> [k, 2] and [k]
 */
export function updateMu({ x }: Quakes, { tau, nu, rho }: Prior, pi: tf.Tensor): CentreFactors {
  const precision = tf.add(rho, tf.mul(tau, tf.sum(pi, 0))); // [k]
  const total = tf.add(tf.mul(rho, nu), tf.mul(tau, tf.matMul(pi, x, true))); // [2] + [k, 2]
  return { mu: tf.div(total, tf.expandDims(precision, 1)), rho: precision };
}

/** ELBO = E_q[log p(X, S, Z, lambda, mu)] + H[q], in nats; a scalar. */
export function elbo({ x, s }: Quakes, prior: Prior, q: Factors): tf.Tensor {
  const { logRate, rate } = rateExpectations(q);
  const counts = tf.sum(q.pi, 0); // expected number of quakes of each class [k]

  // E log p(Z) + E log p(X | Z, mu): the normaliser of a two-dimensional Gaussian is tau / 2 pi
  const place = tf.add(Math.log(prior.tau / TWO_PI), tf.mul(-prior.tau / 2, squaredDistances(x, q))); // [n, k]
  const ofClasses = tf.sum(tf.mul(counts, tf.log(prior.pi)));
  const ofPlaces = tf.sum(tf.mul(q.pi, place));
  // E log p(S | Z, lambda) = sum_nk pi_nk (S_n E log lambda_k - E lambda_k) - sum_n log S_n!
  const strength = tf.sub(tf.mul(tf.expandDims(s, 1), logRate), rate); // [n, k]
  const ofStrengths = tf.sub(tf.sum(tf.mul(q.pi, strength)), tf.sum(logGamma(tf.add(s, 1))));

  // E log p(mu_k): E|mu_k - nu|^2 = |E mu_k - nu|^2 + 2 / rho_k, in two dimensions
  const spread = tf.add(tf.sum(tf.square(tf.sub(q.mu, prior.nu)), 1), tf.div(2, q.rho)); // [k]
  const ofCentres = tf.sum(tf.add(Math.log(prior.rho / TWO_PI), tf.mul(-prior.rho / 2, spread)));
  // E log p(lambda_k), with log Gamma(alpha) of the prior
  const normaliser = tf.sub(prior.alpha * Math.log(prior.beta), logGamma(tf.scalar(prior.alpha)));
  const ofRates = tf.sum(tf.add(normaliser, tf.sub(tf.mul(prior.alpha - 1, logRate), tf.mul(prior.beta, rate))));

  return tf.addN([ofClasses, ofPlaces, ofStrengths, ofCentres, ofRates, entropy(q)]);
}

/**
 * `rounds` times: Z, then lambda, then mu, then the ELBO. Starts from q(lambda) and q(mu).
 *
 * -> the factors, and `elbo` [rounds]
 */
export function coordinateAscent(quakes: Quakes, prior: Prior, start: RateFactors & CentreFactors, rounds: number): Factors & { readonly elbo: tf.Tensor } {
  let q: Factors = { ...start, pi: updateZ(quakes, prior, start) };
  const bounds: tf.Tensor[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const pi = updateZ(quakes, prior, q);
    q = { pi, ...updateLambda(quakes, prior, pi), ...updateMu(quakes, prior, pi) };
    bounds.push(elbo(quakes, prior, q));
  }
  return { ...q, elbo: tf.stack(bounds) };
}

/** H[q] of all factors: categorical, Gamma and two-dimensional Gaussian. */
function entropy({ pi, alpha, beta, rho }: Factors): tf.Tensor {
  // 0 log 0 = 0: the maximum keeps the logarithm finite, the product is 0 all the same
  const ofClasses = tf.neg(tf.sum(tf.mul(pi, tf.log(tf.maximum(pi, 1e-30)))));
  // H[Gamma(a, b)] = a - log b + log Gamma(a) + (1 - a) psi(a)
  const ofRates = tf.sum(tf.add(tf.sub(alpha, tf.log(beta)), tf.add(logGamma(alpha), tf.mul(tf.sub(1, alpha), digamma(alpha)))));
  // H[N(m, I / r)] = log(2 pi e / r)
  const ofCentres = tf.sum(tf.sub(1 + Math.log(TWO_PI), tf.log(rho)));
  return tf.addN([ofClasses, ofRates, ofCentres]);
}

/** E log lambda_k = psi(alpha_k) - log beta_k and E lambda_k = alpha_k / beta_k, each [k] */
function rateExpectations({ alpha, beta }: RateFactors): { readonly logRate: tf.Tensor; readonly rate: tf.Tensor } {
  return { logRate: tf.sub(digamma(alpha), tf.log(beta)), rate: tf.div(alpha, beta) };
}

/** E|X_n - mu_k|^2 = |X_n - E mu_k|^2 + 2 / rho_k: x [n, 2] -> [n, k] */
function squaredDistances(x: tf.Tensor, { mu, rho }: CentreFactors): tf.Tensor {
  const apart = tf.sub(tf.expandDims(x, 1), tf.expandDims(mu, 0)); // [n, k, 2]
  return tf.add(tf.sum(tf.square(apart), 2), tf.div(2, rho));
}
