/**
 * How good a small trained model is: its negative ELBO on images that it was not trained on, with noise that is
 * always the same, in float64. The weights come from a child; what is computed with them is all here.
 */
import { VARIANCE_FLOOR } from '../../contract/model-layout.ts';
import type { Layer, Model } from '../../contract/question.ts';
import type { HeldOut } from '../../contract/training-case.ts';
import type { TensorData } from '../../contract/values.ts';

type Row = readonly number[];

/** p(x|z,y) of a fully supervised VAE: N(x | decode(z, y), I / 10). */
const DECODER_VARIANCE = 0.1;

/** In nats an image; the average over all images and all draws of their noise. */
export function heldOutLoss(model: Model, { x, y, noise }: HeldOut): number {
  const [images, labels] = [rowsOf(x), y === undefined ? null : rowsOf(y)];
  const [draws = 1, , latent = 1] = noise.shape;
  let sum = 0;
  for (const [index, image] of images.entries()) {
    const given = lossGiven(model, image);
    for (let draw = 0; draw < draws; draw += 1) {
      const start = (draw * images.length + index) * latent;
      const epsilon = [...noise.values.subarray(start, start + latent)];
      sum += model.family === 'ssvae' ? overLabels(model, image, (label) => given(epsilon, label)) : given(epsilon, labels?.[index] ?? []);
    }
  }
  return sum / (images.length * draws);
}

/** E_q(y|x)[ the loss with label y + log q(y|x) - log p(y) ], p(y) uniform. */
function overLabels({ networks }: Model, image: Row, lossOf: (label: Row) => number): number {
  const scores = through(networks['classifier'] ?? [], image);
  const total = logSumExp(scores);
  return scores.reduce((sum, score, index) => {
    const logQ = score - total;
    const q = Math.exp(logQ);
    // 0 log 0 is 0.
    return q === 0 ? sum : sum + q * (lossOf(scores.map((_, label) => (label === index ? 1 : 0))) + logQ + Math.log(scores.length));
  }, 0);
}

/** KL + reconstruction of one image at one z; a label that is not given is no number at all. */
function lossGiven({ family, networks, parameters }: Model, image: Row): (epsilon: Row, label: Row) => number {
  return (epsilon, label) => {
    const code = through(networks['encoder'] ?? [], [...image, ...label]);
    const latent = epsilon.length;
    const mean = code.slice(0, latent);
    const variance = code.slice(latent).map(positive);
    const z = mean.map((value, index) => value + Math.sqrt(at(variance, index)) * at(epsilon, index));
    const decoded = through(networks['decoder'] ?? [], [...z, ...label]);
    const rec = family === 'fsvae' ? -logNormal(image, decoded, decoded.map(() => DECODER_VARIANCE)) : -logBernoulli(image, decoded);
    if (family !== 'gmvae') return klToStandard(mean, variance) + rec;
    return logNormal(z, mean, variance) - logMixture(z, parameters) + rec;
  };
}

function klToStandard(mean: Row, variance: Row): number {
  return mean.reduce((sum, value, index) => sum + 0.5 * (at(variance, index) + value * value - 1 - Math.log(at(variance, index))), 0);
}

/** log 1/k sum_i N(z | means_i, variances_i): means and spreads [1, k, z] */
function logMixture(z: Row, { means, spreads }: Model['parameters']): number {
  if (means === undefined || spreads === undefined) throw new Error('a mixture without means or spreads');
  const components = means.shape[1] ?? 1;
  const slice = ({ values }: TensorData, component: number): Row => [...values.subarray(component * z.length, (component + 1) * z.length)];
  const each = Array.from({ length: components }, (_, component) => logNormal(z, slice(means, component), slice(spreads, component).map(positive)));
  return logSumExp(each) - Math.log(components);
}

function logNormal(x: Row, mean: Row, variance: Row): number {
  return x.reduce((sum, value, index) => sum - 0.5 * (Math.log(2 * Math.PI * at(variance, index)) + (value - at(mean, index)) ** 2 / at(variance, index)), 0);
}

function logBernoulli(x: Row, logits: Row): number {
  return x.reduce((sum, value, index) => sum + value * at(logits, index) - softplus(at(logits, index)), 0);
}

function through(layers: readonly Layer[], input: Row): Row {
  return layers.reduce((row, { kernel, bias, activation }) => {
    const outputs = bias.values.length;
    const sums = Float64Array.from(bias.values);
    for (const [index, value] of row.entries()) {
      if (value === 0) continue;
      for (let output = 0; output < outputs; output += 1) sums[output] = (sums[output] ?? 0) + value * (kernel.values[index * outputs + output] ?? 0);
    }
    return Array.from(sums, (sum) => activate(sum, activation));
  }, input);
}

function activate(value: number, activation: Layer['activation']): number {
  if (activation === 'identity' || value > 0) return value;
  return activation === 'relu' ? 0 : Math.expm1(value);
}

function softplus(value: number): number {
  return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
}

function positive(spread: number): number {
  return softplus(spread) + VARIANCE_FLOOR;
}

function logSumExp(values: Row): number {
  const most = Math.max(...values);
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

function rowsOf({ shape, values }: TensorData): readonly Row[] {
  const [rows = 0, columns = 0] = shape;
  return Array.from({ length: rows }, (_, row) => [...values.subarray(row * columns, (row + 1) * columns)]);
}

function at(values: Row, index: number): number {
  return values[index] ?? Number.NaN;
}
