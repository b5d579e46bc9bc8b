/** Dense networks with given weights, for one input vector at a time. */
import { at, range, sum, type Matrix, type Vector } from './arrays.ts';
import { softplus, type OracleGaussian } from './densities.ts';

export interface OracleLayer {
  readonly kernel: Matrix; // [in][out]
  readonly bias: Vector; // [out]
  readonly activation: 'identity' | 'relu' | 'elu';
}
export type OracleNetwork = readonly OracleLayer[];

/** The output of an encoder holds the means, then the spreads: variance = softplus(spread) + 1e-8. */
export interface VaeNetworks {
  readonly encoder: OracleNetwork;
  readonly decoder: OracleNetwork;
}

/** The prior's variances are softplus(spreads) + 1e-8. */
export interface GmvaeNetworks extends VaeNetworks {
  readonly means: Matrix; // [k][z]
  readonly spreads: Matrix; // [k][z]
}

/** Encoder and decoder take the label as a one-hot tail: [x, y] and [z, y]. */
export interface SsvaeNetworks extends VaeNetworks {
  readonly classifier: OracleNetwork;
}

export function forward(network: OracleNetwork, input: Vector): Vector {
  return network.reduce<Vector>(
    (hidden, { kernel, bias, activation }) =>
      bias.map((offset, j) => activate(offset + sum(hidden.map((h, i) => h * at(at(kernel, i), j))), activation)),
    input,
  );
}

export function encode(encoder: OracleNetwork, input: Vector): OracleGaussian {
  const output = forward(encoder, input);
  const half = output.length / 2;
  return { mean: output.slice(0, half), variance: output.slice(half).map(varianceOf) };
}

export function varianceOf(spread: number): number {
  return softplus(spread) + 1e-8;
}

export function oneHot(label: number, labels: number): Vector {
  return range(labels).map((y) => (y === label ? 1 : 0));
}

/** A layer from flat row-major weights, as a fixture or a tensor holds them. */
export function layerOf(
  kernel: ArrayLike<number>,
  bias: ArrayLike<number>,
  activation: OracleLayer['activation'],
): OracleLayer {
  const width = bias.length;
  const inputs = kernel.length / width;
  return {
    kernel: range(inputs).map((i) => range(width).map((j) => at(kernel, i * width + j))),
    bias: Array.from(bias),
    activation,
  };
}

/** All weights of a network: for every layer the kernel row by row, then the bias. */
export function weightsOf(network: OracleNetwork): Vector {
  return network.flatMap((layer) => [...layer.kernel.flat(), ...layer.bias]);
}

/** The same network with other weights, in the order of `weightsOf`. */
export function withWeights(network: OracleNetwork, weights: Vector): OracleNetwork {
  let position = 0;
  const take = (count: number): Vector => weights.slice(position, (position += count));
  return network.map((layer) => ({
    ...layer,
    kernel: layer.kernel.map((row) => take(row.length)),
    bias: take(layer.bias.length),
  }));
}

function activate(value: number, activation: OracleLayer['activation']): number {
  switch (activation) {
    case 'identity':
      return value;
    case 'relu':
      return Math.max(value, 0);
    case 'elu':
      return value > 0 ? value : Math.expm1(value);
  }
}
