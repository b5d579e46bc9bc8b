import * as tf from '@tensorflow/tfjs';

export const draw = (shape: number[]): tf.Tensor => tf.randomNormal(shape);
