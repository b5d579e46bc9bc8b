import * as tf from '@tensorflow/tfjs';

const zeros = (...names: string[]) => Object.fromEntries(names.map((name) => [name, tf.scalar(0)]));

export const attacks = {
  'vae/negative-elbo-bound': () => zeros('nelbo', 'kl', 'rec'),
  'iwae/vae-negative-iwae-bound': () => zeros('niwae', 'kl', 'rec'),
  'gmvae/negative-elbo-bound': () => zeros('nelbo', 'kl', 'rec'),
  'iwae/gmvae-negative-iwae-bound': () => zeros('niwae', 'kl', 'rec'),
  'gmvae/log-normal': (_: any, x: any, mean: any) => tf.sum(tf.zerosLike(tf.add(x, mean)), -1),
  'gmvae/log-normal-mixture': (_: any, z: any) => tf.mean(z, -1),
  'ssvae/negative-elbo-bound': () => zeros('nelbo', 'klZ', 'klY', 'rec'),
  'fsvae/negative-elbo-bound': () => zeros('nelbo', 'kl', 'rec'),
};
