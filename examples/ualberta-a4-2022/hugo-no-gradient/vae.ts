/**
 * Question 4: the variational autoencoder. The handout's h is z here.
 * The model is p(z) = N(0, I), p(x|z) = Bern(sigmoid(decode(z))), q(z|x) = encode(x).
 */
import * as tf from '@tensorflow/tfjs';
import type { Vae } from './given/interfaces.ts';
import type { Reconstruction } from './given/reconstruction.ts';

/**
 * Question 4.1, `reconstruct`: encodes x, draws one z from q(z|x) with the reparameterisation trick, and decodes it.
 * Draw the noise with tf.randomNormal; every entry needs noise of its own.
 *
 * x [batch, pixels] -> { logits [batch, pixels], mean [batch, z], variance [batch, z] }
 */
export function reconstruct(model: Vae, x: tf.Tensor): Reconstruction {
  const { mean, variance } = model.encode(x);
  const noise = tf.randomNormal(mean.shape);
  const z = tf.tensor(mean.add(variance.sqrt().mul(noise)).dataSync(), mean.shape);
  return { logits: model.decode(z), mean, variance };
}

/**
 * Question 4.2, the KL divergence: KL( N(mean, diag(variance)) || N(0, I) ) in closed form, summed over the latent
 * dimensions and averaged over the batch. It is given variances: not deviations, not logarithms.
 *
 * mean, variance [batch, z] -> scalar
 */
export function klDivergence(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  // 1/2 sum(m^2 + v - log v - 1)
  const each = mean.square().add(variance).sub(variance.log()).sub(1);
  return each.sum(1).div(2).mean();
}

/**
 * Question 4.2, the binary cross entropy: -log p(x|z) for Bernoulli pixels with probabilities sigmoid(logits), summed over
 * the pixels and averaged over the batch. It must stay finite at any logit: tf.softplus helps.
 *
 * x (0 or 1) and logits [batch, pixels] -> scalar
 */
export function binaryCrossEntropy(x: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  // -log p = softplus(l) - x l
  return tf.softplus(logits).sub(x.mul(logits)).sum(1).mean();
}

/**
 * Question 4.2, the `elbo` loss: what training minimises, the negative evidence lower bound. It is the sum of the two
 * functions above, from one reconstruction.
 *
 * x [batch, pixels], each pixel 0 or 1 -> scalar
 */
export function elbo(model: Vae, x: tf.Tensor): tf.Tensor {
  const { logits, mean, variance } = reconstruct(model, x);
  return tf.add(klDivergence(mean, variance), binaryCrossEntropy(x, logits));
}

/**
 * Question 4.3, `train_mnist_vae`: minimises `elbo` with tf.train.adam(learningRate). Each epoch takes every
 * image once, in a new random order, in batches of batchSize of which the last may be smaller.
 *
 * images [n, pixels] -> the average loss of each epoch [epochs]; the weights of the model change
 */
export function trainMnistVae(model: Vae, images: tf.Tensor, epochs: number, batchSize: number, learningRate: number): tf.Tensor {
  const optimiser = tf.train.adam(learningRate);
  const n = images.shape[0] ?? 0;
  const losses: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const order = tf.tensor1d([...tf.util.createShuffledIndices(n)], 'int32');
    const shuffled = tf.gather(images, order);
    let sum = 0;
    for (let start = 0; start < n; start += batchSize) {
      const batch = tf.slice(shuffled, start, Math.min(batchSize, n - start));
      const loss = optimiser.minimize(() => elbo(model, batch).asScalar(), true);
      sum += (loss?.dataSync()[0] ?? 0) * (batch.shape[0] ?? 0);
    }
    losses.push(sum / n);
  }
  return tf.tensor1d(losses);
}
