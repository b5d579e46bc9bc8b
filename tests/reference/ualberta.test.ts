/** The functions of the University of Alberta's assignment 4, both editions, against oracles that share no code with them. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import * as cvae2022 from '../../reference/ualberta-a4-2022/cvae.ts';
import * as estimators2022 from '../../reference/ualberta-a4-2022/gradient-estimators.ts';
import * as vae2022 from '../../reference/ualberta-a4-2022/vae.ts';
import * as cvae2025 from '../../reference/ualberta-a4-2025/cvae.ts';
import * as estimators2025 from '../../reference/ualberta-a4-2025/gradient-estimators.ts';
import * as vae2025 from '../../reference/ualberta-a4-2025/vae.ts';
import { oracleAdam } from '../oracles/adam.ts';
import { at, type Matrix, mean, range, sum, type Vector } from '../oracles/arrays.ts';
import { oracleVaeNelbo } from '../oracles/bounds.ts';
import { oracleKlNormal, oracleLogBernoulli, oracleSampleGaussian, oracleStandardNormal } from '../oracles/densities.ts';
import { exampleCase, SIZES } from '../oracles/example-cases.ts';
import { encode, forward, type OracleNetwork, type VaeNetworks, weightsOf, withWeights } from '../oracles/networks.ts';
import { expectationUnder } from '../oracles/quadrature.ts';
import { seededNumbers } from '../oracles/seeded-numbers.ts';
import { gradientError, worstError } from './agreement.ts';
import { buildFsvae, buildVae } from './models-in-tensorflow.ts';
import { drawnShapes, serveNoise } from './recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) => (await import('./recorded-noise.ts')).withRecordedNoise(await original()));

const editions = [
  { name: '2022', vae: vae2022, cvae: cvae2022, estimators: estimators2022 },
  { name: '2025', vae: vae2025, cvae: cvae2025, estimators: estimators2025 },
];

const rowsOf = (rows: Matrix): tf.Tensor2D => tf.tensor2d(rows.map((row) => [...row]));
const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());

/** KL and cross entropy of a conditional VAE, averaged over the batch. */
function oracleCelbo({ encoder, decoder }: VaeNetworks, images: Matrix, labels: Matrix, noise: Vector): { readonly kl: number; readonly rec: number } {
  const rows = images.map((image, row) => {
    const label = at(labels, row);
    const q = encode(encoder, [...image, ...label]);
    const z = oracleSampleGaussian(q, noise.slice(row * q.mean.length, (row + 1) * q.mean.length));
    return { kl: oracleKlNormal(q, oracleStandardNormal(z.length)), rec: -oracleLogBernoulli(image, forward(decoder, [...z, ...label])) };
  });
  return { kl: mean(rows.map(({ kl }) => kl)), rec: mean(rows.map(({ rec }) => rec)) };
}

describe.each(editions)('edition $name', ({ vae, cvae, estimators }) => {
  describe.each(SIZES)('with batch $batch, z $z, $labels labels', (sizes) => {
    const { images, labels, vae: networks, fsvae: conditional, noise } = exampleCase(31, sizes);
    const [plain, labelled] = [buildVae(networks), buildFsvae(conditional)];
    const [x, y] = [rowsOf(images), rowsOf(labels)];
    const posteriors = images.map((image) => encode(networks.encoder, image));
    const withNoise = <Result>(call: () => Result): Result => {
      serveNoise(noise);
      return call();
    };

    it('reconstruct decodes one sample of q, and returns q', () => {
      const made = withNoise(() => vae.reconstruct(plain.model, x));
      expect(drawnShapes()).toEqual([[sizes.batch, sizes.z]]);
      const samples = posteriors.map((q, row) => oracleSampleGaussian(q, noise.slice(row * sizes.z, (row + 1) * sizes.z)));
      expect(worstError(numbers(made.logits), samples.flatMap((z) => forward(networks.decoder, z)))).toBeLessThan(1e-5);
      expect(worstError(numbers(made.mean), posteriors.flatMap((q) => q.mean))).toBeLessThan(1e-5);
      expect(worstError(numbers(made.variance), posteriors.flatMap((q) => q.variance))).toBeLessThan(1e-5);
    });

    it('the conditional reconstruct shows the class to both networks', () => {
      const made = withNoise(() => cvae.reconstruct(labelled.model, x, y));
      const expected = images.flatMap((image, row) => {
        const q = encode(conditional.encoder, [...image, ...at(labels, row)]);
        return forward(conditional.decoder, [...oracleSampleGaussian(q, noise.slice(row * sizes.z, (row + 1) * sizes.z)), ...at(labels, row)]);
      });
      expect(worstError(numbers(made.logits), expected)).toBeLessThan(1e-5);
    });

    it('klDivergence is the closed form, summed over z and averaged over the batch', () => {
      const found = vae.klDivergence(rowsOf(posteriors.map((q) => q.mean)), rowsOf(posteriors.map((q) => q.variance)));
      expect(worstError(numbers(found), [mean(posteriors.map((q) => oracleKlNormal(q, oracleStandardNormal(sizes.z))))])).toBeLessThan(1e-5);
    });

    it('binaryCrossEntropy is -log p(x|z), at extreme logits too', () => {
      const logits = images.map((image, row) => image.map((_, pixel) => ((row + pixel) % 3 === 0 ? 1e4 : 1) * Math.sin(3 * row + pixel)));
      const found = vae.binaryCrossEntropy(x, rowsOf(logits));
      expect(worstError(numbers(found), [mean(images.map((image, row) => -oracleLogBernoulli(image, at(logits, row).map(Math.fround))))])).toBeLessThan(1e-5);
    });

    it('elbo is their sum, and its gradients are right', () => {
      const loss = (): tf.Tensor => withNoise(() => vae.elbo(plain.model, x));
      expect(worstError(numbers(loss()), [oracleVaeNelbo(networks, images, noise).nelbo])).toBeLessThan(1e-5);
      for (const module of ['encoder', 'decoder'] as const) {
        const oracle = (weights: Vector): number => oracleVaeNelbo({ ...networks, [module]: withWeights(networks[module], weights) }, images, noise).nelbo;
        expect(gradientError(plain, module, loss, oracle, weightsOf(networks[module]))).toBeLessThan(1e-5);
      }
    });

    it('celbo is their sum with a label, and its gradients are right', () => {
      const loss = (): tf.Tensor => withNoise(() => cvae.celbo(labelled.model, x, y));
      const total = (changed: VaeNetworks): number => {
        const { kl, rec } = oracleCelbo(changed, images, labels, noise);
        return kl + rec;
      };
      expect(worstError(numbers(loss()), [total(conditional)])).toBeLessThan(1e-5);
      for (const module of ['encoder', 'decoder'] as const) {
        const oracle = (weights: Vector): number => total({ ...conditional, [module]: withWeights(conditional[module], weights) });
        expect(gradientError(labelled, module, loss, oracle, weightsOf(conditional[module]))).toBeLessThan(1e-5);
      }
    });
  });

  describe('training', () => {
    const [count, batchSize, epochs, rate] = [5, 2, 3, 0.05];
    const sizes = [2, 2, 1];
    const random = seededNumbers(7);
    const image = [1, 0, 1];
    const label = [0, 1];
    const dense = (inputs: number, outputs: number): OracleNetwork => [{ kernel: range(inputs).map(() => random.normals(outputs, 0.6)), bias: random.normals(outputs, 0.4), activation: 'identity' }];
    const noise = random.normals(count * epochs);
    /** One image again and again, so that the order of shuffled batches does not matter. */
    const steps = range(epochs).flatMap((epoch) => sizes.map((size, batch) => noise.slice(count * epoch + batchSize * batch, count * epoch + batchSize * batch + size)));
    const averages = (losses: readonly number[]): number[] => range(epochs).map((epoch) => sum(sizes.map((size, batch) => size * at(losses, epoch * sizes.length + batch))) / count);
    const split = (networks: VaeNetworks, weights: Vector): VaeNetworks => {
      const own = weightsOf(networks.encoder).length;
      return { encoder: withWeights(networks.encoder, weights.slice(0, own)), decoder: withWeights(networks.decoder, weights.slice(own)) };
    };

    it('of the VAE follows Adam batch by batch, the last and smaller one too', () => {
      const networks = { encoder: dense(3, 2), decoder: dense(1, 3) };
      const losses = steps.map((own) => (weights: Vector) => oracleVaeNelbo(split(networks, weights), own.map(() => image), own).nelbo);
      const expected = averages(oracleAdam([...weightsOf(networks.encoder), ...weightsOf(networks.decoder)], losses, rate));
      serveNoise(noise);
      const found = vae.trainMnistVae(buildVae(networks).model, rowsOf(range(count).map(() => image)), epochs, batchSize, rate);
      expect(worstError(numbers(found), expected)).toBeLessThan(1e-4);
      expect(drawnShapes().map(([rows]) => rows)).toEqual(range(epochs).flatMap(() => sizes));
    });

    it('of the conditional VAE does the same, with the class', () => {
      const networks = { encoder: dense(5, 2), decoder: dense(3, 3) };
      const losses = steps.map((own) => (weights: Vector) => {
        const { kl, rec } = oracleCelbo(split(networks, weights), own.map(() => image), own.map(() => label), own);
        return kl + rec;
      });
      const expected = averages(oracleAdam([...weightsOf(networks.encoder), ...weightsOf(networks.decoder)], losses, rate));
      serveNoise(noise);
      const found = cvae.trainMnistCvae(buildFsvae(networks).model, rowsOf(range(count).map(() => image)), rowsOf(range(count).map(() => label)), epochs, batchSize, rate);
      expect(worstError(numbers(found), expected)).toBeLessThan(1e-4);
    });
  });

  describe('the gradient estimators', () => {
    const [m, v, target] = [[0.7, -1.2], [0.3, 2.1], [-0.4, 0.9]];
    const tensors = [m, v, target].map((values) => tf.tensor1d(values)) as unknown as readonly [tf.Tensor, tf.Tensor, tf.Tensor];
    /** By quadrature over the noise: two dimensions that do not meet, one sample each. */
    const expectedOf = (estimator: typeof estimators.naiveGradient, of: 'mean' | 'variance'): number[] =>
      range(2).map((d) =>
        expectationUnder(oracleStandardNormal(1), ([noise = 0]) => {
          serveNoise([0, 1].map((other) => (other === d ? noise : 0)));
          return at(numbers(estimator(...tensors, 1)[of]), d);
        }),
      );
    const right = { mean: m.map((value, d) => value - at(target, d)), variance: v.map((value) => (1 - 1 / value) / 2) };

    it('reparameterised, has the gradient of the expectation for its expectation', () => {
      expect(worstError(expectedOf(estimators.reparameterisedGradient, 'mean'), right.mean)).toBeLessThan(1e-4);
      expect(worstError(expectedOf(estimators.reparameterisedGradient, 'variance'), right.variance)).toBeLessThan(1e-4);
    });

    it('naive, is biased: its expectation is 0 here, wherever the target is', () => {
      expect(worstError(expectedOf(estimators.naiveGradient, 'mean'), [0, 0])).toBeLessThan(1e-4);
      expect(worstError(expectedOf(estimators.naiveGradient, 'variance'), [0, 0])).toBeLessThan(1e-4);
      expect(Math.abs(at(right.mean, 0))).toBeGreaterThan(1);
    });

    it('average over their samples', () => {
      const noise = seededNumbers(3).normals(8);
      serveNoise(noise);
      const found = numbers(estimators.reparameterisedGradient(...tensors, 4).mean);
      expect(worstError(found, range(2).map((d) => mean(range(4).map((i) => at(m, d) + Math.sqrt(at(v, d)) * at(noise, 2 * i + d) - at(target, d)))))).toBeLessThan(1e-5);
      expect(drawnShapes()).toEqual([[4, 2]]);
    });
  });
});
