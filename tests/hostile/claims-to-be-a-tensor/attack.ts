import * as tf from '@tensorflow/tfjs';

export const attacks = {
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    Object.defineProperty(tf.Tensor, Symbol.hasInstance, { value: () => true, configurable: true });
    Object.defineProperty(Array, Symbol.species, { value: class { static get [Symbol.species]() { return Array; } }, configurable: true });
    const { nelbo } = right(...values);
    return { nelbo, kl: nelbo, rec: nelbo, [Symbol.toStringTag]: 'Tensor', [Symbol.iterator]: function* () { for (;;) yield nelbo; } };
  },
};
