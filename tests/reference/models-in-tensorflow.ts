/** The oracles' networks as the models that the reference takes, with trainable variables. */
import * as tf from '@tensorflow/tfjs';
import type { Fsvae, Gaussian, Gmvae, Ssvae, Vae } from '../../reference/models/interfaces.ts';
import { at } from '../oracles/arrays.ts';
import type { GmvaeNetworks, OracleLayer, OracleNetwork, SsvaeNetworks, VaeNetworks } from '../oracles/networks.ts';

/** A model, and its variables by module in the order of the oracles' `weightsOf`. */
export interface Built<Model> {
  readonly model: Model;
  readonly variables: Readonly<Record<string, readonly tf.Variable[]>>;
}

export function buildVae(networks: VaeNetworks): Built<Vae> {
  const encoder = new Dense(networks.encoder);
  const decoder = new Dense(networks.decoder);
  return {
    model: { encode: (x) => gaussian(encoder.run(x)), decode: (z) => decoder.run(z) },
    variables: { encoder: encoder.variables, decoder: decoder.variables },
  };
}

export function buildGmvae(networks: GmvaeNetworks): Built<Gmvae> {
  const { model, variables } = buildVae(networks);
  const [means, spreads] = [networks.means, networks.spreads].map((rows) => tf.variable(tf.tensor([rows.map((row) => [...row])])));
  if (means === undefined || spreads === undefined) throw new Error('unreachable');
  return {
    model: {
      ...model,
      // Evaluated where it is read, so that a gradient finds its way to the spreads.
      get prior() {
        return { means, variances: positive(spreads) };
      },
    },
    variables: { ...variables, prior: [means, spreads] },
  };
}

export function buildSsvae(networks: SsvaeNetworks): Built<Ssvae> {
  const classifier = new Dense(networks.classifier);
  const { model, variables } = buildFsvae(networks);
  const labels = at(networks.classifier, networks.classifier.length - 1).bias.length;
  return {
    model: { ...model, labels, classify: (x) => classifier.run(x) },
    variables: { ...variables, classifier: classifier.variables },
  };
}

export function buildFsvae(networks: VaeNetworks): Built<Fsvae> {
  const encoder = new Dense(networks.encoder);
  const decoder = new Dense(networks.decoder);
  return {
    model: {
      encode: (x, y) => gaussian(encoder.run(tf.concat([x, y], 1))),
      decode: (z, y) => decoder.run(tf.concat([z, y], 1)),
    },
    variables: { encoder: encoder.variables, decoder: decoder.variables },
  };
}

class Dense {
  readonly variables: readonly tf.Variable[];
  readonly #layers: readonly { kernel: tf.Variable; bias: tf.Variable; activation: OracleLayer['activation'] }[];

  constructor(network: OracleNetwork) {
    this.#layers = network.map(({ kernel, bias, activation }) => ({
      kernel: tf.variable(tf.tensor2d(kernel.map((row) => [...row]))),
      bias: tf.variable(tf.tensor1d([...bias])),
      activation,
    }));
    this.variables = this.#layers.flatMap(({ kernel, bias }) => [kernel, bias]);
  }

  run(input: tf.Tensor): tf.Tensor {
    return this.#layers.reduce((hidden, { kernel, bias, activation }) => {
      const affine = tf.add(tf.matMul(hidden, kernel), bias);
      if (activation === 'identity') return affine;
      return activation === 'relu' ? tf.relu(affine) : tf.elu(affine);
    }, input);
  }
}

function gaussian(output: tf.Tensor): Gaussian {
  const half = at(output.shape, 1) / 2;
  return { mean: tf.slice(output, [0, 0], [-1, half]), variance: positive(tf.slice(output, [0, half], [-1, half])) };
}

function positive(spread: tf.Tensor): tf.Tensor {
  return tf.add(tf.softplus(spread), 1e-8);
}
