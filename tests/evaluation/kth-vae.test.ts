/** kth-1b's model as it is measured: its loss against formulas number by number, and its reconstructions beside others. */
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelLayouts } from '../../contract/model-layout.ts';
import { drawDigits } from '../../data/digits.ts';
import { publicTestImages, publicTestSubset, roundedBits } from '../../data/public-subset.ts';
import { randomFor } from '../../data/random.ts';
import { estimatesOf } from '../../evaluation/estimates.ts';
import { termsOf } from '../../evaluation/log-weights.ts';
import { normals } from '../../evaluation/noise.ts';
import { evaluatePairs } from '../../evaluation/pairs.ts';
import { digitSubsets, spreadOver } from '../../evaluation/subsets.ts';
import { initialWeights } from '../../training/initial-weights.ts';
import { buildModel, type Parameters } from '../../training/models.ts';
import { inPairs, reconstructions } from '../../training/reconstructions.ts';

const { pixels, latents } = modelLayouts['kth-vae'];
const [IMAGES, SAMPLES] = [2, 3];
const random = randomFor('kth-vae');
const bits = Uint8Array.from({ length: IMAGES * pixels }, () => (random.uniform() < 0.3 ? 1 : 0));
let parameters: Parameters;

beforeAll(async () => {
  await tf.setBackend('cpu');
  parameters = new Map([...initialWeights('kth-vae', 4)].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]));
});

it('the loss is KL divergence and cross entropy of the samples', () => {
  const { nelbo, kl, rec } = estimatesOf(termsOf({ family: 'kth-vae', parameters, x: bits, pixels }, SAMPLES, normals('kth')), []);
  const model = buildModel['kth-vae'](parameters);
  const noise = normals('kth')([SAMPLES * IMAGES, latents]).arraySync();
  const encoded = model.encode(tf.tensor2d(Float32Array.from(bits), [IMAGES, pixels]));
  const [means, logs] = [encoded.mean, encoded.logVariance].map((tensor) => tensor.arraySync() as number[][]);
  let [klSum, recSum] = [0, 0];
  for (let image = 0; image < IMAGES; image += 1) {
    const [mean, log] = [means?.[image] ?? [], logs?.[image] ?? []];
    for (const [axis, value] of mean.entries()) klSum -= 0.5 * (1 + (log[axis] ?? 0) - value ** 2 - Math.exp(log[axis] ?? 0));
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const z = mean.map((value, axis) => value + Math.exp((log[axis] ?? 0) / 2) * (noise[sample * IMAGES + image]?.[axis] ?? 0));
      const logits = (model.decode(tf.tensor2d([z])).arraySync() as number[][])[0] ?? [];
      for (const [pixel, logit] of logits.entries()) {
        const theta = 1 / (1 + Math.exp(-logit));
        recSum -= bits[image * pixels + pixel] === 1 ? Math.log(theta) : Math.log(1 - theta);
      }
    }
  }
  expect(kl?.value).toBeCloseTo(klSum / IMAGES, 3);
  expect(rec?.value).toBeCloseTo(recSum / IMAGES / SAMPLES, 2);
  expect(nelbo?.value).toBeCloseTo(klSum / IMAGES + recSum / IMAGES / SAMPLES, 2);
});

describe('images beside their reconstructions', () => {
  const own = (seed: number): Uint8Array => reconstructions(parameters, tf.tensor2d(Float32Array.from(bits), [IMAGES, pixels]), seed);
  const white = bits.map((bit) => 255 * bit);

  it('are drawn of the public images where none are given', () => {
    expect(evaluatePairs(parameters, null, bits, 5)).toEqual({ drawn: inPairs(white, own(5), pixels), difference: null });
  });

  it('that are the checkpoint’s from that seed are the same; another sample is as far as others are', () => {
    expect(evaluatePairs(parameters, inPairs(white, own(5), pixels), bits, 5).difference?.given).toBe(0);
    const { given = 0, own: usual = 0 } = evaluatePairs(parameters, inPairs(white, own(6), pixels), bits, 5).difference ?? {};
    expect(given).toBeGreaterThan(0);
    expect(given).toBe(usual);
  });

  it('may be grey and rounded: what is encoded is the image as bits', () => {
    const grey = white.map((value) => (value > 0 ? 200 : 60));
    const rounded = own(5).map((value) => (value > 127 ? 255 : 0));
    expect(evaluatePairs(parameters, inPairs(grey, own(5), pixels), bits, 5).difference?.given).toBe(0);
    expect(evaluatePairs(parameters, inPairs(white, rounded, pixels), bits, 5).difference?.given).toBe(0);
  });
});

describe('what it is measured on', () => {
  const test = drawDigits(3, 'test', 300);

  it('are the public images, rounded and not thrown', async () => {
    const subsets = digitSubsets('drawn-digits', { test: async () => test, train: async (count) => drawDigits(3, 'train', count) });
    const [grey, rounded] = [publicTestImages('drawn-digits', test), await subsets.publicRounded()];
    expect(rounded.labels).toEqual(publicTestSubset('drawn-digits', test).labels);
    expect(rounded.bits.every((bit, at) => bit === ((grey.pixels[at] ?? 0) / 255 > 0.5 ? 1 : 0))).toBe(true);
  });

  it('are training images from all over the set', () => {
    const few = spreadOver(test, 4);
    expect([...few.labels]).toEqual([0, 75, 150, 225].map((index) => test.labels[index]));
    expect(roundedBits(few).bits).toHaveLength(4 * pixels);
  });
});
