/** The numbers of a checkpoint, against formulas in 64 bits that share no code with them. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelLayouts } from '../../contract/model-layout.ts';
import type { TensorData } from '../../contract/values.ts';
import { randomFor } from '../../data/random.ts';
import { estimatesOf, iwae1000 } from '../../evaluation/estimates.ts';
import { logMixture } from '../../evaluation/log-mixture.ts';
import { type Terms, termsOf } from '../../evaluation/log-weights.ts';
import { normals } from '../../evaluation/noise.ts';
import { logNormalMixture } from '../../reference/maths/distributions.ts';
import { initialWeights } from '../../training/initial-weights.ts';

const IMAGES = 3;
const SAMPLES = 10;
const { pixels, latents } = modelLayouts.vae;

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function parametersOf(tensors: ReadonlyMap<string, TensorData>): ReadonlyMap<string, tf.Tensor> {
  return new Map([...tensors].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape], 'float32')]));
}

/** x through a network of the checkpoint, number by number. */
function forward(tensors: ReadonlyMap<string, TensorData>, network: string, x: readonly number[]): readonly number[] {
  return [0, 1, 2].reduce<readonly number[]>((input, layer) => {
    const [kernel, bias] = [tensors.get(`${network}.${layer}.kernel`), tensors.get(`${network}.${layer}.bias`)];
    return Array.from(bias?.values ?? [], (start, column) => {
      const sum = input.reduce((total, value, row) => total + value * (kernel?.values[row * (bias?.values.length ?? 0) + column] ?? 0), start);
      return layer === 2 || sum >= 0 ? sum : Math.expm1(sum);
    });
  }, x);
}

const softplus = (value: number): number => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
const logNormal = (z: readonly number[], mean: readonly number[], variance: readonly number[]): number =>
  z.reduce((sum, value, at) => sum - 0.5 * (Math.log(2 * Math.PI * (variance[at] ?? 1)) + (value - (mean[at] ?? 0)) ** 2 / (variance[at] ?? 1)), 0);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('of a VAE', () => {
  const random = randomFor('estimates');
  const weights = initialWeights('vae', 3);
  const x = Array.from({ length: IMAGES * pixels }, () => (random.uniform() < 0.3 ? 1 : 0));
  let terms: Terms;
  let logWeights: number[][];
  let parts: { readonly kl: number; readonly rec: number };

  beforeAll(() => {
    const parameters = parametersOf(weights);
    terms = termsOf({ family: 'vae', parameters, x, pixels }, SAMPLES, normals('a test'));
    const noise = normals('a test')([SAMPLES * IMAGES, latents]).arraySync();
    const images = Array.from({ length: IMAGES }, (_, image) => x.slice(image * pixels, (image + 1) * pixels));
    const gaussians = images.map((image) => {
      const output = forward(weights, 'encoder', image);
      return { mean: output.slice(0, latents), variance: output.slice(latents).map((spread) => softplus(spread) + 1e-8) };
    });
    const recs: number[] = [];
    logWeights = images.map((image, at) =>
      Array.from({ length: SAMPLES }, (_, sample) => {
        const q = gaussians[at] ?? { mean: [], variance: [] };
        const z = q.mean.map((value, axis) => value + Math.sqrt(q.variance[axis] ?? 0) * (noise[sample * IMAGES + at]?.[axis] ?? 0));
        const logits = forward(weights, 'decoder', z);
        const rec = logits.reduce((sum, logit, pixel) => sum + softplus(logit) - (image[pixel] ?? 0) * logit, 0);
        recs.push(rec);
        return -rec + logNormal(z, z.map(() => 0), z.map(() => 1)) - logNormal(z, q.mean, q.variance);
      }),
    );
    const kl = mean(gaussians.map((q) => q.mean.reduce((sum, value, axis) => sum + 0.5 * (value ** 2 + (q.variance[axis] ?? 1) - 1 - Math.log(q.variance[axis] ?? 1)), 0)));
    parts = { kl, rec: mean(recs) };
  });

  it('nelbo, kl and rec are what the formulas give', () => {
    const { nelbo, kl, rec } = estimatesOf(terms, []);
    expect(kl?.value).toBeCloseTo(parts.kl, 4);
    expect(rec?.value).toBeCloseTo(parts.rec, 2);
    expect(nelbo?.value).toBeCloseTo(parts.kl + parts.rec, 2);
  });

  it('the bounds are log-mean-exps of the weights of each image', () => {
    const bound = (logs: readonly number[]): number => -(Math.max(...logs) + Math.log(mean(logs.map((log) => Math.exp(log - Math.max(...logs))))));
    const estimates = estimatesOf(terms, [1, 10]);
    expect(estimates['iwae-10']?.value).toBeCloseTo(mean(logWeights.map(bound)), 2);
    expect(estimates['iwae-1']?.value).toBeCloseTo(mean(logWeights.flat().map((log) => -log)), 2);
  });

  it('the same noise gives the same terms, whatever was drawn before', () => {
    normals('a test')([7, 5]);
    const again = termsOf({ family: 'vae', parameters: parametersOf(weights), x, pixels }, SAMPLES, normals('a test'));
    expect(again).toEqual(terms);
  });
});

it('the density of a mixture by two products is the reference’s', () => {
  const random = randomFor('mixture');
  const tensor = (shape: readonly number[], draw: () => number) => tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, draw), [...shape]);
  const z = tensor([40, 10], () => 2 * random.normal()) as tf.Tensor2D;
  const [means, variances] = [tensor([1, 60, 10], random.normal), tensor([1, 60, 10], () => random.between(0.05, 3))];
  const [fast, right] = [logMixture(z, means, variances).arraySync(), logNormalMixture(z, means, variances).arraySync() as number[]];
  for (const [at, value] of right.entries()) expect(Math.abs((fast[at] ?? 0) - value)).toBeLessThan(1e-3 * (1 + Math.abs(value) / 100));
});

describe('a thousand samples of a few images', () => {
  // Weights whose logarithm is N(0, 1): E w = exp(1/2), so -L_m rises to -1/2 as m grows.
  const random = randomFor('weights');
  const drawn = (images: number, samples: number): Terms => ({
    images,
    samples,
    logRatio: new Float32Array(images * samples),
    rec: Float32Array.from({ length: images * samples }, () => -random.normal()),
    kl: null,
  });

  it('tell the bound of all, within the error that is stated', () => {
    const hundred = estimatesOf(drawn(100, 100), [100])['iwae-100'];
    if (hundred === undefined) throw new Error('not estimated');
    const estimate = iwae1000(hundred, drawn(30, 1000), 100);
    // E log mean of 1000 weights: 1/2 - Var(w) / (2 * 1000 E[w]^2) = 1/2 - (e - 1) / 2000.
    expect(Math.abs(estimate.value + 0.5 - (Math.E - 1) / 2000)).toBeLessThan(5 * estimate.error);
    expect(estimate.error).toBeLessThan(0.05);
  });
});
