/**
 * The grader's training loop around the student's loss: rows of the data in an order that is given, Adam with a
 * rate that is given. What the model has become is the answer; how good it is, the grader measures itself.
 */
import type * as Tf from '@tensorflow/tfjs';
import type { PayloadReader } from '../../../../contract/codec.ts';
import type { Call } from '../../../../contract/messages.ts';
import type { TensorData, Value } from '../../../../contract/values.ts';
import type { BuiltArgument } from './networks.ts';

type Training = NonNullable<Call['training']>;

// Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1), on plain numbers: the models are so small that a dozen
// operations of the library for each of their tensors would take most of the time.
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

interface Trained {
  readonly variable: Tf.Variable;
  readonly values: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

/** By module: its parameters after the last step, in one piece as gradients are. `lossOf` calls the student's function. */
export function train(tf: typeof Tf, built: readonly BuiltArgument[], training: Training, reader: PayloadReader, lossOf: (values: readonly unknown[]) => Tf.Scalar): Value {
  const rows = reader.tensor(training.rows);
  const [steps = 0, batch = 0] = rows.shape;
  const modules = [...new Map(built.flatMap((argument) => [...argument.parameters]))].map(([name, variables]) => ({ name, trained: variables.map(startOf) }));
  const all = modules.flatMap(({ trained }) => trained);
  const byName = new Map(all.map((parameter) => [parameter.variable.name, parameter]));
  for (let step = 0; step < steps; step += 1) {
    const chosen = Int32Array.from(rows.values.subarray(step * batch, (step + 1) * batch));
    const gradients = gradientsOf(tf, all, () => lossOf(built.map(({ value }) => (value instanceof tf.Tensor ? tf.gather(value, chosen) : value))));
    // No step would find any either.
    if (gradients === null) break;
    for (const [name, gradient] of Object.entries(gradients)) {
      const parameter = byName.get(name);
      if (parameter !== undefined) takeStep(tf, parameter, gradient.dataSync(), step + 1, training.learningRate);
      gradient.dispose();
    }
  }
  return { kind: 'record', entries: modules.map(({ name, trained }) => [name, { kind: 'tensor', tensor: flattened(trained) }]) };
}

/** Null where nothing leads from any parameter to the loss. */
function gradientsOf(tf: typeof Tf, all: readonly Trained[], loss: () => Tf.Scalar): Readonly<Record<string, Tf.Tensor>> | null {
  try {
    return tf.tidy(() => tf.variableGrads(loss, all.map(({ variable }) => variable)).grads);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Cannot find a connection between any variable')) return null;
    throw error;
  }
}

function startOf(variable: Tf.Variable): Trained {
  const values = Float32Array.from(variable.dataSync());
  return { variable, values, first: new Float32Array(values.length), second: new Float32Array(values.length) };
}

function takeStep(tf: typeof Tf, { variable, values, first, second }: Trained, gradient: ArrayLike<number>, step: number, learningRate: number): void {
  const [correction1, correction2] = [1 - BETA1 ** step, 1 - BETA2 ** step];
  for (let index = 0; index < values.length; index += 1) {
    const slope = gradient[index] ?? 0;
    const average = BETA1 * (first[index] ?? 0) + (1 - BETA1) * slope;
    const square = BETA2 * (second[index] ?? 0) + (1 - BETA2) * slope * slope;
    first[index] = average;
    second[index] = square;
    values[index] = (values[index] ?? 0) - (learningRate * average) / correction1 / (Math.sqrt(square / correction2) + EPSILON);
  }
  tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), variable.shape)));
}

function flattened(trained: readonly Trained[]): TensorData {
  const values = new Float32Array(trained.reduce((sum, { values: own }) => sum + own.length, 0));
  let at = 0;
  for (const { values: own } of trained) {
    values.set(own, at);
    at += own.length;
  }
  return { dtype: 'float32', shape: [values.length], values };
}
