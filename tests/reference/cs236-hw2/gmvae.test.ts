import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { negativeElboBound, negativeIwaeBound } from '../../../reference/cs236-hw2/gmvae.ts';
import { at, range, rowsOf } from '../../oracles/arrays.ts';
import { mixtureLogDensity, oracleGmvaeNelbo, oracleGmvaeNiwae } from '../../oracles/bounds.ts';
import { oracleLogBernoulli } from '../../oracles/densities.ts';
import { exampleCase, SIZES } from '../../oracles/example-cases.ts';
import { encode, forward, weightsOf, withWeights, type GmvaeNetworks } from '../../oracles/networks.ts';
import { exactElbo, exactElboVariance, type LatentProblem } from '../../oracles/quadrature.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { componentError, gradientError } from '../agreement.ts';
import { buildGmvae } from '../models-in-tensorflow.ts';
import { drawnShapes, serveNoise } from '../recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

describe.each(SIZES)('with batch $batch, z $z, $k components, m $m', (sizes) => {
  const { images, gmvae, noise } = exampleCase(22, sizes);
  const { batch, z, k, m } = sizes;
  const built = buildGmvae(gmvae);
  const x = tf.tensor2d(images.map((image) => [...image]));
  const elbo = () => {
    serveNoise(noise);
    return negativeElboBound(built.model, x);
  };
  const iwae = (samples: number) => {
    serveNoise(noise);
    return negativeIwaeBound(built.model, x, samples);
  };

  it('gives the negative ELBO with its Monte Carlo KL, from one draw', () => {
    expect(componentError(elbo(), oracleGmvaeNelbo(gmvae, images, noise))).toBeLessThan(1e-5);
    expect(drawnShapes()).toEqual([[batch, z]]);
  });

  it('gives the importance weighted bound, from one draw in sample-major order', () => {
    expect(componentError(iwae(m), oracleGmvaeNiwae(gmvae, images, m, noise))).toBeLessThan(1e-5);
    expect(drawnShapes()).toEqual([[m * batch, z]]);
  });

  it('is the negative ELBO at m = 1', () => {
    const { nelbo, kl, rec } = oracleGmvaeNelbo(gmvae, images, noise);
    expect(componentError(iwae(1), { niwae: nelbo, kl, rec })).toBeLessThan(1e-5);
  });

  it.each(['encoder', 'decoder', 'prior'] as const)('passes the right gradients to the %s', (module) => {
    const changed = (weights: readonly number[]): GmvaeNetworks =>
      module === 'prior'
        ? { ...gmvae, means: rowsOf(weights.slice(0, k * z), z), spreads: rowsOf(weights.slice(k * z), z) }
        : { ...gmvae, [module]: withWeights(gmvae[module], weights) };
    const weights = module === 'prior' ? [...gmvae.means.flat(), ...gmvae.spreads.flat()] : weightsOf(gmvae[module]);
    const nelbo = (w: readonly number[]) => oracleGmvaeNelbo(changed(w), images, noise).nelbo;
    expect(gradientError(built, module, () => elbo().nelbo, nelbo, weights)).toBeLessThan(1e-5);
    const niwae = (w: readonly number[]) => oracleGmvaeNiwae(changed(w), images, m, noise).niwae;
    expect(gradientError(built, module, () => iwae(m).niwae, niwae, weights)).toBeLessThan(1e-5);
  });
});

it('hits the exact ELBO in expectation', () => {
  const { images, gmvae } = exampleCase(9, at(SIZES, 1));
  const image = at(images, 0);
  const problem: LatentProblem = {
    posterior: encode(gmvae.encoder, image),
    logPrior: mixtureLogDensity(gmvae),
    logLikelihood: (z) => oracleLogBernoulli(image, forward(gmvae.decoder, z)),
  };
  const count = 8192;
  serveNoise(seededNumbers(18).normals(2 * count));
  const { nelbo } = negativeElboBound(buildGmvae(gmvae).model, tf.tensor2d(range(count).map(() => [...image])));
  const error = Math.sqrt(exactElboVariance(problem) / count);
  expect(Math.abs(at(nelbo.dataSync(), 0) + exactElbo(problem)) / error).toBeLessThan(6);
});
