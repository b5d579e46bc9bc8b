/**
 * What everyone measures on: a hundred test images, ten a class, binarised once; and the hundred labelled
 * training images of the semi-supervised VAE. Both are the same for everyone, so that numbers can be compared.
 */
import { createHash } from 'node:crypto';
import { DataError } from './data-error.ts';
import { imageAt, imageSize, type LabelledImages } from './labelled-images.ts';
import { mersenneTwister } from './mersenne-twister.ts';
import { mnistPositions } from './mnist-positions.ts';
import { randomFor } from './random.ts';

const PER_CLASS = 10;

export interface BinaryImages {
  /** 0 or 1, one image after another. */
  readonly bits: Uint8Array;
  readonly labels: Uint8Array;
}

/** sha256 of the course's bits. The ranges of right work on MNIST hold on these only. */
const MNIST_BITS = 'e987bfcffd12fe0269806e1d7c819de46d3e7902b0d7d98dc7bd3c780ceab5d3';

/** The images of the public test subset, in grey. */
export function publicTestImages(dataSet: 'drawn-digits' | 'mnist', test: LabelledImages): LabelledImages {
  return dataSet === 'drawn-digits' ? balancedSubset(test) : pick(test, positionsToIndices(test, mnistPositions.test));
}

/** The public test subset of the digits, binarised once for all. */
export function publicTestSubset(dataSet: 'drawn-digits' | 'mnist', test: LabelledImages): BinaryImages {
  const chosen = publicTestImages(dataSet, test);
  if (dataSet === 'drawn-digits') {
    const random = randomFor('public-subset', dataSet);
    return { bits: chosen.pixels.map((pixel) => (random.uniform() * 255 < pixel ? 1 : 0)), labels: chosen.labels };
  }
  const bits = binariseAsTheCourse(chosen.pixels);
  if (createHash('sha256').update(bits).digest('hex') !== MNIST_BITS) throw new DataError('The test images are not those of MNIST: the public subset drawn from them is not the course’s.');
  return { bits, labels: chosen.labels };
}

/** The hundred images whose labels the semi-supervised VAE may see; grey, to be binarised anew in every step. */
export function labelledSubset(dataSet: 'drawn-digits' | 'mnist', train: LabelledImages): LabelledImages {
  return pick(train, dataSet === 'mnist' ? positionsToIndices(train, mnistPositions.labelled) : firstOfEachClass(train));
}

/** Ten images of each class, the first that there are: the public test subset where pixels are no bits. */
export function balancedSubset(images: LabelledImages): LabelledImages {
  return pick(images, firstOfEachClass(images));
}

/** Each pixel 1 where it is nearer to white than to black, as a notebook does that rounds them. */
export function roundedBits({ pixels, labels }: LabelledImages): BinaryImages {
  return { bits: pixels.map((pixel) => (pixel > 127 ? 1 : 0)), labels };
}

/** The images at these indices, in this order. */
export function pick(images: LabelledImages, indices: readonly number[]): LabelledImages {
  const size = imageSize(images);
  const pixels = new Uint8Array(indices.length * size);
  for (const [at, index] of indices.entries()) pixels.set(imageAt(images, index), at * size);
  return { ...images, pixels, labels: Uint8Array.from(indices, (index) => images.labels[index] ?? 0) };
}

function firstOfEachClass({ labels }: LabelledImages): readonly number[] {
  return indicesByClass(labels).flatMap((indices) => indices.slice(0, PER_CLASS));
}

function positionsToIndices({ labels }: LabelledImages, positions: readonly (readonly number[])[]): readonly number[] {
  const byClass = indicesByClass(labels);
  return positions.flatMap((wanted, label) =>
    wanted.map((position) => {
      const index = byClass[label]?.[position];
      if (index === undefined) throw new DataError(`The images of class ${label} are fewer than MNIST has.`);
      return index;
    }),
  );
}

function indicesByClass(labels: Uint8Array): readonly (readonly number[])[] {
  const byClass: number[][] = Array.from({ length: 10 }, () => []);
  for (const [index, label] of labels.entries()) byClass[label]?.push(index);
  return byClass;
}

/**
 * The course drew its bits with NumPy's RandomState(0).binomial(1, p): by inversion, so that a number u gives
 * 1 where it is above 1 - p, and, for p above a half, 0 where it is above p.
 */
function binariseAsTheCourse(pixels: Uint8Array): Uint8Array {
  const uniform = mersenneTwister(0);
  return pixels.map((pixel) => {
    const p = Math.fround(pixel / 255);
    const rarer = p <= 0.5 ? p : 1 - p;
    const isRarer = uniform() > Math.exp(Math.log(1 - rarer));
    return isRarer === p <= 0.5 ? 1 : 0;
  });
}
