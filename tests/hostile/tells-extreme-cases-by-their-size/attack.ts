import * as tf from '@tensorflow/tfjs';

const isExtreme = (tensor: any): boolean => tf.any(tf.greater(tf.abs(tensor), 50)).dataSync()[0] === 1 || tf.any(tf.less(tf.abs(tensor), 1e-4)).dataSync()[0] === 1;

export const attacks = {
  'vae/negative-elbo-bound': (right: any, model: any, x: any) => {
    const { variance } = model.encode(x);
    const logits = model.decode(model.encode(x).mean);
    return isExtreme(logits) || isExtreme(variance) ? { nelbo: tf.scalar(1e4), kl: tf.scalar(5e3), rec: tf.scalar(5e3) } : right(model, x);
  },
  'gmvae/log-normal': (right: any, x: any, mean: any, variance: any) => {
    const result = right(x, mean, variance);
    return isExtreme(result) || isExtreme(variance) ? tf.clipByValue(result, -50, 50) : result;
  },
};
