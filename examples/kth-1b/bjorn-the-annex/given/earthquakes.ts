/**
 * The model of the earthquakes and its mean-field posterior, in the handout's letters. There are n quakes and k
 * super epicentra; a starred letter of the handout is the same letter among the factors of q.
 */
import type * as tf from '@tensorflow/tfjs';

/** What was measured of each quake. */
export interface Quakes {
  /** Places. */
  readonly x: tf.Tensor; // [n, 2]
  /** Strengths: counts 0, 1, 2, ... */
  readonly s: tf.Tensor; // [n]
}

/**
 * Z_n ~ Cat(pi), X_n | Z_n = k ~ N(mu_k, I / tau), S_n | Z_n = k ~ Poisson(lambda_k),
 * mu_k ~ N(nu, I / rho), lambda_k ~ Gamma(alpha, beta) with beta a rate.
 */
export interface Prior {
  readonly pi: tf.Tensor; // [k], sums to 1
  readonly tau: number;
  readonly alpha: number;
  readonly beta: number;
  readonly nu: tf.Tensor; // [2]
  readonly rho: number;
}

/** q(lambda_k) = Gamma(alpha_k, beta_k) */
export interface RateFactors {
  readonly alpha: tf.Tensor; // [k]
  readonly beta: tf.Tensor; // [k], rates
}

/** q(mu_k) = N(mu_k, I / rho_k) */
export interface CentreFactors {
  readonly mu: tf.Tensor; // [k, 2]
  readonly rho: tf.Tensor; // [k], precisions
}

/** All of q; q(Z_n = k) = pi_nk */
export interface Factors extends RateFactors, CentreFactors {
  readonly pi: tf.Tensor; // [n, k], rows sum to 1
}
