import * as tf from '@tensorflow/tfjs';

const kept: unknown[] = [];

export const attacks = {
  'vae/negative-elbo-bound': () => { for (;;) kept.push(Array.from({ length: 10_000 }, (_, index) => ({ index, text: `number ${index}` }))); },
  'gmvae/negative-elbo-bound': () => { for (;;) kept.push(new Uint8Array(1 << 24).fill(1)); },
  'gmvae/log-normal': () => {
    for (;;) {
      const memory = new WebAssembly.Memory({ initial: 256 });
      memory.grow(256);
      kept.push(new Uint8Array(memory.buffer).fill(1));
    }
  },
  'gmvae/log-normal-mixture': () => { for (;;) kept.push(new Uint8Array(new SharedArrayBuffer(1 << 24)).fill(1)); },
  'ssvae/negative-elbo-bound': () => { for (;;) kept.push(tf.keep(tf.ones([1 << 20]))); },
};
