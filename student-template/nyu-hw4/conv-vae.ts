/**
 * A convolutional VAE of 28x28 images: the handout's first programming task.
 * The model is p(z) = N(0, I), p(x|z) = Bern(sigmoid(decoder(z))), q(z|x) = N(mean, exp(logVariance)) by the encoder.
 */
import * as tf from '@tensorflow/tfjs';
import { unanswered } from './given/unanswered.ts';
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
  return unanswered('nyu-hw4/conv-vae/encoder', { latent });
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
  return unanswered('nyu-hw4/conv-vae/reparameterize', { mean, logVariance });
}

/**
 * The decoder: a network of tf.layers from z [batch, latent] to logits of the pixels [batch, 28, 28, 1].
 * Logits, not probabilities: the handout's xhat is their sigmoid, which the loss applies. The same
 * freedom and the same bounds as for the encoder.
 *
 * latent, the number of latent dimensions -> the network
 */
export function buildDecoder(latent: number): tf.LayersModel {
  return unanswered('nyu-hw4/conv-vae/decoder', { latent });
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
  return unanswered('nyu-hw4/conv-vae/loss', { images, logits, mean, logVariance });
}

/**
 * The whole way: encode, one sample of `reparameterize`, decode, `loss`.
 *
 * Images have any height and width.
 *
 * a model, images [batch, height, width, 1] -> three scalars
 */
export function negativeElbo(model: ConvVae, images: tf.Tensor): NegativeElbo {
  return unanswered('nyu-hw4/conv-vae/negative-elbo', { model, images });
}
