import * as tf from '@tensorflow/tfjs';

export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const noise: number[] = [];
  for (let i = 0; i < mean.size; i += 1) noise.push(tf.randomNormal([1]).dataSync()[0] ?? 0);
  return mean.add(variance.sqrt().mul(tf.tensor(noise, mean.shape)));
}
