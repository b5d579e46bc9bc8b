/** Special functions and weighted points against others' and against plain sums. */
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { gammaNodes, normalNodes } from '../../../autograder/derivation/quadrature.ts';
import { digamma, logGamma, trigamma } from '../../../autograder/derivation/special.ts';
import { lnGamma } from './formula-oracle.ts';

if (all === undefined) throw new TypeError('mathjs without its functions');
const { lgamma } = create(all);
const gap = (value: number, wanted: number): number => Math.abs(value - wanted) / (1 + Math.abs(wanted));

describe('the gamma function', () => {
  it.each([0.01, 0.3, 0.5, 1, 1.7, 2, 3.3, 10, 57.2, 1000])('at %f has the logarithm that mathjs and Stirling give', (x) => {
    expect(gap(logGamma(x), lgamma(x))).toBeLessThanOrEqual(5e-12);
    expect(gap(logGamma(x), lnGamma(x))).toBeLessThanOrEqual(1e-12);
  });

  // PyTorch's torch.digamma and torch.polygamma(1, x) in float64; the second is good to nine digits there.
  it.each([
    [0.1, -10.423754940411076, 101.43329914989455],
    [1, -0.5772156649015328, 1.6449340676383375],
    [2.5, 0.7031566406452431, 0.4903577562398206],
    [6, 1.7061176684318002, 0.18132295574347587],
    [30, 3.384438132685525, 0.03389506035774027],
  ])('at %f has the derivatives that PyTorch gives', (x, first, second) => {
    expect(gap(digamma(x), first)).toBeLessThanOrEqual(1e-14);
    expect(gap(trigamma(x), second)).toBeLessThanOrEqual(5e-9);
  });

  it('has the second derivative pi^2 / 6 at 1', () => {
    expect(gap(trigamma(1), Math.PI ** 2 / 6)).toBeLessThanOrEqual(1e-14);
  });

  it.each([0, -1, Number.NaN])('has no value at %f', (x) => {
    expect([logGamma(x), digamma(x), trigamma(x)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('the points of N(0, 1)', () => {
  it.each([3, 5, 8, 20])('%i of them give every moment up to twice as many, less one', (count) => {
    const nodes = normalNodes(count);
    expect(nodes).toHaveLength(count);
    for (let degree = 0; degree < 2 * count; degree += 1) {
      // 1, 0, 1, 0, 3, 0, 15, ...
      const moment = degree % 2 === 1 ? 0 : Array.from({ length: degree / 2 }, (_, at) => 2 * at + 1).reduce((product, odd) => product * odd, 1);
      const size = nodes.reduce((sum, { at, weight }) => sum + weight * Math.abs(at) ** degree, 0);
      expect(Math.abs(nodes.reduce((sum, { at, weight }) => sum + weight * at ** degree, 0) - moment)).toBeLessThanOrEqual(1e-10 * size);
    }
  });
});

describe('the points of Gamma(shape, 1)', () => {
  it.each([2, 2.9, 4.4, 6])('with shape %f give E log x, E x and E x^2', (shape) => {
    const mean = (f: (x: number) => number): number => gammaNodes(shape, 120).reduce((sum, { at, weight }) => sum + weight * f(at), 0);
    // By Simpson's rule on x itself.
    const [steps, end] = [200_000, 60];
    const simpson = (f: (x: number) => number): number => {
      let sum = 0;
      for (let step = 1; step < steps; step += 1) {
        const x = (end * step) / steps;
        sum += (step % 2 === 1 ? 4 : 2) * f(x) * Math.exp((shape - 1) * Math.log(x) - x - lnGamma(shape));
      }
      return (sum * end) / (3 * steps);
    };
    expect(gap(mean((x) => x), shape)).toBeLessThanOrEqual(1e-12);
    expect(gap(mean((x) => x * x), shape * (shape + 1))).toBeLessThanOrEqual(1e-12);
    expect(gap(mean(Math.log), simpson(Math.log))).toBeLessThanOrEqual(1e-6);
    expect(gap(mean(Math.log), digamma(shape))).toBeLessThanOrEqual(1e-12);
  });
});
