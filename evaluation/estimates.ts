/** From the terms of every image and sample to the numbers that are reported, each with what the noise leaves uncertain. */
import type { Estimate, Estimates } from '../contract/evaluation.ts';
import type { Terms } from './log-weights.ts';

/** Negative bounds and their parts, averaged over the images; IWAE for these numbers of samples. */
export function estimatesOf(terms: Terms, samples: readonly (1 | 10 | 100)[]): Estimates {
  const { kl } = terms;
  const perSample = Array.from({ length: terms.samples }, (_, sample) => averages(terms, sample));
  const klEstimate = kl === null ? over(perSample.map(({ ratio }) => ratio)) : exactly(mean(kl));
  return {
    // With the closed-form KL only the reconstruction is random.
    nelbo: over(perSample.map(({ ratio, rec }) => (kl === null ? ratio : klEstimate.value) + rec)),
    kl: klEstimate,
    rec: over(perSample.map(({ rec }) => rec)),
    ...Object.fromEntries(samples.map((m) => [`iwae-${m}`, niwae(terms, m)])),
  };
}

/**
 * -L_1000 of all images for the price of some: what a few images gain from 100 samples to 1000 is taken off the
 * -L_100 of all. The gain differs little from image to image, and what it differs is in the error.
 *
 * @param few the terms of a part of the images, with 1000 samples of each.
 * @param images how many there are in all.
 */
export function iwae1000(ofAll: Estimate, few: Terms, images: number): Estimate {
  const gains = Array.from({ length: few.images }, (_, image) => {
    const hundreds = Array.from({ length: 10 }, (__, group) => negativeBound(few, image, 100 * group, 100));
    return mean(hundreds) - negativeBound(few, image, 0, 1000);
  });
  const gain = over(gains);
  const rest = Math.max(0, 1 - few.images / images);
  const once = Math.sqrt(mean(Array.from({ length: few.images }, (_, image) => varianceOfBound(few, image, 1000))) / images);
  return { value: ofAll.value - gain.value, error: Math.hypot(ofAll.error, gain.error * Math.sqrt(rest), once * Math.sqrt(images / few.images)), once };
}

function averages({ images, logRatio, rec }: Terms, sample: number): { readonly ratio: number; readonly rec: number } {
  const [start, end] = [sample * images, (sample + 1) * images];
  return { ratio: mean(logRatio.subarray(start, end)), rec: mean(rec.subarray(start, end)) };
}

/** -L_m: every m samples of an image in turn make one bound of it, and there are as many bounds as fit. */
function niwae(terms: Terms, m: number): Estimate {
  const groups = Math.floor(terms.samples / m);
  const bounds = Array.from({ length: groups }, (_, group) => mean(Array.from({ length: terms.images }, (__, image) => negativeBound(terms, image, group * m, m))));
  if (groups > 1) return over(bounds);
  // One bound of each image: its noise is told by the spread of its weights.
  const once = Math.sqrt(mean(Array.from({ length: terms.images }, (_, image) => varianceOfBound(terms, image, m))) / terms.images);
  return { value: mean(bounds), error: once, once };
}

function negativeBound(terms: Terms, image: number, first: number, m: number): number {
  const { largest, weights } = weightsOf(terms, image, first, m);
  return -(largest + Math.log(mean(weights)));
}

/** The delta method: Var(log mean w) is about Var(w) / (m E[w]^2). */
function varianceOfBound(terms: Terms, image: number, m: number): number {
  const { weights } = weightsOf(terms, image, 0, m);
  const average = mean(weights);
  return mean(weights.map((weight) => (weight - average) ** 2)) / (m * average * average);
}

/** Weights divided by the largest, whose logarithm is given. */
function weightsOf({ images, logRatio, rec }: Terms, image: number, first: number, m: number): { readonly largest: number; readonly weights: readonly number[] } {
  const logs = Array.from({ length: m }, (_, index) => {
    const at = (first + index) * images + image;
    return -(logRatio[at] ?? Number.NaN) - (rec[at] ?? Number.NaN);
  });
  const largest = Math.max(...logs);
  return { largest, weights: logs.map((log) => Math.exp(log - largest)) };
}

function over(values: readonly number[]): Estimate {
  const value = mean(values);
  const deviation = values.length < 2 ? 0 : Math.sqrt(values.reduce((sum, each) => sum + (each - value) ** 2, 0) / (values.length - 1));
  return { value, error: deviation / Math.sqrt(values.length), once: deviation };
}

function exactly(value: number): Estimate {
  return { value, error: 0, once: 0 };
}

function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) sum += values[index] ?? Number.NaN;
  return sum / values.length;
}
