import * as tf from '@tensorflow/tfjs';

const thrice = (value: unknown) => ({ nelbo: value, kl: value, rec: value });

export const attacks = {
  'vae/negative-elbo-bound': () => thrice(tf.scalar(NaN)),
  'iwae/vae-negative-iwae-bound': () => ({ niwae: tf.scalar(1e400), kl: tf.scalar(-1e400), rec: tf.scalar(-0) }),
  'gmvae/negative-elbo-bound': () => thrice('9.322'),
  'iwae/gmvae-negative-iwae-bound': () => null,
  'gmvae/log-normal': () => true,
  // A column beside the row that is asked for: a comparison that broadcasts would compare every pair.
  'gmvae/log-normal-mixture': (right: any, ...values: any[]) => right(...values).expandDims(1),
  'ssvae/negative-elbo-bound': () => {
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
    return { nelbo: deep, klZ: deep, klY: deep, rec: deep };
  },
  'fsvae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const { nelbo, kl, rec } = right(...values);
    const hidden = JSON.parse('{"__proto__": {"kl": 1}, "constructor": {"prototype": {"points": 100}}}');
    return Object.assign(hidden, { nelbo: [nelbo], kl: [kl], rec: [rec] });
  },
};
