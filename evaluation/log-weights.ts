/**
 * The terms of every bound, image by image and sample by sample: from them come the ELBO and the IWAE bounds of
 * any number of samples at once.
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal } from '../reference/maths/distributions.ts';
import { klNormal } from '../reference/maths/divergences.ts';
import { logBernoulliWithLogits } from '../reference/maths/likelihoods.ts';
import { buildModel, type Parameters, type UnlabelledModel } from '../training/models.ts';
import { logMixture } from './log-mixture.ts';

export interface Terms {
  readonly images: number;
  readonly samples: number;
  /** log q(z|x) - log p(z), and -log p(x|z): both [samples, images], image by image within a sample. */
  readonly logRatio: Float32Array;
  readonly rec: Float32Array;
  /** KL(q(z|x) || p(z)) of each image where it has a closed form. */
  readonly kl: Float32Array | null;
}

/** Those whose bounds are measured: q(z|x) is Gaussian, and no label is seen. */
export type MeasuredFamily = 'vae' | 'gmvae' | 'kth-vae';

export interface Measured {
  readonly family: MeasuredFamily;
  readonly parameters: Parameters;
  /** Images one after another, pixels in [0, 1]. */
  readonly x: ArrayLike<number>;
  readonly pixels: number;
}

/** Standard normals: the images' first samples, then their second ones, and so on, [rows, z] at a time. */
export type Noise = (shape: readonly [number, number]) => tf.Tensor2D;

/** Rows of one pass through the decoder: more would not fit the processor's cache, fewer would cost calls. */
const ROWS = 2000;

export function termsOf({ family, parameters, x, pixels }: Measured, samples: number, noise: Noise): Terms {
  const images = x.length / pixels;
  const [logRatio, rec] = [new Float32Array(samples * images), new Float32Array(samples * images)];
  const once = Math.min(samples, Math.max(1, Math.floor(ROWS / images)));
  const batch = tf.tensor2d(Float32Array.from(x), [images, pixels]);
  const copies = tf.tile(batch, [once, 1]);
  for (let done = 0; done < samples; done += once) {
    const count = Math.min(once, samples - done);
    tf.tidy(() => {
      const { model, logPrior } = modelOf(family, parameters);
      const { mean, variance } = model.encode(batch); // q(z|x), each [images, z]
      const [means, variances] = [tf.tile(mean, [count, 1]), tf.tile(variance, [count, 1])]; // [count * images, z]
      const z = tf.add(means, tf.mul(noise([count * images, mean.shape[1] ?? 0]), tf.sqrt(variances)));
      logRatio.set(tf.sub(logNormal(z, means, variances), logPrior(z)).dataSync(), done * images);
      rec.set(tf.neg(logBernoulliWithLogits(copies.slice([0, 0], [count * images, pixels]), model.decode(z))).dataSync(), done * images);
    });
  }
  const kl = family === 'gmvae' ? null : tf.tidy(() => closedFormKl(family, parameters, batch));
  tf.dispose([batch, copies]);
  return { images, samples, logRatio, rec, kl };
}

function modelOf(family: MeasuredFamily, parameters: Parameters): { readonly model: UnlabelledModel; readonly logPrior: (z: tf.Tensor) => tf.Tensor } {
  if (family !== 'gmvae') return { model: buildModel[family](parameters), logPrior: (z) => logNormal(z, tf.zerosLike(z), tf.onesLike(z)) };
  const model = buildModel.gmvae(parameters);
  return { model, logPrior: (z) => logMixture(z as tf.Tensor2D, model.prior.means, model.prior.variances) };
}

function closedFormKl(family: 'vae' | 'kth-vae', parameters: Parameters, x: tf.Tensor): Float32Array {
  const { mean, variance } = buildModel[family](parameters).encode(x);
  return Float32Array.from(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)).dataSync());
}
