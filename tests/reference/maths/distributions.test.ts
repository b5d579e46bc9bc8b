import * as tf from '@tensorflow/tfjs';
import { describe, expect, it, vi } from 'vitest';
import { logNormal, logNormalMixture, sampleGaussian } from '../../../reference/maths/distributions.ts';
import { at, rowsOf, type Vector } from '../../oracles/arrays.ts';
import { oracleLogNormal, oracleLogNormalMixture, oracleSampleGaussian } from '../../oracles/densities.ts';
import { oracleGradient } from '../../oracles/finite-differences.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';
import { drawnShapes, serveNoise } from '../recorded-noise.ts';

vi.mock('@tensorflow/tfjs', async (original) =>
  (await import('../recorded-noise.ts')).withRecordedNoise(await original()),
);

const numbers = seededNumbers(1);
const [batch, k, size] = [5, 4, 3];
const mean = numbers.normals(batch * size);
const variance = mean.map(() => Math.exp(numbers.uniform(-2, 1.5)));
const x = numbers.normals(batch * size, 2);
const flat = (rows: readonly Vector[]): Vector => rows.flat();
const tensor = (values: Vector, ...shape: number[]): tf.Tensor => tf.tensor([...values], shape);
const gaussianAt = (row: number, means: Vector = mean, variances: Vector = variance) => ({
  mean: at(rowsOf(means, size), row),
  variance: at(rowsOf(variances, size), row),
});

describe('sampleGaussian', () => {
  it('is mean + deviation * noise, from one draw of the whole shape', () => {
    const noise = numbers.normals(batch * size);
    serveNoise(noise);
    const z = sampleGaussian(tensor(mean, batch, size), tensor(variance, batch, size));
    expect(drawnShapes()).toEqual([[batch, size]]);
    expect(z.shape).toEqual([batch, size]);
    expect(worstError(Array.from(z.dataSync()), flat(rowsOf(noise, size).map((row, b) => oracleSampleGaussian(gaussianAt(b), row))))).toBeLessThan(1e-5);
  });

  it('passes gradients to the mean and to the variance', () => {
    const noise = [0.5, -1.5, 2];
    const loss = (m: tf.Tensor, v: tf.Tensor): tf.Tensor => {
      serveNoise(noise);
      return tf.sum(tf.square(sampleGaussian(m, v)));
    };
    const at0 = [mean.slice(0, size), variance.slice(0, size)].map((values) => tensor(values, 1, size));
    const gradients = tf.grads((m: tf.Tensor, v: tf.Tensor) => loss(m, v))(at0);
    const oracle = oracleGradient(
      (p) => oracleSampleGaussian({ mean: p.slice(0, size), variance: p.slice(size) }, noise).reduce((s, z) => s + z * z, 0),
      [...mean.slice(0, size), ...variance.slice(0, size)],
    );
    expect(worstError(gradients.flatMap((g) => Array.from(g.dataSync())), oracle)).toBeLessThan(1e-4);
  });
});

describe('logNormal', () => {
  it('agrees with the oracle', () => {
    const actual = logNormal(tensor(x, batch, size), tensor(mean, batch, size), tensor(variance, batch, size));
    expect(actual.shape).toEqual([batch]);
    expect(worstError(Array.from(actual.dataSync()), rowsOf(x, size).map((row, b) => oracleLogNormal(row, gaussianAt(b))))).toBeLessThan(1e-5);
  });

  it('broadcasts, also from a scalar variance', () => {
    const points = tf.expandDims(tensor(x, batch, size), 1);
    expect(logNormal(points, tensor(mean, 1, batch, size), tensor(variance, 1, batch, size)).shape).toEqual([batch, batch]);
    const actual = logNormal(tensor(x, batch, size), tensor(mean, batch, size), tf.scalar(0.1));
    const tenth = { variance: [0.1, 0.1, 0.1] };
    expect(worstError(Array.from(actual.dataSync()), rowsOf(x, size).map((row, b) => oracleLogNormal(row, { ...gaussianAt(b), ...tenth })))).toBeLessThan(1e-5);
  });

  it.each([
    [[40], [0], [1]],
    [[1], [1], [1e-30]],
    [[1e-15, 2], [0, 2], [1e-30, 1e-8]],
    [[3e8], [0], [1e12]],
    [[0.3], [0], [1e38]],
  ])('stays finite far out and at tiny variances: %j %j %j', (point, centre, spread) => {
    const actual = logNormal(tf.tensor1d(point), tf.tensor1d(centre), tf.tensor1d(spread));
    expect(worstError(Array.from(actual.dataSync()), [oracleLogNormal(point, { mean: centre, variance: spread })])).toBeLessThan(1e-5);
  });

  it('passes gradients through broadcast arguments', () => {
    const gradients = tf.grads((p: tf.Tensor, m: tf.Tensor, v: tf.Tensor) => tf.sum(logNormal(tf.expandDims(p, 1), m, v)))([
      tensor(x.slice(0, 6), 2, size),
      tensor(mean.slice(0, 12), 1, k, size),
      tensor(variance.slice(0, 12), 1, k, size),
    ]);
    const oracle = oracleGradient(
      (p) =>
        rowsOf(p.slice(0, 6), size).reduce(
          (total, point) => total + [0, 1, 2, 3].reduce((s, i) => s + oracleLogNormal(point, gaussianAt(i, p.slice(6, 18), p.slice(18))), 0),
          0,
        ),
      [...x.slice(0, 6), ...mean.slice(0, 12), ...variance.slice(0, 12)],
    );
    expect(worstError(gradients.flatMap((g) => Array.from(g.dataSync())), oracle)).toBeLessThan(1e-4);
  });
});

describe('logNormalMixture', () => {
  const means = numbers.normals(batch * k * size);
  const variances = means.map(() => Math.exp(numbers.uniform(-2, 1)));
  const components = (values: Vector, b: number) => rowsOf(values.slice(b * k * size, (b + 1) * k * size), size);

  it('shares one set of components between all points', () => {
    const [shared, spread] = [means.slice(0, k * size), variances.slice(0, k * size)];
    const actual = logNormalMixture(tensor(x, batch, size), tensor(shared, 1, k, size), tensor(spread, 1, k, size));
    expect(actual.shape).toEqual([batch]);
    expect(worstError(Array.from(actual.dataSync()), rowsOf(x, size).map((point) => oracleLogNormalMixture(point, components(means, 0), components(variances, 0))))).toBeLessThan(1e-5);
  });

  it('takes components of its own for every point', () => {
    const actual = logNormalMixture(tensor(x, batch, size), tensor(means, batch, k, size), tensor(variances, batch, k, size));
    expect(worstError(Array.from(actual.dataSync()), rowsOf(x, size).map((point, b) => oracleLogNormalMixture(point, components(means, b), components(variances, b))))).toBeLessThan(1e-5);
  });

  it('survives components whose densities underflow', () => {
    const actual = logNormalMixture(tf.tensor2d([[30]]), tf.tensor3d([[[-30], [-20]]]), tf.tensor3d([[[0.01], [0.01]]]));
    expect(worstError(Array.from(actual.dataSync()), [oracleLogNormalMixture([30], [[-30], [-20]], [[0.01], [0.01]])])).toBeLessThan(1e-5);
  });
});
