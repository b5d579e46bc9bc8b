/**
 * How the grader asks your functions: it cannot send a network over a wire, so each function here builds
 * what yours is given, calls it, and makes plain tensors of what it returns. Nothing in it is for you to do.
 */
import * as tf from '@tensorflow/tfjs';
import { CLASSES, type ConditionalVae, type ConvVae, type Gaussian, type NegativeElbo } from './interfaces.ts';
import { factsOf, outputsOf, withSetWeights } from './networks.ts';

/** Networks of one layer over pixels in a row, as they come over the wire. */
interface FlatVae {
  encode(x: tf.Tensor, y: tf.Tensor): { readonly mean: tf.Tensor; readonly variance: tf.Tensor };
  decode(z: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

/** `variance` is the variance of the Gaussian that is sampled. */
export function askReparameterize(reparameterize: (mean: tf.Tensor, logVariance: tf.Tensor) => tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  return reparameterize(mean, tf.log(variance));
}

/** Pixels come as whole numbers, so that gradients are taken of the rest. */
export function askLoss(
  loss: (images: tf.Tensor, logits: tf.Tensor, mean: tf.Tensor, logVariance: tf.Tensor) => NegativeElbo,
  images: tf.Tensor,
  logits: tf.Tensor,
  mean: tf.Tensor,
  logVariance: tf.Tensor,
): NegativeElbo {
  return loss(tf.cast(images, 'float32'), logits, mean, logVariance);
}

/** x [batch, pixels] as images of one column. */
export function askNegativeElbo(negativeElbo: (model: ConvVae, images: tf.Tensor) => NegativeElbo, flat: FlatVae, x: tf.Tensor): NegativeElbo {
  return negativeElbo(overImages(flat), asImages(x));
}

/** y [batch, classes] one-hot, which the function is given as class numbers. */
export function askConditionalNegativeElbo(
  conditionalNegativeElbo: (model: ConditionalVae, images: tf.Tensor, labels: tf.Tensor) => NegativeElbo,
  flat: FlatVae,
  x: tf.Tensor,
  y: tf.Tensor,
): NegativeElbo {
  return conditionalNegativeElbo(overImages(flat), asImages(x), tf.argMax(y, -1));
}

export function askGenerate(generate: (model: ConditionalVae, labels: tf.Tensor, latent: number) => tf.Tensor, flat: FlatVae, y: tf.Tensor, latent: number): tf.Tensor {
  return generate(overImages(flat), tf.argMax(y, -1), latent);
}

export function askEncoder(buildEncoder: (latent: number) => tf.LayersModel, images: tf.Tensor, latent: number): Readonly<Record<string, tf.Tensor>> {
  const model = withSetWeights(buildEncoder(latent));
  return gaussianFacts(model, [images]);
}

export function askDecoder(buildDecoder: (latent: number) => tf.LayersModel, z: tf.Tensor): Readonly<Record<string, tf.Tensor>> {
  const model = withSetWeights(buildDecoder(z.shape[1] ?? 0));
  return imageFacts(model, [z]);
}

export function askConditionalEncoder(buildConditionalEncoder: (latent: number) => tf.LayersModel, images: tf.Tensor, labels: tf.Tensor, latent: number): Readonly<Record<string, tf.Tensor>> {
  const model = withSetWeights(buildConditionalEncoder(latent));
  return gaussianFacts(model, [images, tf.oneHot(tf.cast(labels, 'int32'), CLASSES)]);
}

export function askConditionalDecoder(buildConditionalDecoder: (latent: number) => tf.LayersModel, z: tf.Tensor, labels: tf.Tensor): Readonly<Record<string, tf.Tensor>> {
  const model = withSetWeights(buildConditionalDecoder(z.shape[1] ?? 0));
  return imageFacts(model, [z, tf.oneHot(tf.cast(labels, 'int32'), CLASSES)]);
}

/** The shapes of mean and log variance, as zeros, and what is known of any right encoder. */
function gaussianFacts(model: tf.LayersModel, inputs: readonly tf.Tensor[]): Readonly<Record<string, tf.Tensor>> {
  const [mean, logVariance] = outputsOf(model, inputs, ['mean', 'logVariance']) as [tf.Tensor, tf.Tensor];
  const same = mean.size === logVariance.size && tf.max(tf.abs(tf.sub(mean, logVariance))).dataSync()[0] === 0;
  return { mean: tf.mul(mean, 0), logVariance: tf.mul(logVariance, 0), meanIsLogVariance: tf.scalar(same ? 1 : 0), ...factsOf(model, inputs, ['mean', 'logVariance']) };
}

function imageFacts(model: tf.LayersModel, inputs: readonly tf.Tensor[]): Readonly<Record<string, tf.Tensor>> {
  const [logits] = outputsOf(model, inputs, ['logits']) as [tf.Tensor];
  return { logits: tf.mul(logits, 0), ...factsOf(model, inputs, ['logits']) };
}

function asImages(x: tf.Tensor): tf.Tensor {
  return tf.reshape(x, [x.shape[0] ?? 0, -1, 1, 1]);
}

/** Labels stay out where there are none. */
function overImages(flat: FlatVae): ConvVae & ConditionalVae {
  return {
    encode(images: tf.Tensor, c?: tf.Tensor): Gaussian {
      const { mean, variance } = flat.encode(tf.reshape(images, [images.shape[0] ?? 0, -1]), c as tf.Tensor);
      return { mean, logVariance: tf.log(variance) };
    },
    decode: (z: tf.Tensor, c?: tf.Tensor) => asImages(flat.decode(z, c as tf.Tensor)),
  };
}
