/** Small models with seeded weights, for tests that compare the reference with an oracle. */
import { range, type Matrix } from './arrays.ts';
import { oneHot, type GmvaeNetworks, type OracleLayer, type OracleNetwork, type SsvaeNetworks, type VaeNetworks } from './networks.ts';
import { seededNumbers, type SeededNumbers } from './seeded-numbers.ts';

export interface Sizes {
  readonly batch: number;
  readonly z: number;
  readonly pixels: number;
  readonly k: number;
  readonly m: number;
  readonly labels: number;
}

export interface ExampleCase {
  readonly sizes: Sizes;
  readonly images: Matrix; // [batch][pixels], 0 or 1
  readonly colours: Matrix; // [batch][pixels], real
  readonly labels: Matrix; // [batch][labels], one-hot
  readonly vae: VaeNetworks;
  readonly gmvae: GmvaeNetworks;
  readonly ssvae: SsvaeNetworks;
  readonly fsvae: VaeNetworks;
  readonly noise: readonly number[]; // long enough for every bound
}

/** No two sizes are equal, so exchanged axes cannot go unnoticed. */
export const SIZES: readonly Sizes[] = [
  { batch: 5, z: 3, pixels: 7, k: 4, m: 6, labels: 10 },
  { batch: 7, z: 2, pixels: 11, k: 5, m: 3, labels: 4 },
];

export function exampleCase(seed: number, sizes: Sizes): ExampleCase {
  const { batch, z, pixels, k, m, labels } = sizes;
  const numbers = seededNumbers(seed);
  const vae = {
    encoder: encoderOf(numbers, pixels, z),
    decoder: [dense(numbers, z, 6, 'elu'), dense(numbers, 6, pixels, 'identity')],
  };
  return {
    sizes,
    images: range(batch).map(() => range(pixels).map(() => (numbers.uniform() < 0.5 ? 1 : 0))),
    colours: range(batch).map(() => range(pixels).map(() => numbers.uniform())),
    labels: range(batch).map((b) => oneHot((3 * b + 1) % labels, labels)),
    vae,
    gmvae: {
      ...vae,
      means: range(k).map(() => numbers.normals(z)),
      spreads: range(k).map(() => range(z).map(() => numbers.uniform(-1.5, 2.5))),
    },
    ssvae: {
      classifier: [dense(numbers, pixels, labels, 'identity', 1)],
      encoder: encoderOf(numbers, pixels + labels, z),
      decoder: [dense(numbers, z + labels, pixels, 'identity')],
    },
    fsvae: {
      encoder: encoderOf(numbers, pixels + labels, z),
      decoder: [dense(numbers, z + labels, 5, 'relu'), dense(numbers, 5, pixels, 'identity')],
    },
    noise: numbers.normals(Math.max(m, labels) * batch * z),
  };
}

/** Spreads reach from -2 to 3, so variances reach from 0.13 to 3: none of them happens to be 1. */
function encoderOf(numbers: SeededNumbers, inputs: number, z: number): OracleNetwork {
  const { kernel, bias } = dense(numbers, inputs, 2 * z, 'identity', 0.4);
  const spread = bias.map((value, j) => (j < z ? value : value + numbers.uniform(-2, 3)));
  return [{ kernel, bias: spread, activation: 'identity' }];
}

function dense(
  numbers: SeededNumbers,
  inputs: number,
  outputs: number,
  activation: OracleLayer['activation'],
  deviation = 0.7,
): OracleLayer {
  return {
    kernel: range(inputs).map(() => numbers.normals(outputs, deviation)),
    bias: numbers.normals(outputs, deviation),
    activation,
  };
}
