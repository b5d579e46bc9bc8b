/** The updates against quadrature, the ELBO against evidence in closed form, and a run on quakes whose origin is known. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import * as cavi from '../../../reference/inference/cavi.ts';
import type { Factors, Prior, Quakes } from '../../../reference/inference/earthquakes.ts';
import { at, range, type Vector } from '../../oracles/arrays.ts';
import { logEvidenceOfOneClass, type OracleFactors, oracleElbo, type OraclePrior, type OracleQuakes, oracleUpdateZ } from '../../oracles/earthquakes.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';
import { worstError } from '../agreement.ts';

const numbers = (tensor: tf.Tensor): number[] => Array.from(tensor.dataSync());
const random = seededNumbers(7);
const shares = (size: number): number[] => {
  const weights = range(size).map(() => random.uniform(0.2, 1));
  return weights.map((weight) => weight / weights.reduce((sum, value) => sum + value, 0));
};

const [n, k] = [6, 3];
const quakes: OracleQuakes = { x: range(n).map(() => random.normals(2, 1.5)), s: range(n).map(() => Math.floor(random.uniform(0, 9))) };
const prior: OraclePrior = { pi: shares(k), tau: 0.8, alpha: 2.5, beta: 0.6, nu: [0.7, -0.9], rho: 0.3 };
const q: OracleFactors = {
  pi: range(n).map(() => shares(k)),
  alpha: range(k).map(() => random.uniform(2, 8)),
  beta: range(k).map(() => random.uniform(0.6, 2)),
  mu: range(k).map(() => random.normals(2)),
  rho: range(k).map(() => random.uniform(0.5, 2)),
};

const quakeTensors = ({ x, s }: OracleQuakes): Quakes => ({ x: tf.tensor2d(x.map((row) => [...row])), s: tf.tensor1d([...s]) });
const priorTensors = (one: OraclePrior): Prior => ({ ...one, pi: tf.tensor1d([...one.pi]), nu: tf.tensor1d([...one.nu]) });
const factorTensors = ({ pi, alpha, beta, mu, rho }: OracleFactors): Factors => ({
  pi: tf.tensor2d(pi.map((row) => [...row])),
  alpha: tf.tensor1d([...alpha]),
  beta: tf.tensor1d([...beta]),
  mu: tf.tensor2d(mu.map((row) => [...row])),
  rho: tf.tensor1d([...rho]),
});
const asked = [quakeTensors(quakes), priorTensors(prior), factorTensors(q)] as const;
const changed = (part: Partial<OracleFactors>): number => oracleElbo(quakes, prior, { ...q, ...part });

describe('the ELBO', () => {
  it('is what quadrature gives', () => {
    expect(worstError(numbers(cavi.elbo(...asked)), [oracleElbo(quakes, prior, q)])).toBeLessThan(1e-5);
  });

  it('is the log evidence where one class leaves nothing to approximate: its constants and normalisers are right', () => {
    const one = { ...prior, pi: [1] };
    const anywhere = { alpha: tf.tensor1d([3]), beta: tf.tensor1d([1]), mu: tf.tensor2d([[0, 0]]), rho: tf.tensor1d([1]) };
    const { elbo } = cavi.coordinateAscent(quakeTensors(quakes), priorTensors(one), anywhere, 1);
    expect(worstError(numbers(elbo), [logEvidenceOfOneClass(quakes, one)])).toBeLessThan(1e-5);
  });
});

describe('an update', () => {
  it('of Z is exp(E log p), normalised over the classes', () => {
    const updated = cavi.updateZ(...asked);
    expect(updated.shape).toEqual([n, k]);
    expect(worstError(numbers(updated), oracleUpdateZ(quakes, prior, q).flat())).toBeLessThan(1e-5);
  });

  it('of Z stays a distribution where every weight is 0 in float32', () => {
    const rows = cavi.updateZ({ ...asked[0], x: tf.add(asked[0].x, 60) }, asked[1], asked[2]);
    expect(worstError(numbers(tf.sum(rows, 1)), range(n).map(() => 1))).toBeLessThan(1e-6);
  });

  // A maximum along every parameter: what quadrature finds at both sides is lower.
  const higherThan = (best: Partial<OracleFactors>, moved: (by: number) => readonly Partial<OracleFactors>[]): readonly Partial<OracleFactors>[] =>
    [-0.05, 0.05].flatMap(moved).filter((other) => !(changed(other) < changed(best)));
  const scaled = (values: Vector, index: number, by: number): Vector => values.map((value, other) => (other === index ? value * (1 + by) : value));

  it('of lambda is the highest point of the ELBO', () => {
    const updated = cavi.updateLambda(asked[0], asked[1], asked[2].pi);
    const best = { alpha: numbers(updated.alpha), beta: numbers(updated.beta) };
    const moved = (by: number) => range(k).flatMap((index) => [{ ...best, alpha: scaled(best.alpha, index, by) }, { ...best, beta: scaled(best.beta, index, by) }]);
    expect(higherThan(best, moved)).toEqual([]);
  });

  it('of mu is the highest point of the ELBO', () => {
    const updated = cavi.updateMu(asked[0], asked[1], asked[2].pi);
    const rows = numbers(updated.mu);
    const best = { mu: range(k).map((index) => rows.slice(2 * index, 2 * index + 2)), rho: numbers(updated.rho) };
    const moved = (by: number) =>
      range(k).flatMap((index) => [
        { ...best, rho: scaled(best.rho, index, by) },
        ...[0, 1].map((axis) => ({ ...best, mu: best.mu.map((row, other) => (other === index ? row.map((value, place) => (place === axis ? value + by : value)) : row)) })),
      ]);
    expect(higherThan(best, moved)).toEqual([]);
  });
});

describe('rounds of coordinate ascent', () => {
  const centres = [[-4, 0], [4, 1], [0, 5]] as const;
  const rates = [1.5, 6, 12] as const;
  const owners = range(150).map((index) => index % 3);
  const poisson = (rate: number): number => {
    let count = 0;
    for (let left = Math.exp(-rate), product = random.uniform(); product > left; product *= random.uniform()) count += 1;
    return count;
  };
  const planted: OracleQuakes = { x: owners.map((owner) => (centres[owner] ?? [0, 0]).map((value) => value + random.normal())), s: owners.map((owner) => poisson(rates[owner] ?? 1)) };
  const wide: Prior = priorTensors({ pi: [0.3, 0.4, 0.3], tau: 1, alpha: 1, beta: 0.2, nu: [0, 0], rho: 0.05 });
  const start = { alpha: tf.tensor1d([2, 3, 4]), beta: tf.tensor1d([1, 1, 1]), mu: tf.tensor2d([[-1, 0], [1, 0], [0, 1]]), rho: tf.tensor1d([1, 1, 1]) };
  const found = cavi.coordinateAscent(quakeTensors(planted), wide, start, 25);

  it('never lower the ELBO', () => {
    const bounds = numbers(found.elbo);
    expect(bounds).toHaveLength(25);
    // float32 rounds sums of a thousand nats at the fourth decimal.
    expect(bounds.slice(1).filter((bound, index) => bound < at(bounds, index) - 2e-3)).toEqual([]);
    expect(at(bounds, 24) - at(bounds, 0)).toBeGreaterThan(1);
  });

  it('find centres, rates and owners that were planted', () => {
    expect(worstError(numbers(found.mu), centres.flat())).toBeLessThan(0.3);
    expect(worstError(numbers(tf.div(found.alpha, found.beta)), rates)).toBeLessThan(0.25);
    expect(numbers(tf.argMax(found.pi, 1)).filter((owner, index) => owner !== owners[index]).length).toBeLessThan(4);
  });
});
