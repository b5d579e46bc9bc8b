/**
 * What can be said of a network whatever its layers are: the weights are set to fixed numbers, so that
 * nothing hangs on how they were drawn, and the network is looked at from outside.
 */
import * as tf from '@tensorflow/tfjs';
import { MOST_PARAMETERS } from './interfaces.ts';

/** A right network has a sign that no 32 settings of its weights show with a probability of about 1e-9. */
const MOST_SETTINGS = 32;

/** Every trained weight gets a fixed number of about the size that keeps signals as large as they were. */
export function withSetWeights(model: tf.LayersModel, setting = 0): tf.LayersModel {
  if (typeof model?.apply !== 'function' || !Array.isArray(model.layers)) throw new Error('a model of tf.layers is asked for: return what tf.model or tf.sequential makes');
  for (const [at, weight] of model.trainableWeights.entries()) {
    const { shape } = weight;
    const size = shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    const isBias = shape.length === 1;
    const scale = isBias ? 0.1 : Math.sqrt(2 / Math.max(1, size / (shape.at(-1) ?? 1)));
    const values = Float32Array.from({ length: size }, (_, index) => scale * scattered(index + 7919 * (at + 1) + 104_729 * setting));
    weight.write(tf.tensor(values, shape as number[]));
  }
  return model;
}

/** A fixed sequence without a pattern, between -sqrt(3) and sqrt(3): mean 0, variance 1. */
function scattered(index: number): number {
  let state = Math.imul(index ^ (index >>> 16), 0x45d9f3b);
  state = Math.imul(state ^ (state >>> 16), 0x45d9f3b);
  state ^= state >>> 16;
  return ((state >>> 0) / 2 ** 32 - 0.5) * 2 * Math.sqrt(3);
}

/** @throws where there are not as many outputs as names. */
export function outputsOf(model: tf.LayersModel, inputs: readonly tf.Tensor[], names: readonly string[]): readonly tf.Tensor[] {
  if (model.inputs.length !== inputs.length) throw new Error(`the network has ${model.inputs.length} inputs, and ${inputs.length} are asked for`);
  const given = inputs.map((input) => tf.cast(input, 'float32'));
  const returned = model.apply(given.length === 1 ? (given[0] as tf.Tensor) : given, { training: false }) as tf.Tensor | tf.Tensor[];
  const outputs = Array.isArray(returned) ? returned : [returned];
  if (outputs.length !== names.length) throw new Error(`the network has ${outputs.length} outputs, and ${names.length} are asked for: ${names.join(' and ')}`);
  // TensorFlow.js 4.22 returns null for a layer that is named as an output a second time.
  return outputs.map((output, place) => output ?? outputs[model.outputs.indexOf(model.outputs[place] as tf.SymbolicTensor)] ?? output);
}

/** Numbers that are the same for every right network. Each input is [batch, ...] with a batch of at least two. */
export function factsOf(model: tf.LayersModel, inputs: readonly tf.Tensor[], names: readonly string[]): Readonly<Record<string, tf.Tensor>> {
  const run = (...given: readonly tf.Tensor[]): readonly tf.Tensor[] => outputsOf(model, given, names);
  const [first = tf.zeros([1]), ...rest] = inputs;
  const row = inputs.map((input) => tf.slice(input, 0, 1));
  const signs = signsOf(model, row, names);
  const outputs = run(...inputs);
  const alone = run(...row);
  const reordered = run(reversed(first), ...rest);
  const facts = {
    signs: tf.tensor1d(signs.map(Number)),
    convolutions: flag(model.layers.some((layer) => /conv/i.test(layer.getClassName()))),
    parametersAboveTheLimit: tf.scalar(Math.max(0, model.countParams() - MOST_PARAMETERS)),
    weightsWithoutGradient: tf.scalar(withoutGradient(model, () => run(...inputs))),
    rowsMixed: flag(outputs.some((output, at) => !alike(tf.slice(output, 0, 1), alone[at]))),
    inputIgnored: flag(outputs.some((output, at) => alike(output, reordered[at]))),
    linear: flag(isLinear((given) => run(given, ...row.slice(1)), row[0] as tf.Tensor, alone)),
  };
  const [labels] = rest;
  if (labels === undefined) return facts;
  const relabelled = run(first, reversed(labels));
  return { ...facts, labelIgnored: flag(outputs.some((output, at) => alike(output, relabelled[at]))) };
}

/** Whether each output is below and above zero somewhere, under one setting of the weights or another. Leaves the first. */
function signsOf(model: tf.LayersModel, row: readonly tf.Tensor[], names: readonly string[]): readonly boolean[] {
  let seen = names.flatMap(() => [false, false]);
  for (let setting = 0; setting < MOST_SETTINGS && seen.includes(false); setting += 1) {
    const outputs = outputsOf(withSetWeights(model, setting), row, names);
    const here = outputs.flatMap((output) => [number(tf.min(output)) < 0, number(tf.max(output)) > 0]);
    seen = seen.map((sign, at) => sign || here[at] === true);
  }
  withSetWeights(model);
  return seen;
}

/** How many of the trained weights no output depends on. */
function withoutGradient(model: tf.LayersModel, run: () => readonly tf.Tensor[]): number {
  const variables = model.trainableWeights.map((weight) => (weight as unknown as { readonly val: tf.Variable }).val);
  if (variables.length === 0) return 1;
  const weighted = (output: tf.Tensor): tf.Tensor => tf.sum(tf.mul(output, tf.tensor(Float32Array.from({ length: output.size }, (_, at) => scattered(at + 1)), output.shape)));
  try {
    const { grads } = tf.variableGrads(() => tf.addN(run().map(weighted)) as tf.Scalar, variables);
    return variables.filter(({ name }) => grads[name] === undefined || grads[name] === null || number(tf.max(tf.abs(grads[name]))) === 0).length;
  } catch (error) {
    // The library throws where no weight at all is reached.
    if (String(error).includes('Cannot find a connection')) return variables.length;
    throw error;
  }
}

/** f(x) - f(0) doubles when x does and turns when x does, in every output. `once`: f(x). */
function isLinear(run: (given: tf.Tensor) => readonly tf.Tensor[], input: tf.Tensor, once: readonly tf.Tensor[]): boolean {
  const zero = run(tf.zerosLike(input));
  // By doubling alone a network of ReLUs without biases would be linear.
  return [2, -1].every((factor) => {
    const scaled = run(tf.mul(input, factor));
    return once.every((output, at) => alike(tf.sub(scaled[at] as tf.Tensor, zero[at] as tf.Tensor), tf.mul(factor, tf.sub(output, zero[at] as tf.Tensor))));
  });
}

function reversed(input: tf.Tensor): tf.Tensor {
  return tf.reverse(input, 0);
}

function alike(one: tf.Tensor, other: tf.Tensor | undefined): boolean {
  if (other === undefined || one.shape.join() !== other.shape.join()) return false;
  return number(tf.max(tf.abs(tf.sub(one, other)))) <= 1e-4 * (number(tf.max(tf.abs(one))) + 1e-6);
}

function flag(value: boolean): tf.Tensor {
  return tf.scalar(value ? 1 : 0);
}

function number(scalar: tf.Tensor): number {
  return scalar.dataSync()[0] ?? Number.NaN;
}
