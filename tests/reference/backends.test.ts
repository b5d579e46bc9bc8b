/**
 * The same values and gradients on plain JavaScript and on WebAssembly: the reference uses only
 * operations that both have, with gradients. (Native TensorFlow is compared where the children of
 * the grader are tested: it must be loaded before anything else.)
 */
import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as fsvae from '../../reference/cs236-hw2/fsvae.ts';
import * as gmvae from '../../reference/cs236-hw2/gmvae.ts';
import * as ssvae from '../../reference/cs236-hw2/ssvae.ts';
import * as vae from '../../reference/cs236-hw2/vae.ts';
import { logBernoulliWithLogits } from '../../reference/maths/likelihoods.ts';
import { logMeanExp } from '../../reference/maths/reduce.ts';
import { at } from '../oracles/arrays.ts';
import {
  oracleFsvaeNelbo,
  oracleGmvaeNelbo,
  oracleGmvaeNiwae,
  oracleSsvaeNelbo,
  oracleVaeNelbo,
  oracleVaeNiwae,
} from '../oracles/bounds.ts';
import { oracleLogBernoulli, oracleLogMeanExp } from '../oracles/densities.ts';
import { exampleCase, SIZES } from '../oracles/example-cases.ts';
import { weightsOf, withWeights } from '../oracles/networks.ts';
import { componentError, gradientError, worstError } from './agreement.ts';
import { buildFsvae, buildGmvae, buildSsvae, buildVae } from './models-in-tensorflow.ts';
import { serveNoise } from './recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) => (await import('./recorded-noise.ts')).withRecordedNoise(await original()));

const example = exampleCase(51, at(SIZES, 0));
const { images, colours, labels, noise } = example;
const { m } = example.sizes;
const tensor = (rows: readonly (readonly number[])[]): tf.Tensor2D => tf.tensor2d(rows.map((row) => [...row]));

/** Every bound on a fresh draw of the same noise, beside what the oracle says. */
const bounds = {
  'VAE, ELBO': () => ({
    actual: vae.negativeElboBound(buildVae(example.vae).model, tensor(images)),
    expected: oracleVaeNelbo(example.vae, images, noise),
  }),
  'VAE, IWAE': () => ({
    actual: vae.negativeIwaeBound(buildVae(example.vae).model, tensor(images), m),
    expected: oracleVaeNiwae(example.vae, images, m, noise),
  }),
  'GMVAE, ELBO': () => ({
    actual: gmvae.negativeElboBound(buildGmvae(example.gmvae).model, tensor(images)),
    expected: oracleGmvaeNelbo(example.gmvae, images, noise),
  }),
  'GMVAE, IWAE': () => ({
    actual: gmvae.negativeIwaeBound(buildGmvae(example.gmvae).model, tensor(images), m),
    expected: oracleGmvaeNiwae(example.gmvae, images, m, noise),
  }),
  SSVAE: () => ({
    actual: ssvae.negativeElboBound(buildSsvae(example.ssvae).model, tensor(images)),
    expected: oracleSsvaeNelbo(example.ssvae, images, noise),
  }),
  FSVAE: () => ({
    actual: fsvae.negativeElboBound(buildFsvae(example.fsvae).model, tensor(colours), tensor(labels)),
    expected: oracleFsvaeNelbo(example.fsvae, colours, labels, noise),
  }),
};

wasm.setThreadsCount(1); // and the import registers the backend

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(async () => {
    await tf.setBackend('cpu');
  });

  it.each(Object.entries(bounds))('%s agrees with its oracle', (_, bound) => {
    expect(tf.getBackend()).toBe(backend);
    serveNoise(noise);
    const { actual, expected } = bound();
    expect(componentError(actual, expected)).toBeLessThan(1e-5);
  });

  it('passes gradients through the IWAE bound of the GMVAE', () => {
    const built = buildGmvae(example.gmvae);
    const loss = () => {
      serveNoise(noise);
      return gmvae.negativeIwaeBound(built.model, tensor(images), m).niwae;
    };
    const oracle = (w: readonly number[]) =>
      oracleGmvaeNiwae({ ...example.gmvae, encoder: withWeights(example.gmvae.encoder, w) }, images, m, noise).niwae;
    expect(gradientError(built, 'encoder', loss, oracle, weightsOf(example.gmvae.encoder))).toBeLessThan(1e-5);
  });

  it('passes gradients through the SSVAE', () => {
    const built = buildSsvae(example.ssvae);
    const loss = () => {
      serveNoise(noise);
      return ssvae.negativeElboBound(built.model, tensor(images)).nelbo;
    };
    const oracle = (w: readonly number[]) =>
      oracleSsvaeNelbo({ ...example.ssvae, classifier: withWeights(example.ssvae.classifier, w) }, images, noise).nelbo;
    expect(gradientError(built, 'classifier', loss, oracle, weightsOf(example.ssvae.classifier))).toBeLessThan(1e-5);
  });

  it('is stable at extreme values', () => {
    for (const logit of [1e4, -1e4, 90, -90, 14, -14, 0]) {
      const actual = Array.from(logBernoulliWithLogits(tf.tensor1d([1]), tf.tensor1d([logit])).dataSync());
      expect(worstError(actual, [oracleLogBernoulli([1], [logit])])).toBeLessThan(1e-6);
    }
    for (const values of [[1e4, 1e4 + 1], [-1e4, -1e4 - 2], [-Infinity, -Infinity], [-Infinity, 3]]) {
      const actual = Array.from(logMeanExp(tf.tensor1d(values), 0).dataSync());
      expect(worstError(actual, [oracleLogMeanExp(values)])).toBeLessThan(1e-6);
    }
  });
});
