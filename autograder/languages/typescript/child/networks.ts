/** Builds the model a task hands to the student's function: tiny dense networks with given weights. */
import type * as Tf from '@tensorflow/tfjs';
import type { PayloadReader } from '../../../../contract/codec.ts';
import type { WireArgument } from '../../../../contract/messages.ts';

type WireModel = Extract<WireArgument, { kind: 'model' }>['model'];
type Layer = { readonly kernel: Tf.Variable; readonly bias: Tf.Variable; readonly activation: 'identity' | 'relu' | 'elu' };
type Network = readonly Layer[];

/** Parameters by module name, in a fixed order: what gradients are taken with respect to. */
export type Parameters = ReadonlyMap<string, readonly Tf.Variable[]>;

export interface BuiltArgument {
  readonly value: unknown;
  readonly parameters: Parameters;
}

/** Keeps every variance above zero, as the homework's own networks do: softplus(h) + 1e-8. */
const VARIANCE_FLOOR = 1e-8;

/** Where there is a model its modules are the parameters; the tensors beside it are data, and plain. */
export function buildArguments(tf: typeof Tf, all: readonly WireArgument[], reader: PayloadReader): readonly BuiltArgument[] {
  const hasModel = all.some(({ kind }) => kind === 'model');
  return all.map((argument) => buildArgument(tf, argument, reader, !hasModel));
}

function buildArgument(tf: typeof Tf, argument: WireArgument, reader: PayloadReader, isParameter: boolean): BuiltArgument {
  switch (argument.kind) {
    case 'number':
      return { value: argument.value, parameters: new Map() };
    case 'tensor': {
      const tensor = constant(tf, argument.tensor, reader);
      if (!isParameter || tensor.dtype !== 'float32' || argument.constant === true) return { value: tensor, parameters: new Map() };
      const variable = tf.variable(tensor);
      return { value: variable, parameters: new Map([[argument.name, [variable]]]) };
    }
    case 'record': {
      const entries = Object.entries(argument.entries).map(([name, value]) => [name, typeof value === 'number' ? value : constant(tf, value, reader)] as const);
      return { value: Object.fromEntries(entries), parameters: new Map() };
    }
    case 'model':
      return buildModel(tf, argument.model, reader);
  }
}

function constant(tf: typeof Tf, reference: WireModel['parameters'][string], reader: PayloadReader): Tf.Tensor {
  const { values, shape, dtype } = reader.tensor(reference);
  return tf.tensor(values, [...shape], dtype);
}

function buildModel(tf: typeof Tf, model: WireModel, reader: PayloadReader): BuiltArgument {
  const variable = (reference: WireModel['parameters'][string]): Tf.Variable => tf.variable(constant(tf, reference, reader));
  const networks = new Map<string, Network>(
    Object.entries(model.networks).map(([name, layers]) => [
      name,
      layers.map((layer) => ({ kernel: variable(layer.kernel), bias: variable(layer.bias), activation: layer.activation })),
    ]),
  );
  const free = new Map(Object.entries(model.parameters).map(([name, reference]) => [name, variable(reference)]));

  const run = (name: string, input: Tf.Tensor): Tf.Tensor => {
    const network = networks.get(name);
    if (network === undefined) throw new Error(`a ${model.family} without ${name}`);
    return network.reduce((hidden, layer) => activate(tf, tf.add(tf.matMul(hidden, layer.kernel), layer.bias), layer.activation), input);
  };
  const gaussian = (output: Tf.Tensor): { mean: Tf.Tensor; variance: Tf.Tensor } => {
    const [mean, spread] = tf.split(output, 2, -1);
    if (mean === undefined || spread === undefined) throw new Error('an encoder must return mean and spread');
    return { mean, variance: positive(tf, spread) };
  };
  const parameter = (name: string): Tf.Variable => {
    const found = free.get(name);
    if (found === undefined) throw new Error(`a ${model.family} without ${name}`);
    return found;
  };
  const withLabel = (input: Tf.Tensor, label: Tf.Tensor): Tf.Tensor => tf.concat([input, tf.cast(label, 'float32')], -1);

  const parameters = new Map<string, readonly Tf.Variable[]>(
    [...networks].map(([name, network]) => [name, network.flatMap((layer) => [layer.kernel, layer.bias])]),
  );
  if (free.size > 0) parameters.set('prior', [...free.values()]);

  const unconditional = { encode: (x: Tf.Tensor) => gaussian(run('encoder', x)), decode: (z: Tf.Tensor) => run('decoder', z) };
  const conditional = {
    encode: (x: Tf.Tensor, y: Tf.Tensor) => gaussian(run('encoder', withLabel(x, y))),
    decode: (z: Tf.Tensor, y: Tf.Tensor) => run('decoder', withLabel(z, y)),
  };
  switch (model.family) {
    case 'vae':
      return { value: unconditional, parameters };
    case 'gmvae':
      return {
        value: {
          ...unconditional,
          // A getter: evaluated inside the student's call, so that gradients reach the prior.
          get prior() {
            return { means: parameter('means'), variances: positive(tf, parameter('spreads')) };
          },
        },
        parameters,
      };
    case 'ssvae': {
      const labels = networks.get('classifier')?.at(-1)?.bias.size ?? 0;
      return { value: { labels, classify: (x: Tf.Tensor) => run('classifier', x), ...conditional }, parameters };
    }
    case 'fsvae':
    case 'cvae':
      return { value: conditional, parameters };
  }
}

function positive(tf: typeof Tf, spread: Tf.Tensor): Tf.Tensor {
  return tf.add(tf.softplus(spread), VARIANCE_FLOOR);
}

function activate(tf: typeof Tf, value: Tf.Tensor, activation: Layer['activation']): Tf.Tensor {
  switch (activation) {
    case 'identity':
      return value;
    case 'relu':
      return tf.relu(value);
    case 'elu':
      return tf.elu(value);
  }
}
