/**
 * Coordinate ascent for the earthquakes of section 1, as functions: practice, worth no marks. The handout asks for
 * the formulas, which are typed in `derivations/`; here they are tried on numbers.
 * `digamma` and `logGamma` are given, because TensorFlow.js has neither.
 */
import * as tf from '@tensorflow/tfjs';
import { digamma, logGamma } from './given/special.ts';
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
  return tf.softmax(tf.log(prior.pi).sub(away.mul(prior.tau / 2)).add(strength), 1);
}

/**
 * Section 1.3.3: alpha* and beta* of q*(lambda_k) for every class, from q(Z).
 *
 * pi [n, k] -> alpha and beta, each [k]
 */
export function updateLambda(quakes: Quakes, prior: Prior, pi: tf.Tensor): RateFactors {
  const strengths = tf.sum(tf.mul(tf.expandDims(quakes.s, 1), pi), 0);
  return { alpha: strengths.add(prior.alpha), beta: tf.sum(pi, 0).add(prior.beta) };
}

/**
 * Section 1.3.4: mu* and rho* of q*(mu_k) for every class, from q(Z).
 *
 * pi [n, k] -> mu [k, 2] and rho [k]
 */
export function updateMu(quakes: Quakes, prior: Prior, pi: tf.Tensor): CentreFactors {
  const rho = tf.sum(pi, 0).mul(prior.tau).add(prior.rho);
  const weighted = tf.matMul(pi, quakes.x, true).mul(prior.tau).add(tf.mul(prior.rho, prior.nu));
  return { mu: weighted.div(tf.expandDims(rho, 1)), rho };
}

/**
 * The ELBO that the three updates raise: E_q[log p(X, S, Z, lambda, mu)] + H[q] with every constant, in nats.
 * Gaussians are two-dimensional, so their normalisers are tau / (2 pi) and rho / (2 pi).
 *
 * -> scalar
 */
export function elbo(quakes: Quakes, prior: Prior, q: Factors): tf.Tensor {
  const { x, s } = quakes;
  const { pi, alpha, beta, mu, rho } = q;
  const logRate = digamma(alpha).sub(tf.log(beta));
  const rate = tf.div(alpha, beta);
  const away = tf.sum(tf.square(tf.sub(tf.expandDims(x, 1), mu)), 2).add(tf.div(2, rho));
  const ofX = tf.sub(Math.log(prior.tau / (2 * Math.PI)), away.mul(prior.tau / 2));
  const ofS = tf.mul(tf.expandDims(s, 1), logRate).sub(rate).sub(tf.expandDims(logGamma(s.add(1)), 1));
  const ofQuakes = tf.sum(pi.mul(tf.log(prior.pi).add(ofX).add(ofS).sub(tf.log(tf.maximum(pi, 1e-30)))));
  const fromPrior = tf.sum(tf.square(tf.sub(mu, prior.nu)), 1).add(tf.div(2, rho));
  const ofMu = tf.sum(tf.sub(Math.log(prior.rho / (2 * Math.PI)), fromPrior.mul(prior.rho / 2)));
  const constant = prior.alpha * Math.log(prior.beta);
  const ofLambda = tf.sum(logRate.mul(prior.alpha - 1).sub(rate.mul(prior.beta)).add(constant).sub(logGamma(tf.scalar(prior.alpha))));
  const entropyOfMu = tf.sum(tf.sub(1 + Math.log(2 * Math.PI), tf.log(rho)));
  const entropyOfLambda = tf.sum(alpha.sub(tf.log(beta)).add(logGamma(alpha)).add(tf.sub(1, alpha).mul(digamma(alpha))));
  return ofQuakes.add(ofMu).add(ofLambda).add(entropyOfMu).add(entropyOfLambda);
}

/**
 * `rounds` rounds from given q(lambda) and q(mu): in each Z first, then lambda, then mu, then the ELBO is noted. It must
 * never fall; where it does, an update or the ELBO is wrong.
 *
 * -> all factors after the last round, and `elbo` [rounds]
 */
export function coordinateAscent(quakes: Quakes, prior: Prior, start: RateFactors & CentreFactors, rounds: number): Factors & { readonly elbo: tf.Tensor } {
  const bounds: tf.Tensor[] = [];
  let q: Factors = { ...start, pi: updateZ(quakes, prior, start) };
  for (let round = 0; round < rounds; round += 1) {
    const pi = updateZ(quakes, prior, q);
    q = { pi, ...updateLambda(quakes, prior, pi), ...updateMu(quakes, prior, pi) };
    bounds.push(elbo(quakes, prior, q));
  }
  return { ...q, elbo: tf.stack(bounds) };
}
