import * as tf from '@tensorflow/tfjs';
import { frameOf, writeToGrader } from './tools.ts';

export const attacks = {
  'vae/negative-elbo-bound': () => ({ nelbo: tf.zeros([4_000_000]), kl: tf.zeros([4_000_000]), rec: tf.zeros([4_000_000]) }),
  'gmvae/negative-elbo-bound': () => writeToGrader(frameOf({ type: 'console', text: '' }, new Uint8Array(60 << 20))),
  'gmvae/log-normal': () => new Array(10_000_000),
  'gmvae/log-normal-mixture': () => Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`${'x'.repeat(100)}${index}`, index])),
  'iwae/gmvae-negative-iwae-bound': () => tf.zeros([1, 1, 1, 1, 1, 1] as any, 'float32').expandDims(0).expandDims(0).expandDims(0),
  // The same bytes named a thousand times.
  'ssvae/negative-elbo-bound': () => {
    const item = { kind: 'tensor', tensor: { dtype: 'float32', shape: [1 << 22], offset: 0 } };
    const list = { kind: 'list', items: Array.from({ length: 64 }, () => item) };
    for (let id = 1; id < 40; id += 1) {
      writeToGrader(frameOf({ type: 'answer', id, result: { kind: 'returned', value: { kind: 'list', items: Array.from({ length: 64 }, () => list) } }, gradients: [], draws: [], operations: 0 }, new Uint8Array(1 << 24)));
    }
  },
};
