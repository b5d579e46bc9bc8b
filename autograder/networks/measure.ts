/** How good trained networks are: computed here, in float64, from what they return. Nothing that a child says of itself is believed. */
import { at, CLASSES, type DigitSet, PIXELS } from './digits.ts';

/** Outputs of an encoder, one row an image. */
export interface Encoded {
  readonly mean: Float32Array;
  readonly logVariance: Float32Array;
}

/** z = mean + deviation * noise, drawn where no student's code runs. */
export function sampled({ mean, logVariance }: Encoded, noise: Float32Array): Float32Array {
  return mean.map((value, index) => value + Math.exp(0.5 * at(logVariance, index)) * at(noise, index));
}

/** In nats an image: KL(q(z|x) || N(0, I)) and the cross-entropy of the images at the logits of the sampled z. */
export function negativeElbo({ mean, logVariance }: Encoded, logits: Float32Array, images: Uint8Array): number {
  let sum = 0;
  for (const [index, value] of mean.entries()) sum += 0.5 * (value * value + Math.exp(at(logVariance, index)) - 1 - at(logVariance, index));
  for (const [index, logit] of logits.entries()) sum += softplus(logit) - at(images, index) * logit;
  return sum / (images.length / PIXELS);
}

/** The class whose mean picture explains a picture best, in cross-entropy: of each row of logits. */
export function recognised(logits: ArrayLike<number>, { classMeans }: Pick<DigitSet, 'classMeans'>): readonly number[] {
  const scores = classMeans.map((mean) => mean.map((value) => [Math.log(value), Math.log(1 - value)] as const));
  return Array.from({ length: logits.length / PIXELS }, (_, row) => {
    const shown = Array.from({ length: PIXELS }, (_pixel, pixel) => 1 / (1 + Math.exp(-at(logits, row * PIXELS + pixel))));
    const each = scores.map((classes) => classes.reduce((sum, [ink, paper], pixel) => sum + at(shown, pixel) * ink + (1 - at(shown, pixel)) * paper, 0));
    return each.indexOf(Math.max(...each));
  });
}

/** As many codes for every class, class after class. */
export function classesAskedFor(each: number): Int32Array {
  return Int32Array.from({ length: CLASSES * each }, (_, index) => Math.floor(index / each));
}

function softplus(value: number): number {
  return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
}
