/**
 * Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1) over named parameters:
 *
 *   m <- b1 m + (1 - b1) g        v <- b2 v + (1 - b2) g^2
 *   p <- p - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
 *
 * tfjs' own Adam makes a dozen passes over every matrix. Native TensorFlow does it in one, with
 * `ResourceApplyAdam` on variables that live inside it; elsewhere the same numbers are made of small operations.
 */
import * as tf from '@tensorflow/tfjs';
import type { TensorData } from '../contract/values.ts';
import type { Parameters } from './models.ts';
import { floatOf, nativeBackend, type NativeBackend } from './native-backend.ts';

export interface AdamState {
  /** How many steps were taken. */
  readonly step: number;
  readonly weights: ReadonlyMap<string, TensorData>;
  /** Running averages of the gradient and of its square. */
  readonly first: ReadonlyMap<string, TensorData>;
  readonly second: ReadonlyMap<string, TensorData>;
}

export interface Adam {
  /** The parameters as tensors; whoever asks disposes of them, and before `apply`: else native TensorFlow copies. */
  readonly read: () => Parameters;
  /** One step; parameters without a gradient stay as they are. */
  readonly apply: (gradients: Parameters) => void;
  /** All that a later run needs to go on bit for bit. */
  readonly state: () => AdamState;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Before the first step: all averages are zero. */
export function freshState(weights: ReadonlyMap<string, TensorData>): AdamState {
  const zeros = new Map([...weights].map(([name, { shape, values }]): [string, TensorData] => [name, { dtype: 'float32', shape, values: new Float32Array(values.length) }]));
  return { step: 0, weights, first: zeros, second: zeros };
}

export function createAdam(start: AdamState, learningRate: number): Adam {
  const native = nativeBackend();
  const kept = new Map([...start.weights.keys()].map((name) => [name, keep(native, start, name)]));
  let step = start.step;
  return {
    read: () => new Map([...kept].map(([name, { weights }]) => [name, weights.read()])),
    apply: (gradients) => {
      step += 1;
      tf.tidy(() => {
        const rates = ratesOf(step, learningRate);
        const update = native === null ? inSmallSteps(rates) : fused(native, rates);
        for (const [name, gradient] of gradients) {
          const parameter = kept.get(name);
          if (parameter === undefined) throw new Error(`there is no parameter ${name}`);
          update(parameter, gradient);
        }
      });
    },
    state: () => {
      const all = (part: keyof Kept): ReadonlyMap<string, TensorData> => new Map([...kept].map(([name, parameter]) => [name, dataOf(parameter[part])]));
      return { step, weights: all('weights'), first: all('first'), second: all('second') };
    },
  };
}

interface Rates {
  readonly step: number;
  readonly learningRate: number;
  readonly correction1: number;
  readonly correction2: number;
}

function ratesOf(step: number, learningRate: number): Rates {
  return { step, learningRate, correction1: 1 - BETA1 ** step, correction2: 1 - BETA2 ** step };
}

/** A tensor that changes in place. */
interface Cell {
  readonly read: () => tf.Tensor;
  readonly write: (value: tf.Tensor) => void;
  /** What native operations that change a variable are given. */
  readonly handle: tf.Tensor;
}

interface Kept {
  readonly weights: Cell;
  readonly first: Cell;
  readonly second: Cell;
}

function keep(native: NativeBackend | null, start: AdamState, name: string): Kept {
  const cell = (part: ReadonlyMap<string, TensorData>): Cell => {
    const data = part.get(name);
    if (data === undefined) throw new Error(`the state of the optimiser has no ${name}`);
    return native === null ? tensorCell(data) : variableCell(native, data);
  };
  return { weights: cell(start.weights), first: cell(start.first), second: cell(start.second) };
}

function tensorCell({ values, shape }: TensorData): Cell {
  let current = tf.keep(tf.tensor(Float32Array.from(values), [...shape]));
  return {
    read: () => current.clone(),
    write: (value) => {
      current.dispose();
      current = tf.keep(value.clone());
    },
    get handle() {
      return current;
    },
  };
}

function variableCell(native: NativeBackend, { values, shape }: TensorData): Cell {
  const [handle] = native.executeMultipleOutputs(
    'VarHandleOp',
    [
      { name: 'dtype', type: native.binding.TF_ATTR_TYPE, value: native.binding.TF_FLOAT },
      { name: 'shape', type: native.binding.TF_ATTR_SHAPE, value: [...shape] },
      { name: 'container', type: native.binding.TF_ATTR_STRING, value: '' },
      // Anonymous variables have no name by which two of them could be one.
      { name: 'shared_name', type: native.binding.TF_ATTR_STRING, value: `adam-${(variables += 1)}` },
    ],
    [],
    1,
  );
  if (handle === undefined) throw new Error('TensorFlow made no variable');
  tf.keep(handle);
  const write = (value: tf.Tensor): void => void native.executeMultipleOutputs('AssignVariableOp', [floatOf(native, 'dtype')], [handle, value], 0);
  tf.tidy(() => write(tf.tensor(Float32Array.from(values), [...shape])));
  return { read: () => native.executeSingleOutput('ReadVariableOp', [floatOf(native, 'dtype')], [handle]), write, handle };
}

let variables = 0;

/**
 * The kernel computes lr sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + epsilon'): the same as above for
 * epsilon' = epsilon sqrt(1 - b2^t).
 */
function fused(native: NativeBackend, { step, learningRate, correction2 }: Rates): (parameter: Kept, gradient: tf.Tensor) => void {
  const scalars = [BETA1 ** step, BETA2 ** step, learningRate, BETA1, BETA2, EPSILON * Math.sqrt(correction2)].map((value) => tf.scalar(value));
  const attributes = [
    floatOf(native, 'T'),
    { name: 'use_locking', type: native.binding.TF_ATTR_BOOL, value: false },
    { name: 'use_nesterov', type: native.binding.TF_ATTR_BOOL, value: false },
  ];
  return ({ weights, first, second }, gradient) => {
    native.executeMultipleOutputs('ResourceApplyAdam', attributes, [weights.handle, first.handle, second.handle, ...scalars, gradient], 0);
  };
}

function inSmallSteps({ learningRate, correction1, correction2 }: Rates): (parameter: Kept, gradient: tf.Tensor) => void {
  return ({ weights, first, second }, gradient) =>
    tf.tidy(() => {
      const m = tf.add(tf.mul(first.handle, BETA1), tf.mul(gradient, 1 - BETA1));
      const v = tf.add(tf.mul(second.handle, BETA2), tf.mul(tf.square(gradient), 1 - BETA2));
      const deviation = tf.add(tf.sqrt(tf.div(v, correction2)), EPSILON);
      weights.write(tf.sub(weights.handle, tf.mul(tf.div(m, deviation), learningRate / correction1)));
      first.write(m);
      second.write(v);
    });
}

function dataOf({ read }: Cell): TensorData {
  const tensor = read();
  // A copy: what the library hands out may be its own memory.
  const values = Float32Array.from(tensor.dataSync());
  tensor.dispose();
  return { dtype: 'float32', shape: [...tensor.shape], values };
}
