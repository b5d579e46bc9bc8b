/** The reference runs as many operations for many images, samples or labels as for few. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import * as fsvae from '../../reference/cs236-hw2/fsvae.ts';
import * as gmvae from '../../reference/cs236-hw2/gmvae.ts';
import * as ssvae from '../../reference/cs236-hw2/ssvae.ts';
import * as vae from '../../reference/cs236-hw2/vae.ts';
import { exampleCase, type Sizes } from '../oracles/example-cases.ts';
import { buildFsvae, buildGmvae, buildSsvae, buildVae } from './models-in-tensorflow.ts';
import { serveNoise } from './recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) => (await import('./recorded-noise.ts')).withRecordedNoise(await original()));

const small: Sizes = { batch: 2, z: 2, pixels: 5, k: 3, m: 2, labels: 3 };

/** Kernels that the value of a bound and its gradient take, over all weights. */
function kernelsOf(sizes: Sizes, bound: Bound): number {
  const example = exampleCase(41, sizes);
  serveNoise(example.noise);
  const engine = tf.engine();
  const run = engine.runKernel.bind(engine);
  const count = vi.spyOn(engine, 'runKernel').mockImplementation((...call) => run(...call));
  try {
    tf.variableGrads(bound(example));
    return count.mock.calls.length;
  } finally {
    count.mockRestore();
  }
}

type Bound = (example: ReturnType<typeof exampleCase>) => () => tf.Scalar;

const tensor = (rows: readonly (readonly number[])[]): tf.Tensor2D => tf.tensor2d(rows.map((row) => [...row]));

const bounds: readonly { name: string; bound: Bound }[] = [
  {
    name: 'VAE, ELBO',
    bound: (e) => {
      const { model } = buildVae(e.vae);
      return () => vae.negativeElboBound(model, tensor(e.images)).nelbo.asScalar();
    },
  },
  {
    name: 'VAE, IWAE',
    bound: (e) => {
      const { model } = buildVae(e.vae);
      return () => vae.negativeIwaeBound(model, tensor(e.images), e.sizes.m).niwae.asScalar();
    },
  },
  {
    name: 'GMVAE, ELBO',
    bound: (e) => {
      const { model } = buildGmvae(e.gmvae);
      return () => gmvae.negativeElboBound(model, tensor(e.images)).nelbo.asScalar();
    },
  },
  {
    name: 'GMVAE, IWAE',
    bound: (e) => {
      const { model } = buildGmvae(e.gmvae);
      return () => gmvae.negativeIwaeBound(model, tensor(e.images), e.sizes.m).niwae.asScalar();
    },
  },
  {
    name: 'SSVAE',
    bound: (e) => {
      const { model } = buildSsvae(e.ssvae);
      return () => ssvae.negativeElboBound(model, tensor(e.images)).nelbo.asScalar();
    },
  },
  {
    name: 'FSVAE',
    bound: (e) => {
      const { model } = buildFsvae(e.fsvae);
      return () => fsvae.negativeElboBound(model, tensor(e.colours), tensor(e.labels)).nelbo.asScalar();
    },
  },
];

describe.each(bounds)('$name', ({ bound }) => {
  it.each(['batch', 'z', 'pixels', 'k', 'm', 'labels'] as const)('does not loop over %s', (size) => {
    const few = kernelsOf(small, bound);
    expect(few).toBeGreaterThan(20);
    expect(kernelsOf({ ...small, [size]: 3 * small[size] }, bound)).toBe(few);
  });
});
