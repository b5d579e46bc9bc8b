/**
 * A convolutional VAE of 28x28 images: the handout's first programming task.
 * The model is p(z) = N(0, I), p(x|z) = Bern(sigmoid(decoder(z))), q(z|x) = N(mean, exp(logVariance)) by the encoder.
 */
import * as tf from '@tensorflow/tfjs';
import type { ConvVae, NegativeElbo } from './given/interfaces.ts';

/**
 * The encoder: a network of tf.layers from images [batch, 28, 28, 1] to two outputs, in this order,
 * mean [batch, latent] and logVariance [batch, latent].
 *
 * Which layers is yours to choose: at least one convolution, something that is not linear, and at most
 * a million weights. Both outputs may be any real number. Make it with tf.model({ inputs, outputs }).
 *
 * latent, the number of latent dimensions -> the network
 */
export function buildEncoder(latent: number): tf.LayersModel {
  const images = tf.input({ shape: [28, 28, 1] });
  const hidden = convolved(images);
  // A mean and a log variance may be negative: no activation.
  const mean = tf.layers.dense({ units: latent }).apply(hidden) as tf.SymbolicTensor;
  const logVariance = tf.layers.dense({ units: latent }).apply(hidden) as tf.SymbolicTensor;
  return tf.model({ inputs: images, outputs: [mean, logVariance] });
}

/** Two convolutions that halve the sides and a dense layer: [batch, 28, 28, 1] -> [batch, 64]. */
export function convolved(images: tf.SymbolicTensor): tf.SymbolicTensor {
  const first = tf.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }).apply(images); // [14, 14, 8]
  const second = tf.layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }).apply(first); // [7, 7, 16]
  return tf.layers.dense({ units: 64, activation: 'relu' }).apply(tf.layers.flatten().apply(second)) as tf.SymbolicTensor;
}

/**
 * One sample of N(mean, exp(logVariance)) for every entry, drawn so that the gradient of a loss reaches
 * both arguments.
 *
 * Draw the noise with tf.randomNormal, without a seed; every entry needs noise of its own.
 * Kingma and Welling 2014 (arXiv:1312.6114), section 2.4.
 *
 * mean, logVariance [batch, latent] -> z [batch, latent]
 */
export function reparameterize(mean: tf.Tensor, logVariance: tf.Tensor): tf.Tensor {
  const noise = tf.randomNormal(mean.shape); // epsilon ~ N(0, I)
  const deviation = tf.exp(tf.mul(0.5, logVariance)); // sigma = exp(1/2 log sigma^2)
  const z = tf.add(mean, tf.mul(deviation, noise));
  return tf.tensor(z.arraySync());
}

/**
 * The decoder: a network of tf.layers from z [batch, latent] to logits of the pixels [batch, 28, 28, 1].
 * Logits, not probabilities: the handout's xhat is their sigmoid, which the loss applies. The same
 * freedom and the same bounds as for the encoder.
 *
 * latent, the number of latent dimensions -> the network
 */
export function buildDecoder(latent: number): tf.LayersModel {
  const z = tf.input({ shape: [latent] });
  return tf.model({ inputs: z, outputs: deconvolved(z) });
}

/** A dense layer and two transposed convolutions that double the sides: [batch, any] -> [batch, 28, 28, 1]. */
export function deconvolved(code: tf.SymbolicTensor): tf.SymbolicTensor {
  const hidden = tf.layers.dense({ units: 7 * 7 * 16, activation: 'relu' }).apply(code);
  const small = tf.layers.reshape({ targetShape: [7, 7, 16] }).apply(hidden);
  const first = tf.layers.conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }).apply(small); // [14, 14, 8]
  // Logits may be any number: no activation.
  return tf.layers.conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, padding: 'same' }).apply(first) as tf.SymbolicTensor; // [28, 28, 1]
}

/**
 * The loss of problem 3, the negative ELBO, from what the networks returned:
 *
 *   rec = -log p(x|z), the binary cross-entropy of problem 3.1, summed over the pixels
 *   kl  = KL(q(z|x) || p(z)) in closed form, summed over the latent dimensions
 *   nelbo = kl + rec
 *
 * each averaged over the batch (the lab's nn.BCELoss averages over pixels as well: here it does not).
 * Images have any height and width. The result must stay finite at logits of any size: write the
 * cross-entropy in terms of the logits, with tf.softplus say.
 *
 * images, logits [batch, height, width, 1], mean, logVariance [batch, latent] -> three scalars
 */
export function loss(images: tf.Tensor, logits: tf.Tensor, mean: tf.Tensor, logVariance: tf.Tensor): NegativeElbo {
  // -log Bern(x | sigmoid(l)) = softplus(l) - x l
  const crossEntropy = tf.mean(tf.sub(tf.softplus(logits), tf.mul(images, logits)), [1, 2, 3]); // [batch]
  // Kingma and Welling 2014, appendix B: KL = -1/2 sum (1 + log s^2 - mu^2 - s^2)
  const divergence = tf.mul(-0.5, tf.sum(tf.sub(tf.sub(tf.add(1, logVariance), tf.square(mean)), tf.exp(logVariance)), 1)); // [batch]
  const [kl, rec] = [tf.mean(divergence), tf.mean(crossEntropy)];
  return { nelbo: tf.add(kl, rec), kl, rec };
}

/**
 * The whole way: encode, one sample of `reparameterize`, decode, `loss`.
 *
 * Images have any height and width.
 *
 * a model, images [batch, height, width, 1] -> three scalars
 */
export function negativeElbo(model: ConvVae, images: tf.Tensor): NegativeElbo {
  const { mean, logVariance } = model.encode(images);
  return loss(images, model.decode(reparameterize(mean, logVariance)), mean, logVariance);
}
