/** The earthquakes in float64, by quadrature and by closed evidence: nothing here knows a coordinate update. */
import { lgamma } from 'mathjs';
import { at, range, sum, type Vector } from './arrays.ts';

export interface OraclePrior {
  readonly pi: Vector;
  readonly tau: number;
  readonly alpha: number;
  readonly beta: number;
  readonly nu: Vector;
  readonly rho: number;
}

export interface OracleFactors {
  readonly pi: readonly Vector[];
  readonly alpha: Vector;
  readonly beta: Vector;
  readonly mu: readonly Vector[];
  readonly rho: Vector;
}

export interface OracleQuakes {
  readonly x: readonly Vector[];
  readonly s: Vector;
}

const LOG_TWO_PI = Math.log(2 * Math.PI);

export function logGammaDensity(x: number, shape: number, rate: number): number {
  return shape * Math.log(rate) - lgamma(shape) + (shape - 1) * Math.log(x) - rate * x;
}

export function logPoisson(s: number, rate: number): number {
  return s * Math.log(rate) - rate - lgamma(s + 1);
}

/** In one dimension. */
function logNormal(x: number, mean: number, precision: number): number {
  return 0.5 * (Math.log(precision) - LOG_TWO_PI - precision * (x - mean) ** 2);
}

/** E[f(lambda)] under Gamma(shape, rate), by equal steps of log lambda. */
export function expectationOfRate(shape: number, rate: number, f: (lambda: number) => number): number {
  const [centre, reach] = [Math.log(shape / rate), 6 + 8 / Math.sqrt(shape)];
  const step = 0.01;
  return sum(
    range(Math.ceil((2 * reach) / step)).map((index) => {
      const lambda = Math.exp(centre - reach + index * step);
      // d lambda = lambda d log lambda
      return step * lambda * Math.exp(logGammaDensity(lambda, shape, rate)) * f(lambda);
    }),
  );
}

/** E[f(mu)] of one coordinate under N(mean, 1 / precision), by the trapezoid rule. */
function expectationOfCoordinate(mean: number, precision: number, f: (mu: number) => number): number {
  const [step, deviation] = [0.05, 1 / Math.sqrt(precision)];
  return sum(range(361).map((index) => (index - 180) * step).map((z) => step * Math.exp(-z * z / 2 - LOG_TWO_PI / 2) * f(mean + deviation * z)));
}

/** E_q[log p(X, S, Z, lambda, mu) - log q], each expectation by quadrature. */
export function oracleElbo({ x, s }: OracleQuakes, prior: OraclePrior, q: OracleFactors): number {
  const classes = range(q.alpha.length);
  const perClass = classes.map((k) => {
    const [shape, rate, precision] = [at(q.alpha, k), at(q.beta, k), at(q.rho, k)];
    const ofRate = expectationOfRate(shape, rate, (lambda) => logGammaDensity(lambda, prior.alpha, prior.beta) - logGammaDensity(lambda, shape, rate));
    const ofCentre = sum([0, 1].map((axis) => {
      const mean = at(at(q.mu, k), axis);
      return expectationOfCoordinate(mean, precision, (mu) => logNormal(mu, at(prior.nu, axis), prior.rho) - logNormal(mu, mean, precision));
    }));
    return ofRate + ofCentre;
  });
  const perQuake = x.map((place, n) => sum(classes.map((k) => {
    const share = at(at(q.pi, n), k);
    return share === 0 ? 0 : share * (expectedLogLikelihood(place, at(s, n), prior, q, k) + Math.log(at(prior.pi, k)) - Math.log(share));
  })));
  return sum(perClass) + sum(perQuake);
}

/** E log p(X_n, S_n | Z_n = k) */
function expectedLogLikelihood(place: Vector, strength: number, { tau }: OraclePrior, q: OracleFactors, k: number): number {
  const ofStrength = expectationOfRate(at(q.alpha, k), at(q.beta, k), (lambda) => logPoisson(strength, lambda));
  return ofStrength + sum([0, 1].map((axis) => expectationOfCoordinate(at(at(q.mu, k), axis), at(q.rho, k), (mu) => logNormal(at(place, axis), mu, tau))));
}

/** q*(Z_n = k), from its definition. */
export function oracleUpdateZ({ x, s }: OracleQuakes, prior: OraclePrior, q: OracleFactors): readonly Vector[] {
  return x.map((place, n) => {
    const logs = prior.pi.map((share, k) => Math.log(share) + expectedLogLikelihood(place, at(s, n), prior, q, k));
    const weights = logs.map((log) => Math.exp(log - Math.max(...logs)));
    return weights.map((weight) => weight / sum(weights));
  });
}

/** log p(X, S) where there is one class: the posterior is in the family then, so the ELBO can reach it. */
export function logEvidenceOfOneClass({ x, s }: OracleQuakes, { tau, alpha, beta, nu, rho }: OraclePrior): number {
  const n = s.length;
  const total = sum(s);
  const ofStrengths = alpha * Math.log(beta) - lgamma(alpha) + lgamma(alpha + total) - (alpha + total) * Math.log(beta + n) - sum(s.map((strength) => lgamma(strength + 1)));
  const ofPlaces = [0, 1].map((axis) => {
    const values = x.map((place) => at(place, axis));
    const mean = sum(values) / n;
    const within = sum(values.map((value) => (value - mean) ** 2));
    const between = ((rho * n * tau) / (rho + n * tau)) * (mean - at(nu, axis)) ** 2;
    return 0.5 * (n * (Math.log(tau) - LOG_TWO_PI) + Math.log(rho / (rho + n * tau)) - tau * within - between);
  });
  return ofStrengths + sum(ofPlaces);
}
