/** The small network against finite differences, and the figures against what they claim to show. */
import { describe, expect, it } from 'vitest';
import { randomFor } from '../../data/random.ts';
import { contour } from '../../plots/contour.ts';
import { decisionSurface, epochByEpoch, hiddenUnit, transformations } from '../../plots/figures.ts';
import { ACTIVATIONS, activationsOf, type Architecture, createNetwork, type Network, probabilityFrom } from '../../plots/network.ts';
import { accuracyOf, flat, gradientsOf, trainNetwork, unflat } from '../../plots/train-network.ts';
import { type Point, twoArms } from '../../plots/two-arms.ts';

const points = twoArms(randomFor('plots', 'data', 1));
const batch = points.filter((_, index) => index % 30 === 0);

describe.each(ACTIVATIONS)('with %s', (activation) => {
  const architecture: Architecture = { activation, layers: 2, units: 3, initialWeights: 'random' };

  it('backpropagation gives the slope of the cross entropy', () => {
    const network = createNetwork(randomFor('test', activation), architecture);
    const gradients = gradientsOf(network, batch);
    const step = 1e-6;
    for (const [index, layer] of network.entries()) {
      const values = flat(layer);
      for (const place of values.keys()) {
        const at = (by: number): number => crossEntropy(network.map((own, other) => (other === index ? unflat(own, values.map((value, entry) => value + (entry === place ? by : 0))) : own)));
        const slope = (at(step) - at(-step)) / (2 * step);
        expect(Math.abs((gradients[index]?.[place] ?? Number.NaN) - slope)).toBeLessThan(1e-7);
      }
    }
  });

  it('draws the same bytes for the same seed, and others for another', () => {
    const options = { activation, layers: 1, units: 3, seed: 4, epochs: 5 };
    expect(decisionSurface(options)).toEqual(decisionSurface(options));
    expect(hiddenUnit(options, 1, 2)).toEqual(hiddenUnit(options, 1, 2));
    expect(decisionSurface({ ...options, seed: 5 })[0]?.text).not.toBe(decisionSurface(options)[0]?.text);
  });

  it('draws only numbers', () => {
    const files = [...decisionSurface({ activation, layers: 3, units: 2, seed: 2, epochs: 3 }), ...hiddenUnit({ activation, layers: 1, units: 1, seed: 2, epochs: 3 }, 1, 1)];
    for (const { text } of files) expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe('training', () => {
  const options = { epochs: 100, batchSize: 20, learningRate: 0.03 };

  it('tells the classes apart with relu, and cannot with the identity, whose border is a straight line', () => {
    const accuracy = (activation: 'relu' | 'identity'): number => accuracyOf(lastOf(trainNetwork(1, { activation, layers: 2, units: 4, initialWeights: 'random' }, points, options)), points);
    expect(accuracy('relu')).toBeGreaterThan(0.97);
    expect(accuracy('identity')).toBeLessThan(0.9);
  });

  it('keeps units that begin alike alike', () => {
    const network = lastOf(trainNetwork(1, { activation: 'sigmoid', layers: 2, units: 2, initialWeights: 'constant' }, points, options));
    for (const { at } of points) {
      const [, first = [], second = []] = activationsOf(network, at);
      expect(first[0]).toBeCloseTo(first[1] ?? Number.NaN, 12);
      expect(second[0]).toBeCloseTo(second[1] ?? Number.NaN, 12);
    }
    expect(accuracyOf(network, points)).toBeLessThan(0.9);
  });
});

describe('the transformations', () => {
  // Seed 5 fails at first, so that the search for first weights is tried too.
  const files = new Map(transformations({ seed: 5, epochs: 200 }).map(({ name, text }) => [name, text]));

  it('come with the code of a failed and a successful model that differ in one line', () => {
    const [failed = [], successful = []] = ['failed', 'successful'].map((outcome) => files.get(`transformations-${outcome}.ts`)?.split('\n') ?? []);
    expect(failed.length).toBe(successful.length);
    const different = failed.flatMap((line, index) => (line === successful[index] ? [] : [[line.trim(), successful[index]?.trim()]]));
    expect(different).toHaveLength(1);
    expect(different[0]?.[0]).toBe('initialWeights: constant(0.5),');
    expect(different[0]?.[1]).toMatch(/^initialWeights: normal\(/);
  });

  it('show both, with every axis named', () => {
    const text = files.get('transformations-seed-5.svg') ?? '';
    for (const word of ['Successful model', 'Failed model', 'Hidden layer 1', 'unit 2 of layer 2', 'probability of class 1', 'class 0', 'class 1']) expect(text).toContain(word);
  });
});

describe('the epochs', () => {
  const files = epochByEpoch({ activation: 'tanh', seed: 3, epochs: 4 });

  it('are a file each, the untrained network first, and one sheet', () => {
    expect(files.map(({ name }) => name)).toEqual([...[0, 1, 2, 3, 4].map((epoch) => `epochs-tanh-seed-3/epoch-${epoch}.svg`), 'epochs-tanh-seed-3.svg']);
    expect(files[0]?.text).toContain('Before training');
    expect(files[4]?.text).toContain('After epoch 4');
  });
});

it('a contour follows a circle', () => {
  const [cells, radius] = [40, 0.713];
  const coordinate = (index: number): number => (2 * index) / cells - 1;
  const values = Array.from({ length: cells + 1 }, (_, row) => Array.from({ length: cells + 1 }, (_unused, column) => Math.hypot(coordinate(column), coordinate(row))));
  const pieces = contour(values, radius);
  expect(pieces.length).toBeGreaterThan(50);
  for (const [from, to] of pieces) for (const [column, row] of [from, to]) expect(Math.abs(Math.hypot(coordinate(column), coordinate(row)) - radius)).toBeLessThan(2e-3);
  // Every end of a piece is the end of another: the line is closed.
  const ends = pieces.flat().map(([column, row]) => `${column.toFixed(6)} ${row.toFixed(6)}`);
  for (const end of new Set(ends)) expect(ends.filter((other) => other === end)).toHaveLength(2);
});

function crossEntropy(network: Network): number {
  const losses = batch.map(({ at, class: label }: Point) => {
    const probability = probabilityFrom(network, 0, at);
    return -Math.log(label === 1 ? probability : 1 - probability);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

function lastOf(history: readonly Network[]): Network {
  const network = history.at(-1);
  if (network === undefined) throw new Error('no network');
  return network;
}
