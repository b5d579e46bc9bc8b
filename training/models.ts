/** The homeworks' networks as plain functions of their parameters: what a bound calls, whether training or measuring. */
import * as tf from '@tensorflow/tfjs';
import { LEAKY_SLOPE, type LayerLayout, type ModelFamily, modelLayouts, VARIANCE_FLOOR } from '../contract/model-layout.ts';

/** Tensors or variables under the names of the checkpoint. */
export type Parameters = ReadonlyMap<string, tf.Tensor>;

export interface Gaussian {
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

export interface UnlabelledModel {
  readonly encode: (x: tf.Tensor) => Gaussian;
  readonly decode: (z: tf.Tensor) => tf.Tensor;
}

/** q(z|x) by its log variance, as kth-1b's notebook has it. */
export interface LogVarianceModel extends UnlabelledModel {
  readonly encode: (x: tf.Tensor) => Gaussian & { readonly logVariance: tf.Tensor };
}

export interface MixtureModel extends UnlabelledModel {
  readonly prior: { readonly means: tf.Tensor; readonly variances: tf.Tensor };
}

export interface LabelledModel {
  readonly encode: (x: tf.Tensor, y: tf.Tensor) => Gaussian;
  readonly decode: (z: tf.Tensor, y: tf.Tensor) => tf.Tensor;
}

export interface ClassifyingModel extends LabelledModel {
  readonly labels: number;
  readonly classify: (x: tf.Tensor) => tf.Tensor;
}

/** What `given/interfaces.ts` of the hand-in calls Vae, Gmvae, Ssvae and Fsvae. */
export interface Models {
  readonly vae: UnlabelledModel;
  readonly gmvae: MixtureModel;
  readonly ssvae: ClassifyingModel;
  readonly fsvae: LabelledModel;
  readonly 'kth-vae': LogVarianceModel;
}

export const buildModel: { readonly [Family in ModelFamily]: (parameters: Parameters) => Models[Family] } = {
  vae: (parameters) => unlabelled(parameters, 'vae'),
  gmvae: (parameters) => ({
    ...unlabelled(parameters, 'gmvae'),
    // Read inside the bound, so that gradients find their way to the prior.
    get prior() {
      return { means: parameter(parameters, 'prior.means'), variances: positive(parameter(parameters, 'prior.spreads')) };
    },
  }),
  ssvae: (parameters) => ({
    ...labelled(parameters, 'ssvae'),
    labels: modelLayouts.ssvae.labels,
    classify: (x) => run(parameters, 'ssvae', 'classifier', x),
  }),
  fsvae: (parameters) => labelled(parameters, 'fsvae'),
  'kth-vae': (parameters) => ({
    encode: (x) => {
      const [mean, logVariance] = halves(run(parameters, 'kth-vae', 'encoder', x));
      return { mean, logVariance, variance: tf.exp(logVariance) };
    },
    decode: (z) => run(parameters, 'kth-vae', 'decoder', z),
  }),
};

/** x [batch, pixels] -> q(z|x); z [batch, z] -> logits [batch, pixels] */
function unlabelled(parameters: Parameters, family: ModelFamily): UnlabelledModel {
  return {
    encode: (x) => gaussian(run(parameters, family, 'encoder', x)),
    decode: (z) => run(parameters, family, 'decoder', z),
  };
}

/** The same with y [batch, labels] joined on the right of x and z. */
function labelled(parameters: Parameters, family: ModelFamily): LabelledModel {
  return {
    encode: (x, y) => gaussian(run(parameters, family, 'encoder', tf.concat([x, tf.cast(y, 'float32')], 1))),
    decode: (z, y) => run(parameters, family, 'decoder', tf.concat([z, tf.cast(y, 'float32')], 1)),
  };
}

function run(parameters: Parameters, family: ModelFamily, network: string, input: tf.Tensor): tf.Tensor {
  const layers = modelLayouts[family].networks.get(network) ?? [];
  return layers.reduce((hidden, layer, index) => {
    const sum = tf.matMul(hidden, parameter(parameters, `${network}.${index}.kernel`));
    return activate(tf.add(sum, parameter(parameters, `${network}.${index}.bias`)), layer.activation);
  }, input);
}

function gaussian(output: tf.Tensor): Gaussian {
  const [mean, spread] = halves(output);
  return { mean, variance: positive(spread) };
}

function halves(output: tf.Tensor): readonly [tf.Tensor, tf.Tensor] {
  const [mean, spread] = tf.split(output, 2, 1);
  if (mean === undefined || spread === undefined) throw new Error('an encoder must return mean and spread');
  return [mean, spread];
}

function positive(spread: tf.Tensor): tf.Tensor {
  return tf.add(tf.softplus(spread), VARIANCE_FLOOR);
}

function activate(value: tf.Tensor, activation: LayerLayout['activation']): tf.Tensor {
  switch (activation) {
    case 'identity':
      return value;
    case 'relu':
      return tf.relu(value);
    case 'elu':
      return tf.elu(value);
    case 'leaky-relu':
      return tf.leakyRelu(value, LEAKY_SLOPE);
  }
}

function parameter(parameters: Parameters, name: string): tf.Tensor {
  const found = parameters.get(name);
  if (found === undefined) throw new Error(`the model has no tensor ${name}`);
  return found;
}
