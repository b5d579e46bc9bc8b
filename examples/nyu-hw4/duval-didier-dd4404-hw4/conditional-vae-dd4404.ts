/**
 * A conditional VAE of 28x28 images with a class c from 0 to 9: the handout's second programming task.
 * The model is p(z) = N(0, I), p(x|z,c) = Bern(sigmoid(decoder(z, c))), q(z|x,c) by the encoder.
 */
import * as tf from '@tensorflow/tfjs';
import { convolved, deconvolved, loss, reparameterize } from './conv-vae.ts';
import { CLASSES, type ConditionalVae, type NegativeElbo } from './given/interfaces.ts';

/**
 * The encoder of q(z|x,c): a network of tf.layers with two inputs, images [batch, 28, 28, 1] and c as
 * one-hot rows [batch, 10], and two outputs, mean and logVariance, each [batch, latent]. The freedom and
 * the bounds are those of `buildEncoder`; where the class comes in is yours to choose.
 *
 * latent, the number of latent dimensions -> the network
 */
export function buildConditionalEncoder(latent: number): tf.LayersModel {
  const images = tf.input({ shape: [28, 28, 1] });
  const c = tf.input({ shape: [CLASSES] });
  const seen = tf.layers.concatenate().apply([convolved(images), c]) as tf.SymbolicTensor; // [batch, 64 + 10]
  // Image and class must meet before the outputs, or the class could only shift them.
  const hidden = tf.layers.dense({ units: 64, activation: 'relu' }).apply(seen);
  const mean = tf.layers.dense({ units: latent }).apply(hidden) as tf.SymbolicTensor;
  const logVariance = tf.layers.dense({ units: latent }).apply(hidden) as tf.SymbolicTensor;
  return tf.model({ inputs: [images, c], outputs: [mean, logVariance] });
}

/**
 * The decoder of p(x|z,c): a network of tf.layers with two inputs, z [batch, latent] and c as one-hot
 * rows [batch, 10], and logits of the pixels [batch, 28, 28, 1].
 *
 * latent, the number of latent dimensions -> the network
 */
export function buildConditionalDecoder(latent: number): tf.LayersModel {
  const z = tf.input({ shape: [latent] });
  const c = tf.input({ shape: [CLASSES] });
  const code = tf.layers.concatenate().apply([z, c]) as tf.SymbolicTensor; // [batch, latent + 10]
  return tf.model({ inputs: [z, c], outputs: deconvolved(code) });
}

/**
 * The negative ELBO of log p(x|c): as `negativeElbo`, with the class given to both networks. The label
 * is seen, so nothing is summed over classes, and the prior p(z) is the same for all of them.
 *
 * The networks take one-hot rows, so make them of the class numbers.
 *
 * a model, images [batch, height, width, 1], labels [batch] from 0 to 9 (int32) -> three scalars
 */
export function conditionalNegativeElbo(model: ConditionalVae, images: tf.Tensor, labels: tf.Tensor): NegativeElbo {
  const c = tf.oneHot(tf.cast(labels, 'int32'), CLASSES); // [batch, 10]
  const { mean, logVariance } = model.encode(images, c);
  return loss(images, model.decode(reparameterize(mean, logVariance), c), mean, logVariance);
}

/**
 * A new image of each class: z from the prior, decoded with the class, as probabilities of the pixels
 * (the mean of p(x|z,c); do not draw the pixels).
 *
 * Draw z with tf.randomNormal, without a seed; every image needs a z of its own.
 *
 * a model, labels [count] from 0 to 9 (int32), its number of latent dimensions -> [count, height, width, 1]
 */
export function generate(model: ConditionalVae, labels: tf.Tensor, latent: number): tf.Tensor {
  const c = tf.oneHot(tf.cast(labels, 'int32'), CLASSES);
  const z = tf.randomNormal([labels.shape[0] ?? 0, latent]); // z ~ p(z) = N(0, I)
  return tf.sigmoid(model.decode(z, c));
}
