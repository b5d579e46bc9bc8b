import * as tf from '@tensorflow/tfjs';
import type { ConvVae, NegativeElbo } from './given/interfaces.ts';

type Layer = tf.SymbolicTensor;

/** Pooling and batch normalisation, as in the lab. */
export function buildEncoder(latent: number): tf.LayersModel {
  const images = tf.input({ shape: [28, 28, 1] });
  let h = images as Layer;
  for (const filters of [16, 32]) {
    h = tf.layers.conv2d({ filters, kernelSize: 3, padding: 'same' }).apply(h) as Layer;
    h = tf.layers.batchNormalization().apply(h) as Layer;
    h = tf.layers.maxPooling2d({ poolSize: 2 }).apply(tf.layers.leakyReLU({ alpha: 0.2 }).apply(h) as Layer) as Layer;
  }
  const flat = tf.layers.flatten().apply(h) as Layer;
  const out = (): Layer => tf.layers.dense({ units: latent }).apply(flat) as Layer;
  return tf.model({ inputs: images, outputs: [out(), out()] });
}

export function reparameterize(mean: tf.Tensor, logVariance: tf.Tensor): tf.Tensor {
  // one sample after the other
  const std = tf.sqrt(tf.exp(logVariance));
  const rows: tf.Tensor[] = [];
  for (let i = 0; i < (mean.shape[0] ?? 0); i += 1) {
    const eps = tf.randomNormal([mean.shape[1] ?? 0]);
    rows.push(tf.add(tf.gather(mean, i), tf.mul(tf.gather(std, i), eps)));
  }
  return tf.stack(rows);
}

export function buildDecoder(latent: number): tf.LayersModel {
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [latent], units: 7 * 7 * 8, activation: 'relu' }),
      tf.layers.reshape({ targetShape: [7, 7, 8] }),
      tf.layers.upSampling2d({ size: [2, 2] }),
      tf.layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' }),
      tf.layers.upSampling2d({ size: [2, 2] }),
      tf.layers.conv2d({ filters: 1, kernelSize: 3, padding: 'same' }),
    ],
  });
}

export function loss(images: tf.Tensor, logits: tf.Tensor, mean: tf.Tensor, logVariance: tf.Tensor): NegativeElbo {
  const batch = images.shape[0] ?? 1;
  const rec = tf.div(tf.losses.sigmoidCrossEntropy(images, logits, undefined, 0, tf.Reduction.SUM), batch);
  const kl = tf.div(tf.sum(tf.sub(tf.add(tf.exp(logVariance), tf.square(mean)), tf.add(logVariance, 1))), 2 * batch);
  return { nelbo: tf.add(rec, kl), kl, rec };
}

export function negativeElbo(model: ConvVae, images: tf.Tensor): NegativeElbo {
  const q = model.encode(images);
  const z = reparameterize(q.mean, q.logVariance);
  return loss(images, model.decode(z), q.mean, q.logVariance);
}
