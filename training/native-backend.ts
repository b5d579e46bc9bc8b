/** The part of tfjs-node's backend that runs TensorFlow's own operations; null on every other backend. */
import * as tf from '@tensorflow/tfjs';

export interface Attribute {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

export interface NativeBackend {
  readonly binding: Readonly<Record<'TF_ATTR_TYPE' | 'TF_ATTR_SHAPE' | 'TF_ATTR_STRING' | 'TF_ATTR_BOOL' | 'TF_FLOAT' | 'TF_INT32', number>>;
  readonly executeSingleOutput: (operation: string, attributes: readonly Attribute[], inputs: readonly tf.Tensor[]) => tf.Tensor;
  readonly executeMultipleOutputs: (operation: string, attributes: readonly Attribute[], inputs: readonly tf.Tensor[], outputs: number) => readonly tf.Tensor[];
}

export function nativeBackend(): NativeBackend | null {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as unknown as NativeBackend) : null;
}

export function floatOf({ binding }: NativeBackend, name: string): Attribute {
  return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT };
}

export function integerOf({ binding }: NativeBackend, name: string): Attribute {
  return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 };
}
