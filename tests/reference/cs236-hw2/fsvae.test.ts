import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { negativeElboBound } from '../../../reference/cs236-hw2/fsvae.ts';
import { at, range } from '../../oracles/arrays.ts';
import { oracleFsvaeNelbo, standardLogDensity } from '../../oracles/bounds.ts';
import { oracleLogNormal } from '../../oracles/densities.ts';
import { exampleCase, SIZES } from '../../oracles/example-cases.ts';
import { encode, forward, layerOf, weightsOf, withWeights } from '../../oracles/networks.ts';
import { exactElbo, exactElboVariance, exactLogEvidence, type LatentProblem } from '../../oracles/quadrature.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { componentError, gradientError } from '../agreement.ts';
import { buildFsvae } from '../models-in-tensorflow.ts';
import { drawnShapes, serveNoise } from '../recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

describe.each(SIZES)('with batch $batch, z $z, $labels labels', (sizes) => {
  const { colours, labels, fsvae, noise } = exampleCase(24, sizes);
  const built = buildFsvae(fsvae);
  const x = tf.tensor2d(colours.map((image) => [...image]));
  const y = tf.tensor2d(labels.map((row) => [...row]));
  const elbo = () => {
    serveNoise(noise);
    return negativeElboBound(built.model, x, y);
  };

  it('gives the negative ELBO and its two parts, from one draw', () => {
    expect(componentError(elbo(), oracleFsvaeNelbo(fsvae, colours, labels, noise))).toBeLessThan(1e-5);
    expect(drawnShapes()).toEqual([[sizes.batch, sizes.z]]);
  });

  it.each([
    ['encoder', ['nelbo', 'kl', 'rec']],
    ['decoder', ['nelbo', 'rec']],
  ] as const)('passes the right gradients to the %s', (module, parts) => {
    const changed = (weights: readonly number[]) => ({ ...fsvae, [module]: withWeights(fsvae[module], weights) });
    for (const part of parts) {
      const oracle = (w: readonly number[]) => oracleFsvaeNelbo(changed(w), colours, labels, noise)[part];
      expect(gradientError(built, module, () => elbo()[part], oracle, weightsOf(fsvae[module]))).toBeLessThan(1e-5);
    }
  });
});

it('hits the exact ELBO of a linear Gaussian model in expectation, below its exact evidence', () => {
  // x = 0.8 z + 0.3 y_1 - 0.1 y_2 + noise of variance 1/10, z ~ N(0, 1)
  const networks = {
    encoder: [layerOf([1.1, 0, 0.2, 0, -0.1, 0], [0.1, -1.6], 'identity')],
    decoder: [layerOf([0.8, 0.3, -0.1], [0], 'identity')],
  };
  const [image, label, count] = [[0.9], [1, 0], 8192];
  const problem: LatentProblem = {
    posterior: encode(networks.encoder, [...image, ...label]),
    logPrior: standardLogDensity,
    logLikelihood: (z) => oracleLogNormal(image, { mean: forward(networks.decoder, [...z, ...label]), variance: [0.1] }),
  };
  serveNoise(seededNumbers(19).normals(count));
  const rows = (row: number[]) => tf.tensor2d(range(count).map(() => row));
  const { nelbo } = negativeElboBound(buildFsvae(networks).model, rows(image), rows(label));

  const error = Math.sqrt(exactElboVariance(problem) / count);
  expect(Math.abs(at(nelbo.dataSync(), 0) + exactElbo(problem)) / error).toBeLessThan(6);
  const evidence = oracleLogNormal(image, { mean: [0.3], variance: [0.8 ** 2 + 0.1] });
  expect(exactLogEvidence(problem)).toBeCloseTo(evidence, 8);
  expect(exactElbo(problem)).toBeLessThan(evidence);
});
