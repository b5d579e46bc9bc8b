/** The oracles themselves, against closed forms and against one another. */
import { describe, expect, it } from 'vitest';
import { at, range, sum, type Vector } from './arrays.ts';
import { oracleFsvaeNelbo, oracleVaeNelbo, oracleVaeNiwae, standardLogDensity } from './bounds.ts';
import {
  oracleKlCategorical,
  oracleKlNormal,
  oracleLogBernoulli,
  oracleLogMeanExp,
  oracleLogNormal,
  oracleLogNormalMixture,
  oracleSampleGaussian,
  oracleStandardNormal,
  type OracleGaussian,
} from './densities.ts';
import { exampleCase, SIZES } from './example-cases.ts';
import { oracleGradient } from './finite-differences.ts';
import { encode, forward, layerOf, weightsOf, withWeights } from './networks.ts';
import {
  exactElbo,
  exactElboVariance,
  exactIwae,
  exactLogEvidence,
  expectationUnder,
  logWeight,
  type LatentProblem,
} from './quadrature.ts';
import { seededNumbers } from './seeded-numbers.ts';

const wide: OracleGaussian = { mean: [0.7, -1.1], variance: [2.3, 0.4] };

describe('densities', () => {
  it('integrates the Gaussian and the mixture to 1', () => {
    const proposal = { mean: [0, 0], variance: [9, 9] };
    const mass = (logDensity: (z: Vector) => number) =>
      expectationUnder(proposal, (z) => Math.exp(logDensity(z) - oracleLogNormal(z, proposal)));
    expect(mass((z) => oracleLogNormal(z, wide))).toBeCloseTo(1, 10);
    const means = [wide.mean, [2, 1], [-1, 0]];
    const variances = [wide.variance, [0.5, 1.5], [1, 3]];
    expect(mass((z) => oracleLogNormalMixture(z, means, variances))).toBeCloseTo(1, 10);
  });

  it('agrees with quadrature on the divergence of two Gaussians', () => {
    const p = { mean: [-0.2, 0.5], variance: [0.8, 1.9] };
    const byQuadrature = expectationUnder(wide, (z) => oracleLogNormal(z, wide) - oracleLogNormal(z, p));
    expect(oracleKlNormal(wide, p)).toBeCloseTo(byQuadrature, 10);
  });

  it('knows the textbook values', () => {
    expect(oracleLogNormal([0], oracleStandardNormal(1))).toBeCloseTo(-0.9189385332046727, 14);
    expect(oracleKlCategorical([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 14);
    expect(oracleLogBernoulli([1, 0], [0, 0])).toBeCloseTo(-2 * Math.LN2, 14);
    expect(oracleLogMeanExp([1e4, 1e4])).toBeCloseTo(1e4, 10);
    expect(oracleLogMeanExp([-Infinity, -Infinity])).toBe(-Infinity);
  });
});

describe('quadrature', () => {
  // Linear and Gaussian, so everything has a closed form: x | z ~ N(2 z - 0.5, 0.3), z ~ N(0, 1).
  const [slope, offset, noise, x] = [2, -0.5, 0.3, 1.4];
  const linear = (mean: number, variance: number): LatentProblem => ({
    posterior: { mean: [mean], variance: [variance] },
    logPrior: standardLogDensity,
    logLikelihood: (z) => oracleLogNormal([x], { mean: [slope * at(z, 0) + offset], variance: [noise] }),
  });
  const evidence = oracleLogNormal([x], { mean: [offset], variance: [slope ** 2 + noise] });
  const exactVariance = 1 / (1 + slope ** 2 / noise);
  const exactMean = (exactVariance * slope * (x - offset)) / noise;

  it('finds the evidence of a linear Gaussian model', () => {
    expect(exactLogEvidence(linear(0, 1))).toBeCloseTo(evidence, 9);
  });

  it('makes every bound tight when q is the posterior', () => {
    const tight = linear(exactMean, exactVariance);
    expect(exactElbo(tight)).toBeCloseTo(evidence, 10);
    expect(exactElboVariance(tight)).toBeCloseTo(0, 10);
    for (const m of [1, 3, 50]) expect(exactIwae(tight, m)).toBeCloseTo(evidence, 8);
  });

  it('orders the bounds: ELBO = L_1 <= L_m <= log p(x)', () => {
    const loose = linear(exactMean + 0.2, 2 * exactVariance);
    const bounds = [1, 2, 5, 20, 100].map((m) => exactIwae(loose, m));
    expect(bounds[0]).toBeCloseTo(exactElbo(loose), 8);
    bounds.slice(1).forEach((bound, i) => expect(bound).toBeGreaterThan(at(bounds, i)));
    expect(bounds.at(-1)).toBeLessThan(evidence);
  });

  it('agrees with an average over samples in two dimensions', () => {
    const { vae, images } = exampleCase(5, at(SIZES, 1));
    const image = at(images, 0);
    const problem: LatentProblem = {
      posterior: encode(vae.encoder, image),
      logPrior: standardLogDensity,
      logLikelihood: (z) => oracleLogBernoulli(image, forward(vae.decoder, z)),
    };
    const numbers = seededNumbers(11);
    const bounds = range(40_000).map(() =>
      oracleLogMeanExp(range(3).map(() => logWeight(problem, oracleSampleGaussian(problem.posterior, numbers.normals(2))))),
    );
    const average = sum(bounds) / bounds.length;
    const error = Math.sqrt(sum(bounds.map((bound) => (bound - average) ** 2))) / bounds.length;
    expect(Math.abs(average - exactIwae(problem, 3)) / error).toBeLessThan(6);
  });
});

describe('bounds', () => {
  const { vae, images, noise } = exampleCase(3, at(SIZES, 0));

  it('reads the same weights from flat lists', () => {
    const encoder = vae.encoder.map((layer) => layerOf(Float64Array.from(layer.kernel.flat()), layer.bias, layer.activation));
    expect(oracleVaeNelbo({ ...vae, encoder }, images, noise)).toEqual(oracleVaeNelbo(vae, images, noise));
    expect(withWeights(vae.decoder, weightsOf(vae.decoder))).toEqual(vae.decoder);
  });

  it('never lets niwae exceed kl + rec', () => {
    const { niwae, kl, rec } = oracleVaeNiwae(vae, images, 6, noise);
    expect(niwae).toBeLessThan(kl + rec);
    const single = oracleVaeNiwae(vae, images, 1, noise);
    expect(single.niwae).toBeCloseTo(single.kl + single.rec, 10);
  });

  it('refuses a noise stream that is too short', () => {
    expect(() => oracleVaeNelbo(vae, images, noise.slice(0, 3))).toThrow(RangeError);
  });

  it('falls to the constant of the Gaussian when an FSVAE reconstructs exactly', () => {
    const still = { encoder: [layerOf([0, 0, 0, 0], [0, 0.5], 'identity')], decoder: [layerOf([0, 0], [0.25], 'identity')] };
    const { rec } = oracleFsvaeNelbo(still, [[0.25]], [[1]], [0.3]);
    expect(rec).toBeCloseTo(0.5 * Math.log(0.2 * Math.PI), 12);
  });
});

it('differentiates to ten digits', () => {
  const gradient = oracleGradient(([a = 0, b = 0]) => Math.sin(a) * Math.exp(b), [0.7, -0.3]);
  expect(at(gradient, 0)).toBeCloseTo(Math.cos(0.7) * Math.exp(-0.3), 10);
  expect(at(gradient, 1)).toBeCloseTo(Math.sin(0.7) * Math.exp(-0.3), 10);
});
