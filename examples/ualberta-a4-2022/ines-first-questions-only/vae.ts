/**
 * Question 4: the variational autoencoder. The handout's h is z here.
 * The model is p(z) = N(0, I), p(x|z) = Bern(sigmoid(decode(z))), q(z|x) = encode(x).
 */
import * as tf from '@tensorflow/tfjs';
import { unanswered } from './given/unanswered.ts';
import type { Vae } from './given/interfaces.ts';
import type { Reconstruction } from './given/reconstruction.ts';

/**
 * Question 4.1, `reconstruct`: encodes x, draws one z from q(z|x) with the reparameterisation trick, and decodes it.
 * Draw the noise with tf.randomNormal; every entry needs noise of its own.
 *
 * x [batch, pixels] -> { logits [batch, pixels], mean [batch, z], variance [batch, z] }
 */
export function reconstruct(model: Vae, x: tf.Tensor): Reconstruction {
  return unanswered('ualberta-a4-2022/vae/reconstruct', { model, x });
}

/**
 * Question 4.2, the KL divergence: KL( N(mean, diag(variance)) || N(0, I) ) in closed form, summed over the latent
 * dimensions and averaged over the batch. It is given variances: not deviations, not logarithms.
 *
 * mean, variance [batch, z] -> scalar
 */
export function klDivergence(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  return unanswered('ualberta-a4-2022/vae/kl-divergence', { mean, variance });
}

/**
 * Question 4.2, the binary cross entropy: -log p(x|z) for Bernoulli pixels with probabilities sigmoid(logits), summed over
 * the pixels and averaged over the batch. It must stay finite at any logit: tf.softplus helps.
 *
 * x (0 or 1) and logits [batch, pixels] -> scalar
 */
export function binaryCrossEntropy(x: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return unanswered('ualberta-a4-2022/vae/binary-cross-entropy', { x, logits });
}

/**
 * Question 4.2, the `elbo` loss: what training minimises, the negative evidence lower bound. It is the sum of the two
 * functions above, from one reconstruction.
 *
 * x [batch, pixels], each pixel 0 or 1 -> scalar
 */
export function elbo(model: Vae, x: tf.Tensor): tf.Tensor {
  const inHand = { model, x, reconstruct, klDivergence, binaryCrossEntropy };
  return unanswered('ualberta-a4-2022/vae/elbo', inHand);
}

/**
 * Question 4.3, `train_mnist_vae`: minimises `elbo` with tf.train.adam(learningRate). Each epoch takes every
 * image once, in a new random order, in batches of batchSize of which the last may be smaller.
 *
 * images [n, pixels] -> the average loss of each epoch [epochs]; the weights of the model change
 */
export function trainMnistVae(model: Vae, images: tf.Tensor, epochs: number, batchSize: number, learningRate: number): tf.Tensor {
  const inHand = { model, images, epochs, batchSize, learningRate, elbo };
  return unanswered('ualberta-a4-2022/vae/train-mnist-vae', inHand);
}
