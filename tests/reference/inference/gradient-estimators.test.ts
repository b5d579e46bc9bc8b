/** The parts against slopes of log densities in float64; the zero-mean score and the landing against what the paper says of them. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { gradientParts } from '../../../reference/inference/gradient-estimators.ts';
import { at, range, sum, type Vector } from '../../oracles/arrays.ts';
import { oracleGradient } from '../../oracles/finite-differences.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';

const [n, d] = [4, 3];
const random = seededNumbers(3);
const phi = [...random.normals(d), ...random.normals(d, 0.5)];
const posterior = { mean: random.normals(d), variance: range(d).map(() => random.uniform(0.3, 2)) };
const noise = range(n).map(() => random.normals(d));

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const drawn = (p: Vector, epsilon: Vector): Vector => epsilon.map((value, i) => at(p, i) + Math.exp(at(p, d + i)) * value);
const logP = (z: Vector): number => sum(z.map((value, i) => -0.5 * (Math.log(2 * Math.PI * at(posterior.variance, i)) + (value - at(posterior.mean, i)) ** 2 / at(posterior.variance, i))));
const logQ = (z: Vector, p: Vector): number => sum(z.map((value, i) => -0.5 * (Math.log(2 * Math.PI) + 2 * at(p, d + i) + ((value - at(p, i)) / Math.exp(at(p, d + i))) ** 2)));

const parametersOf = (p: Vector) => ({ mean: tf.tensor1d(p.slice(0, d)), logDeviation: tf.tensor1d(p.slice(d)) });
const known = { mean: tf.tensor1d(posterior.mean), variance: tf.tensor1d(posterior.variance) };
const parts = gradientParts(parametersOf(phi), known, tf.tensor2d(noise));

describe('at each row of noise', () => {
  it('the total is the slope of everything that phi does', () => {
    const right = noise.flatMap((epsilon) => oracleGradient((p) => logP(drawn(p, epsilon)) - logQ(drawn(p, epsilon), p), phi));
    expect(parts.total.shape).toEqual([n, 2 * d]);
    expect(worstError(numbers(parts.total), right)).toBeLessThan(1e-5);
  });

  it('the path is the slope through z, with the density of q held', () => {
    const right = noise.flatMap((epsilon) => oracleGradient((p) => logP(drawn(p, epsilon)) - logQ(drawn(p, epsilon), phi), phi));
    expect(worstError(numbers(parts.path), right)).toBeLessThan(1e-5);
  });

  it('the score is the slope of log q, with z held', () => {
    const right = noise.flatMap((epsilon) => oracleGradient((p) => logQ(drawn(phi, epsilon), p), phi));
    expect(worstError(numbers(parts.score), right)).toBeLessThan(1e-5);
  });
});

describe('over the noise', () => {
  // Gauss and Hermite with three nodes, in each dimension: exact for the squares that occur.
  const nodes = [-Math.sqrt(3), 0, Math.sqrt(3)];
  const weights = [1 / 6, 2 / 3, 1 / 6];
  const grid = range(3 ** d).map((index) => range(d).map((axis) => Math.floor(index / 3 ** axis) % 3));
  const averaged = (tensor: tf.Tensor): Vector => {
    const rows = grid.map((places) => places.reduce((product, place) => product * at(weights, place), 1));
    return numbers(tf.matMul(tf.tensor2d([rows]), tensor as tf.Tensor2D));
  };
  const all = gradientParts(parametersOf(phi), known, tf.tensor2d(grid.map((places) => places.map((place) => at(nodes, place)))));

  it('the score has mean zero, so path and total have the same', () => {
    expect(worstError(averaged(all.score), phi.map(() => 0))).toBeLessThan(1e-6);
    expect(worstError(averaged(all.path), averaged(all.total))).toBeLessThan(1e-5);
  });

  it('both are the gradient of the ELBO', () => {
    // -KL between two Gaussians
    const elbo = (p: Vector): number =>
      -sum(range(d).map((i) => 0.5 * (Math.log(at(posterior.variance, i)) - 2 * at(p, d + i) + (Math.exp(2 * at(p, d + i)) + (at(p, i) - at(posterior.mean, i)) ** 2) / at(posterior.variance, i) - 1)));
    expect(worstError(averaged(all.path), oracleGradient(elbo, phi))).toBeLessThan(1e-5);
  });

  it('the path has no variance where q is the posterior, and the total has', () => {
    const landed = [...posterior.mean, ...posterior.variance.map((variance) => Math.log(variance) / 2)];
    const there = gradientParts(parametersOf(landed), known, tf.tensor2d(noise));
    expect(Math.max(...numbers(there.path).map(Math.abs))).toBeLessThan(1e-5);
    expect(Math.max(...numbers(there.total).map(Math.abs))).toBeGreaterThan(0.1);
  });
});
