/** A fully connected network of any depth on plain numbers: enough to look into, in float64 and the same everywhere. */
import type { Random } from '../data/random.ts';

export const ACTIVATIONS = ['identity', 'relu', 'sigmoid', 'tanh'] as const;
export type Activation = (typeof ACTIVATIONS)[number];

/** activation(input weights + biases); weights [inputs][outputs]. */
export interface Layer {
  readonly weights: readonly (readonly number[])[];
  readonly biases: readonly number[];
  readonly activation: Activation;
}

/** Hidden layers, then one of a single unit: the sigmoid of what it returns is the probability of class 1. */
export type Network = readonly Layer[];

/** `random`: normal with variance 1 / inputs, from the seed. `constant`: every weight is 0.5. */
export type InitialWeights = 'random' | 'constant';

const CONSTANT = 0.5;

export interface Architecture {
  readonly activation: Activation;
  readonly layers: number;
  readonly units: number;
  readonly initialWeights: InitialWeights;
}

export function createNetwork(random: Random, { activation, layers, units, initialWeights }: Architecture): Network {
  const sizes = [2, ...Array.from({ length: layers }, () => units), 1];
  return sizes.slice(1).map((outputs, index) => {
    const inputs = sizes[index] ?? 1;
    const weight = initialWeights === 'constant' ? () => CONSTANT : () => random.normal() / Math.sqrt(inputs);
    return {
      weights: Array.from({ length: inputs }, () => Array.from({ length: outputs }, weight)),
      biases: Array.from({ length: outputs }, () => 0),
      // The last layer returns a logit, whatever the hidden ones do.
      activation: index === layers ? 'identity' : activation,
    };
  });
}

/** What every layer returns for this input, the input itself first. */
export function activationsOf(network: Network, input: readonly number[]): readonly (readonly number[])[] {
  const all: (readonly number[])[] = [input];
  for (const layer of network) all.push(outputOf(layer, all.at(-1) ?? []));
  return all;
}

export function outputOf({ weights, biases, activation }: Layer, input: readonly number[]): readonly number[] {
  return biases.map((bias, unit) => activate(activation, input.reduce((sum, value, index) => sum + value * (weights[index]?.[unit] ?? 0), bias)));
}

/** The probability of class 1 where the network is entered at a layer: at 0 with an input, at 1 with what the first hidden layer returned. */
export function probabilityFrom(network: Network, layer: number, values: readonly number[]): number {
  const logit = network.slice(layer).reduce<readonly number[]>((input, next) => outputOf(next, input), values)[0] ?? 0;
  return sigmoid(logit);
}

export function activate(activation: Activation, value: number): number {
  switch (activation) {
    case 'identity':
      return value;
    case 'relu':
      return Math.max(0, value);
    case 'sigmoid':
      return sigmoid(value);
    case 'tanh':
      return Math.tanh(value);
  }
}

/** d activation / d input, from what the activation returned. */
export function slopeAt(activation: Activation, output: number): number {
  switch (activation) {
    case 'identity':
      return 1;
    case 'relu':
      return output > 0 ? 1 : 0;
    case 'sigmoid':
      return output * (1 - output);
    case 'tanh':
      return 1 - output ** 2;
  }
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
