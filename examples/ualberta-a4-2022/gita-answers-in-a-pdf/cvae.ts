/**
 * Question 5: the conditional variational autoencoder. The handout's h is z here.
 * The model is p(z|y) = p(z) = N(0, I), p(x|z,y) = Bern(sigmoid(decode(z, y))), q(z|x,y) = encode(x, y).
 */
import * as tf from '@tensorflow/tfjs';
import { binaryCrossEntropy, klDivergence } from './vae.ts';
import type { Cvae, Reconstruction } from './given/reconstruction.ts';

/**
 * Question 5 (c) 1, `reconstruct`: as for the VAE, but encoder and decoder both see the class.
 *
 * x [batch, pixels], y [batch, classes] one-hot -> { logits [batch, pixels], mean [batch, z], variance [batch, z] }
 */
export function reconstruct(model: Cvae, x: tf.Tensor, y: tf.Tensor): Reconstruction {
  const { mean, variance } = model.encode(x, y);
  const z = mean.add(variance.sqrt().mul(tf.randomNormal(mean.shape)));
  return { logits: model.decode(z, y), mean, variance };
}

/**
 * Question 5 (c) 2, the `celbo` loss: what training minimises, the negative conditional evidence lower bound of log p(x|y).
 * The prior of z does not depend on the class, so the KL divergence is the VAE's.
 *
 * x [batch, pixels], each pixel 0 or 1; y [batch, classes] one-hot -> scalar
 */
export function celbo(model: Cvae, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const { logits, mean, variance } = reconstruct(model, x, y);
  return tf.add(klDivergence(mean, variance), binaryCrossEntropy(x, logits));
}

/**
 * Question 5 (c) 3, `train_mnist_cvae`: minimises `celbo`, as trainMnistVae does `elbo`; an image and its class stay together.
 *
 * images [n, pixels], labels [n, classes] one-hot -> the average loss of each epoch [epochs]; the weights of the model change
 */
export function trainMnistCvae(model: Cvae, images: tf.Tensor, labels: tf.Tensor, epochs: number, batchSize: number, learningRate: number): tf.Tensor {
  const optimiser = tf.train.adam(learningRate);
  const n = images.shape[0] ?? 0;
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = [...tf.util.createShuffledIndices(n)];
    let sum = 0;
    for (let start = 0; start < n; start += batchSize) {
      const rows = tf.tensor1d(order.slice(start, start + batchSize), 'int32');
      const loss = optimiser.minimize(() => celbo(model, tf.gather(images, rows), tf.gather(labels, rows)).asScalar(), true);
      sum += (loss?.dataSync()[0] ?? 0) * rows.size;
    }
    losses.push(sum / n);
  }
  return tf.tensor1d(losses);
}
