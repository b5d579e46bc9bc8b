import * as tf from '@tensorflow/tfjs';

const zero = () => tf.scalar(0);

export const attacks = {
  // Right when it is read first, zero ever after.
  'vae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const result = right(...values);
    const read = new Set<unknown>();
    return new Proxy(result, { get: (target, name) => (read.has(name) ? zero() : (read.add(name), target[name])) });
  },
  'gmvae/negative-elbo-bound': () => {
    const number = Object.create({ valueOf: () => 9.3, toJSON: () => 9.3, [Symbol.toPrimitive]: () => 9.3 });
    return { nelbo: number, kl: number, rec: number };
  },
  // Wrong when it is read first, right ever after.
  'iwae/gmvae-negative-iwae-bound': (right: any, ...values: any[]) => {
    const result = right(...values);
    let reads = 0;
    return { ...result, get niwae() { reads += 1; return reads === 1 ? zero() : result.niwae; } };
  },
  // Says that it is a tensor of the right shape, and holds too little.
  'gmvae/log-normal': (right: any, ...values: any[]) => {
    const { shape, size } = right(...values);
    return Object.create(tf.Tensor.prototype, {
      dtype: { value: 'float32' }, shape: { value: shape }, size: { value: size }, rank: { get: () => shape.length }, rankType: { value: String(shape.length) },
      dataSync: { value: () => new Float32Array(0) },
    });
  },
  // Numbers that lie elsewhere: a length of a gigabyte at an offset of its own choice.
  'gmvae/log-normal-mixture': (right: any, ...values: any[]) => {
    const result = right(...values);
    result.dataSync = () => ({ slice: () => ({ buffer: new ArrayBuffer(8), byteOffset: 4, byteLength: 1 << 30, length: result.size }) });
    return result;
  },
  'ssvae/negative-elbo-bound': (right: any, ...values: any[]) => {
    const result = right(...values);
    result.nelbo.dataSync = () => ({ slice: () => ({ buffer: new SharedArrayBuffer(1 << 20), byteOffset: 0, byteLength: 1 << 20 }) });
    return result;
  },
};
