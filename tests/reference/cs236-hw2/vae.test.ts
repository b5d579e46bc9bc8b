import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { negativeElboBound, negativeIwaeBound } from '../../../reference/cs236-hw2/vae.ts';
import { at, range } from '../../oracles/arrays.ts';
import { oracleVaeNelbo, oracleVaeNiwae, standardLogDensity } from '../../oracles/bounds.ts';
import { oracleLogBernoulli } from '../../oracles/densities.ts';
import { exampleCase, SIZES } from '../../oracles/example-cases.ts';
import { encode, forward, layerOf, weightsOf, withWeights } from '../../oracles/networks.ts';
import { exactElbo, exactElboVariance, exactIwae, exactLogEvidence, type LatentProblem } from '../../oracles/quadrature.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { componentError, gradientError } from '../agreement.ts';
import { buildVae } from '../models-in-tensorflow.ts';
import { drawnShapes, serveNoise } from '../recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

describe.each(SIZES)('with batch $batch, z $z, $pixels pixels, m $m', (sizes) => {
  const { images, vae, noise } = exampleCase(21, sizes);
  const { batch, z, m } = sizes;
  const built = buildVae(vae);
  const x = tf.tensor2d(images.map((image) => [...image]));
  const elbo = () => {
    serveNoise(noise);
    return negativeElboBound(built.model, x);
  };
  const iwae = (samples: number) => {
    serveNoise(noise);
    return negativeIwaeBound(built.model, x, samples);
  };

  it('gives the negative ELBO and its two parts, from one draw', () => {
    expect(componentError(elbo(), oracleVaeNelbo(vae, images, noise))).toBeLessThan(1e-5);
    expect(drawnShapes()).toEqual([[batch, z]]);
  });

  it('gives the importance weighted bound, from one draw in sample-major order', () => {
    expect(componentError(iwae(m), oracleVaeNiwae(vae, images, m, noise))).toBeLessThan(1e-5);
    expect(drawnShapes()).toEqual([[m * batch, z]]);
    expect(componentError(iwae(1), oracleVaeNiwae(vae, images, 1, noise))).toBeLessThan(1e-5);
  });

  it.each(['encoder', 'decoder'] as const)('passes the right gradients to the %s', (module) => {
    const changed = (weights: readonly number[]) => ({ ...vae, [module]: withWeights(vae[module], weights) });
    const weights = weightsOf(vae[module]);
    for (const part of ['nelbo', 'kl', 'rec'] as const) {
      if (part === 'kl' && module === 'decoder') continue; // the KL does not depend on the decoder
      const oracle = (w: readonly number[]) => oracleVaeNelbo(changed(w), images, noise)[part];
      expect(gradientError(built, module, () => elbo()[part], oracle, weights)).toBeLessThan(1e-5);
    }
    const oracle = (w: readonly number[]) => oracleVaeNiwae(changed(w), images, m, noise).niwae;
    expect(gradientError(built, module, () => iwae(m).niwae, oracle, weights)).toBeLessThan(1e-5);
  });
});

it('stays finite where the decoder saturates', () => {
  const saturated = {
    encoder: [layerOf([0.3, -0.2, 0.1, 0.4], [0.5, -2], 'identity')],
    decoder: [layerOf([1e4, -1e4], [0, 0], 'identity')],
  };
  const [images, noise] = [[[1, 0], [0, 1]], [0.5, -0.8, 1.5, -2]];
  const { model } = buildVae(saturated);
  serveNoise(noise);
  expect(componentError(negativeElboBound(model, tf.tensor2d(images)), oracleVaeNelbo(saturated, images, noise))).toBeLessThan(1e-5);
  serveNoise(noise);
  expect(componentError(negativeIwaeBound(model, tf.tensor2d(images), 2), oracleVaeNiwae(saturated, images, 2, noise))).toBeLessThan(1e-5);
});

describe('in expectation', () => {
  // One image, two latent dimensions: log p(x), the ELBO and every L_m are known exactly.
  const { images, vae } = exampleCase(8, at(SIZES, 1));
  const image = at(images, 0);
  const problem: LatentProblem = {
    posterior: encode(vae.encoder, image),
    logPrior: standardLogDensity,
    logLikelihood: (z) => oracleLogBernoulli(image, forward(vae.decoder, z)),
  };
  const { model } = buildVae(vae);
  const numbers = seededNumbers(17);
  const copies = (count: number) => tf.tensor2d(range(count).map(() => [...image]));

  it('hits the exact ELBO', () => {
    const count = 8192;
    serveNoise(numbers.normals(2 * count));
    const { nelbo } = negativeElboBound(model, copies(count));
    // With the exact KL only rec scatters; the variance of log w bounds what to expect of it.
    const error = Math.sqrt(exactElboVariance(problem) / count);
    expect(Math.abs(at(nelbo.dataSync(), 0) + exactElbo(problem)) / error).toBeLessThan(6);
  });

  it('hits the exact importance weighted bound, between the ELBO and log p(x)', () => {
    const [calls, batch, m] = [20, 256, 5];
    const bounds = range(calls).map(() => {
      serveNoise(numbers.normals(2 * m * batch));
      return -at(negativeIwaeBound(model, copies(batch), m).niwae.dataSync(), 0);
    });
    const average = bounds.reduce((a, b) => a + b, 0) / calls;
    const error = Math.sqrt(bounds.reduce((s, bound) => s + (bound - average) ** 2, 0) / (calls * (calls - 1)));
    expect(Math.abs(average - exactIwae(problem, m)) / error).toBeLessThan(6);
    expect(average - 6 * error).toBeGreaterThan(exactElbo(problem));
    expect(average + 6 * error).toBeLessThan(exactLogEvidence(problem));
  });
});
