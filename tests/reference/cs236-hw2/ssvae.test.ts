import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { negativeElboBound } from '../../../reference/cs236-hw2/ssvae.ts';
import { oracleSsvaeNelbo } from '../../oracles/bounds.ts';
import { exampleCase, SIZES } from '../../oracles/example-cases.ts';
import { layerOf, weightsOf, withWeights } from '../../oracles/networks.ts';
import { componentError, gradientError } from '../agreement.ts';
import { buildSsvae } from '../models-in-tensorflow.ts';
import { drawnShapes, serveNoise } from '../recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

describe.each(SIZES)('with batch $batch, z $z, $labels labels', (sizes) => {
  const { images, ssvae, noise } = exampleCase(23, sizes);
  const built = buildSsvae(ssvae);
  const x = tf.tensor2d(images.map((image) => [...image]));
  const elbo = () => {
    serveNoise(noise);
    return negativeElboBound(built.model, x);
  };

  it('gives the negative ELBO and its three parts, from one draw in label-major order', () => {
    expect(componentError(elbo(), oracleSsvaeNelbo(ssvae, images, noise))).toBeLessThan(1e-5);
    expect(drawnShapes()).toEqual([[sizes.labels * sizes.batch, sizes.z]]);
  });

  it.each([
    ['classifier', ['nelbo', 'klZ', 'klY', 'rec']],
    ['encoder', ['nelbo', 'klZ', 'rec']],
    ['decoder', ['nelbo', 'rec']],
  ] as const)('passes the right gradients to the %s', (module, parts) => {
    const changed = (weights: readonly number[]) => ({ ...ssvae, [module]: withWeights(ssvae[module], weights) });
    for (const part of parts) {
      const oracle = (w: readonly number[]) => oracleSsvaeNelbo(changed(w), images, noise)[part];
      expect(gradientError(built, module, () => elbo()[part], oracle, weightsOf(ssvae[module]))).toBeLessThan(1e-5);
    }
  });
});

it('stays finite where the classifier is certain', () => {
  const certain = {
    classifier: [layerOf([1e4, -1e4, -1e4, 1e4], [0, 0], 'identity')],
    encoder: [layerOf([0.3, 0.1, -0.2, 0.5, 0.4, -0.3, 0.2, 0.2], [0.5, -1], 'identity')],
    decoder: [layerOf([0.5, -0.5, 1, 0.3, -1, 0.2], [0.1, 0.2], 'identity')],
  };
  const [images, noise] = [[[1, 0], [0, 1], [1, 0]], [0.5, -0.8, 1.5, -2, 0.1, 0.7]];
  serveNoise(noise);
  const actual = negativeElboBound(buildSsvae(certain).model, tf.tensor2d(images));
  expect(componentError(actual, oracleSsvaeNelbo(certain, images, noise))).toBeLessThan(1e-5);
});
