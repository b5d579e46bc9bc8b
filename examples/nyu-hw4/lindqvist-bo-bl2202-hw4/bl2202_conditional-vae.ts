import * as tf from '@tensorflow/tfjs';
import { loss, reparameterize } from './bl2202_conv-vae.ts';
import { CLASSES, type ConditionalVae, type NegativeElbo } from './given/interfaces.ts';

type Layer = tf.SymbolicTensor;

/** The class as a second channel of the picture. */
export function buildConditionalEncoder(latent: number): tf.LayersModel {
  const images = tf.input({ shape: [28, 28, 1] });
  const c = tf.input({ shape: [CLASSES] });
  const plane = tf.layers.reshape({ targetShape: [28, 28, 1] }).apply(tf.layers.dense({ units: 28 * 28 }).apply(c) as Layer) as Layer;
  const both = tf.layers.concatenate().apply([images, plane]) as Layer;
  const h = tf.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }).apply(both) as Layer;
  const flat = tf.layers.flatten().apply(tf.layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }).apply(h) as Layer) as Layer;
  const out = (): Layer => tf.layers.dense({ units: latent }).apply(flat) as Layer;
  return tf.model({ inputs: [images, c], outputs: [out(), out()] });
}

/** z and the class each through a layer of its own, then added. */
export function buildConditionalDecoder(latent: number): tf.LayersModel {
  const z = tf.input({ shape: [latent] });
  const c = tf.input({ shape: [CLASSES] });
  const through = (input: Layer): Layer => tf.layers.dense({ units: 7 * 7 * 16 }).apply(input) as Layer;
  const code = tf.layers.reLU().apply(tf.layers.add().apply([through(z), through(c)]) as Layer) as Layer;
  const small = tf.layers.reshape({ targetShape: [7, 7, 16] }).apply(code) as Layer;
  const larger = tf.layers.conv2dTranspose({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }).apply(small) as Layer;
  return tf.model({ inputs: [z, c], outputs: tf.layers.conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, padding: 'same' }).apply(larger) as Layer });
}

export function conditionalNegativeElbo(model: ConditionalVae, images: tf.Tensor, labels: tf.Tensor): NegativeElbo {
  const c = tf.gather(tf.eye(CLASSES), tf.cast(labels, 'int32'));
  const q = model.encode(images, c);
  return loss(images, model.decode(reparameterize(q.mean, q.logVariance), c), q.mean, q.logVariance);
}

export function generate(model: ConditionalVae, labels: tf.Tensor, latent: number): tf.Tensor {
  const c = tf.gather(tf.eye(CLASSES), tf.cast(labels, 'int32'));
  const pictures: tf.Tensor[] = [];
  for (let i = 0; i < (labels.shape[0] ?? 0); i += 1) pictures.push(tf.sigmoid(model.decode(tf.randomNormal([1, latent]), tf.slice(c, i, 1))));
  return tf.concat(pictures);
}
