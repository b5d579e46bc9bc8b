import * as tf from '@tensorflow/tfjs';
import { sampleGaussian } from './distributions.ts';
import { klNormal } from './given/divergences.ts';
import { logBernoulliWithLogits } from './given/likelihoods.ts';
import type { NegativeElbo, Vae } from './given/interfaces.ts';

export function negativeElboBound(model: Vae, x: tf.Tensor): NegativeElbo {
  const q = model.encode(x);
  const means = tf.unstack(q.mean);
  const variances = tf.unstack(q.variance);
  const kls = means.map((mean, i) => klNormal(mean, variances[i]!, tf.zerosLike(mean), tf.onesLike(mean)));
  const latents = means.map((mean, i) => sampleGaussian(mean, variances[i]!));
  const images = tf.unstack(x);
  const recs = tf.unstack(model.decode(tf.stack(latents))).map((logits, i) => tf.neg(logBernoulliWithLogits(images[i]!, logits)));
  const kl = tf.mean(tf.stack(kls));
  const rec = tf.mean(tf.stack(recs));
  return { nelbo: tf.add(kl, rec), kl, rec };
}
