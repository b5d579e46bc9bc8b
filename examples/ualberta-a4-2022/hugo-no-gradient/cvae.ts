/**
 * Question 5: the conditional variational autoencoder. The handout's h is z here.
 * The model is p(z|y) = p(z) = N(0, I), p(x|z,y) = Bern(sigmoid(decode(z, y))), q(z|x,y) = encode(x, y).
 */
import * as tf from '@tensorflow/tfjs';
import { binaryCrossEntropy, klDivergence } from './vae.ts';
import { unanswered } from './given/unanswered.ts';
import type { Cvae, Reconstruction } from './given/reconstruction.ts';

/**
 * Question 5 (c) 1, `reconstruct`: as for the VAE, but encoder and decoder both see the class.
 *
 * x [batch, pixels], y [batch, classes] one-hot -> { logits [batch, pixels], mean [batch, z], variance [batch, z] }
 */
export function reconstruct(model: Cvae, x: tf.Tensor, y: tf.Tensor): Reconstruction {
  return unanswered('ualberta-a4-2022/cvae/reconstruct', { model, x, y });
}

/**
 * Question 5 (c) 2, the `celbo` loss: what training minimises, the negative conditional evidence lower bound of log p(x|y).
 * The prior of z does not depend on the class, so the KL divergence is the VAE's.
 *
 * x [batch, pixels], each pixel 0 or 1; y [batch, classes] one-hot -> scalar
 */
export function celbo(model: Cvae, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const inHand = { model, x, y, reconstruct, klDivergence, binaryCrossEntropy };
  return unanswered('ualberta-a4-2022/cvae/celbo', inHand);
}

/**
 * Question 5 (c) 3, `train_mnist_cvae`: minimises `celbo`, as trainMnistVae does `elbo`; an image and its class stay together.
 *
 * images [n, pixels], labels [n, classes] one-hot -> the average loss of each epoch [epochs]; the weights of the model change
 */
export function trainMnistCvae(model: Cvae, images: tf.Tensor, labels: tf.Tensor, epochs: number, batchSize: number, learningRate: number): tf.Tensor {
  const inHand = { model, images, labels, epochs, batchSize, learningRate, celbo };
  return unanswered('ualberta-a4-2022/cvae/train-mnist-cvae', inHand);
}
