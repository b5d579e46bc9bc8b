/**
 * The negative evidence lower bound taken apart: a reconstruction, its two terms, and their sum, for a VAE
 * (Kingma and Welling 2014, arXiv:1312.6114) and for a conditional one (Sohn, Lee and Yan 2015, Learning
 * Structured Output Representation using Deep Conditional Generative Models, section 4).
 */
import * as tf from '@tensorflow/tfjs';
import { logNormal, sampleGaussian } from '../maths/distributions.ts';
import { klNormal } from '../maths/divergences.ts';
import { logBernoulliWithLogits } from '../maths/likelihoods.ts';
import type { Vae } from './interfaces.ts';
import type { Cvae, Reconstruction } from './reconstruction.ts';

/** x [batch, pixels] -> the logits decoded from one z ~ q(z|x), and q itself. */
export function reconstructVae(model: Vae, x: tf.Tensor): Reconstruction {
  const { mean, variance } = model.encode(x); // q(z|x), each [batch, z]
  // z = mean + sqrt(variance) * noise: section 2.4, so that gradients reach the encoder
  const z = sampleGaussian(mean, variance);
  return { logits: model.decode(z), mean, variance };
}

/** x [batch, pixels], y [batch, labels] -> the same with q(z|x,y) and p(x|z,y): both networks see the label. */
export function reconstructCvae(model: Cvae, x: tf.Tensor, y: tf.Tensor): Reconstruction {
  const { mean, variance } = model.encode(x, y);
  const z = sampleGaussian(mean, variance);
  return { logits: model.decode(z, y), mean, variance };
}

/**
 * KL( N(mean, diag(variance)) || N(0, I) ) = 1/2 sum_d [ mean_d^2 + variance_d - log variance_d - 1 ]:
 * appendix B. Summed over the latent dimensions, averaged over the batch.
 *
 * mean, variance [batch, z] -> scalar
 */
export function klToPrior(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  return tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
}

/**
 * -log Bern(x | sigmoid(logits)): appendix C.1. Summed over the pixels, averaged over the batch.
 *
 * x (0 or 1) and logits [batch, pixels] -> scalar
 */
export function crossEntropy(x: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return tf.neg(tf.mean(logBernoulliWithLogits(x, logits)));
}

/** -ELBO = KL(q(z|x) || p(z)) - E_q[ log p(x|z) ], the expectation from one sample: equation 7. Scalar. */
export function elboLoss(model: Vae, x: tf.Tensor): tf.Tensor {
  return lossOf(x, reconstructVae(model, x));
}

/** -CELBO = KL(q(z|x,y) || p(z)) - E_q[ log p(x|z,y) ], with p(z|y) = p(z). Scalar. */
export function celboLoss(model: Cvae, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return lossOf(x, reconstructCvae(model, x, y));
}

/** The same with the KL divergence by Monte Carlo, log q(z) - log p(z) at the sample of the reconstruction: as right, and noisier. */
export function elboLossAtTheSample(model: Vae, x: tf.Tensor): tf.Tensor {
  const { mean, variance } = model.encode(x);
  const z = sampleGaussian(mean, variance);
  return tf.add(logRatioAt(z, mean, variance), crossEntropy(x, model.decode(z)));
}

export function celboLossAtTheSample(model: Cvae, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  const { mean, variance } = model.encode(x, y);
  const z = sampleGaussian(mean, variance);
  return tf.add(logRatioAt(z, mean, variance), crossEntropy(x, model.decode(z, y)));
}

function logRatioAt(z: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  return tf.mean(tf.sub(logNormal(z, mean, variance), logNormal(z, tf.zerosLike(z), tf.onesLike(z))));
}

function lossOf(x: tf.Tensor, { logits, mean, variance }: Reconstruction): tf.Tensor {
  return tf.add(klToPrior(mean, variance), crossEntropy(x, logits));
}
