/** Densities and divergences of single points, each in another form than the reference uses. */
import { at, sum, type Matrix, type Vector } from './arrays.ts';

export interface OracleGaussian {
  readonly mean: Vector;
  readonly variance: Vector;
}

/** z = mean + noise * deviation */
export function oracleSampleGaussian({ mean, variance }: OracleGaussian, noise: Vector): Vector {
  return mean.map((value, d) => value + at(noise, d) * Math.sqrt(at(variance, d)));
}

/** sum_d -((x - mean) / deviation)^2 / 2 - log(deviation sqrt(2 pi)) */
export function oracleLogNormal(x: Vector, { mean, variance }: OracleGaussian): number {
  return sum(
    x.map((value, d) => {
      const deviation = Math.sqrt(at(variance, d));
      return -(((value - at(mean, d)) / deviation) ** 2) / 2 - Math.log(deviation * Math.sqrt(2 * Math.PI));
    }),
  );
}

/** log of the average density over the components */
export function oracleLogNormalMixture(z: Vector, means: Matrix, variances: Matrix): number {
  return oracleLogMeanExp(means.map((mean, i) => oracleLogNormal(z, { mean, variance: at(variances, i) })));
}

export function oracleStandardNormal(size: number): OracleGaussian {
  return { mean: Array.from({ length: size }, () => 0), variance: Array.from({ length: size }, () => 1) };
}

/** sum_d log(sp / sq) + (sq^2 + (mq - mp)^2) / (2 sp^2) - 1/2 */
export function oracleKlNormal(q: OracleGaussian, p: OracleGaussian): number {
  return sum(
    q.mean.map((mean, d) => {
      const [vq, vp] = [at(q.variance, d), at(p.variance, d)];
      return Math.log(Math.sqrt(vp) / Math.sqrt(vq)) + (vq + (mean - at(p.mean, d)) ** 2) / (2 * vp) - 0.5;
    }),
  );
}

/** sum_y q_y log(q_y / p_y), with 0 log 0 = 0 */
export function oracleKlCategorical(q: Vector, p: Vector): number {
  return sum(q.map((value, y) => (value === 0 ? 0 : value * Math.log(value / at(p, y)))));
}

/** sum over pixels of log p where x = 1 and log(1 - p) where x = 0 */
export function oracleLogBernoulli(x: Vector, logits: Vector): number {
  return sum(x.map((value, d) => value * logSigmoid(at(logits, d)) + (1 - value) * logSigmoid(-at(logits, d))));
}

/** log 1/n sum_i exp(x_i), folded pair by pair */
export function oracleLogMeanExp(values: Vector): number {
  return values.reduce(logAddExp, -Infinity) - Math.log(values.length);
}

/** exp(l_y) / sum exp(l) */
export function oracleSoftmax(logits: Vector): Vector {
  const total = logits.reduce(logAddExp, -Infinity);
  return logits.map((logit) => Math.exp(logit - total));
}

/** log(1 + exp(x)) */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

function logSigmoid(logit: number): number {
  return -softplus(-logit);
}

function logAddExp(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  return small === -Infinity ? large : large + Math.log1p(Math.exp(small - large));
}
