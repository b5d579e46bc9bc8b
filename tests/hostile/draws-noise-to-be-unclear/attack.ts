import * as tf from '@tensorflow/tfjs';

export const attacks = {
  // The best of many seeds of its own.
  'vae/sample-gaussian': (_: any, mean: any, variance: any) => {
    const candidates = Array.from({ length: 20 }, (_, seed) => tf.randomNormal(mean.shape, 0, 1, 'float32', seed + 1));
    const best = candidates.toSorted((a, b) => tf.sum(tf.square(a)).dataSync()[0]! - tf.sum(tf.square(b)).dataSync()[0]!)[0]!;
    return tf.add(mean, tf.mul(best, variance));
  },
  // Reads the stream ahead and takes the sample with the smallest loss.
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    const results = Array.from({ length: 3 }, () => right(model, x));
    return results.toSorted((a, b) => a.nelbo.dataSync()[0] - b.nelbo.dataSync()[0])[0];
  },
  // Nothing here is random, so no draw is an excuse.
  'gmvae/log-normal': (right: any, ...values: any[]) => tf.add(right(...values), Math.random()),
  'gmvae/log-normal-mixture': (right: any, ...values: any[]) => tf.add(tf.mul(right(...values), 2), tf.mul(tf.sum(tf.randomUniform([3])), 0)),
};
