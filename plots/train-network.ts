/**
 * Trains a network to tell two classes apart: cross entropy, backpropagation, Adam (Kingma and Ba 2015,
 * arXiv:1412.6980, algorithm 1), and a copy of the weights after every epoch.
 */
import { type Random, randomFor } from '../data/random.ts';
import { activationsOf, type Architecture, createNetwork, type Layer, type Network, sigmoid, slopeAt } from './network.ts';
import type { Point } from './two-arms.ts';

export interface Training {
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** A layer's weights and biases in one list, for the optimiser. */
type Flat = readonly number[];

interface Moments {
  readonly first: Flat;
  readonly second: Flat;
}

/** The untrained network, then the network after each epoch. */
export function trainNetwork(seed: number, architecture: Architecture, points: readonly Point[], { epochs, batchSize, learningRate }: Training): readonly Network[] {
  const random = randomFor('plots', 'training', seed);
  let network = createNetwork(randomFor('plots', 'weights', seed), architecture);
  let moments = network.map((layer): Moments => ({ first: flat(layer).map(() => 0), second: flat(layer).map(() => 0) }));
  let step = 0;
  const history: Network[] = [network];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = shuffled(random, points);
    for (let start = 0; start < order.length; start += batchSize) {
      step += 1;
      const gradients = gradientsOf(network, order.slice(start, start + batchSize));
      const steps = gradients.map((gradient, index) => adam(gradient, moments[index] ?? { first: [], second: [] }, step, learningRate));
      moments = steps.map((taken) => taken.moments);
      network = network.map((layer, index) => unflat(layer, flat(layer).map((value, place) => value - (steps[index]?.change[place] ?? 0))));
    }
    history.push(network);
  }
  return history;
}

/** The share of points that are on the right side. */
export function accuracyOf(network: Network, points: readonly Point[]): number {
  const right = points.filter((point) => (logitOf(network, point) > 0 ? 1 : 0) === point.class);
  return right.length / points.length;
}

/** d loss / d parameters of each layer, averaged over the batch. */
export function gradientsOf(network: Network, batch: readonly Point[]): readonly Flat[] {
  const sums = network.map((layer) => flat(layer).map(() => 0));
  for (const point of batch) {
    const outputs = activationsOf(network, point.at);
    // Cross entropy of a sigmoid: its slope in the logit is p - y.
    let delta: Flat = [sigmoid(outputs.at(-1)?.[0] ?? 0) - point.class];
    for (const [index, layer] of [...network.entries()].toReversed()) {
      const input = outputs[index] ?? [];
      const sum = sums[index] ?? [];
      const units = layer.biases.length;
      for (const [unit, slope] of delta.entries()) {
        for (const [from, value] of input.entries()) sum[from * units + unit] = (sum[from * units + unit] ?? 0) + (slope * value) / batch.length;
        sum[input.length * units + unit] = (sum[input.length * units + unit] ?? 0) + slope / batch.length;
      }
      const before = network[index - 1];
      if (before === undefined) break;
      delta = input.map((output, from) => slopeAt(before.activation, output) * delta.reduce((total, slope, unit) => total + slope * (layer.weights[from]?.[unit] ?? 0), 0));
    }
  }
  return sums;
}

export function flat({ weights, biases }: Layer): Flat {
  return [...weights.flat(), ...biases];
}

export function unflat(layer: Layer, values: Flat): Layer {
  const units = layer.biases.length;
  return {
    ...layer,
    weights: layer.weights.map((_, from) => values.slice(from * units, (from + 1) * units)),
    biases: values.slice(layer.weights.length * units),
  };
}

function adam(gradient: Flat, { first, second }: Moments, step: number, learningRate: number): { readonly change: Flat; readonly moments: Moments } {
  const [decayOfFirst, decayOfSecond, floor] = [0.9, 0.999, 1e-8];
  const moments = {
    first: gradient.map((value, place) => decayOfFirst * (first[place] ?? 0) + (1 - decayOfFirst) * value),
    second: gradient.map((value, place) => decayOfSecond * (second[place] ?? 0) + (1 - decayOfSecond) * value ** 2),
  };
  const change = moments.first.map((mean, place) => {
    const spread = Math.sqrt((moments.second[place] ?? 0) / (1 - decayOfSecond ** step));
    return (learningRate * (mean / (1 - decayOfFirst ** step))) / (spread + floor);
  });
  return { change, moments };
}

function logitOf(network: Network, { at }: Point): number {
  return activationsOf(network, at).at(-1)?.[0] ?? 0;
}

function shuffled(random: Random, points: readonly Point[]): readonly Point[] {
  const order = [...points];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    const [a, b] = [order[last], order[other]];
    if (a !== undefined && b !== undefined) [order[last], order[other]] = [b, a];
  }
  return order;
}
