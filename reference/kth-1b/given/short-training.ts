/**
 * How the grader trains a small model with your two functions of vae.ts, as the notebook trains its large one. Nothing
 * in it is for you to do.
 */
import * as tf from '@tensorflow/tfjs';
import { reparameterization } from '../vae.ts';

/** A small encoder and decoder, as they come over the wire. */
interface SmallVae {
  encode(x: tf.Tensor): { readonly mean: tf.Tensor; readonly variance: tf.Tensor };
  decode(z: tf.Tensor): tf.Tensor;
}

/** x [batch, pixels] -> the loss of one step, summed over the batch */
export function askShortTraining(
  lossFunction: (x: tf.Tensor, theta: tf.Tensor, mean: tf.Tensor, logVariance: tf.Tensor) => tf.Tensor,
  model: SmallVae,
  x: tf.Tensor,
): tf.Tensor {
  const { mean, variance } = model.encode(x);
  const theta = tf.sigmoid(model.decode(reparameterization(mean, variance)));
  return lossFunction(x, theta, mean, tf.log(variance));
}
