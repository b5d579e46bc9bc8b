/** The test images that a model is measured on: the public subset of everyone, and hidden ones. Each is made once and kept. */
import { createHash } from 'node:crypto';
import type { HiddenSubset } from '../contract/evaluation.ts';
import { drawDigits } from '../data/digits.ts';
import { imageSize, type LabelledImages } from '../data/labelled-images.ts';
import { type BinaryImages, pick, publicTestImages, publicTestSubset, roundedBits } from '../data/public-subset.ts';
import { randomFor } from '../data/random.ts';

export interface Subsets {
  readonly publicBits: () => Promise<BinaryImages>;
  /** All test images, of which everyone reports the accuracy. */
  readonly publicTest: () => Promise<LabelledImages>;
  /** The public images as one homework has them: rounded, not thrown. */
  readonly publicRounded: () => Promise<BinaryImages>;
  /** Some images of the training set, the same for everyone, rounded. */
  readonly trainRounded: () => Promise<BinaryImages>;
  readonly hiddenBits: (hidden: HiddenSubset) => Promise<BinaryImages>;
  readonly hiddenTest: (hidden: HiddenSubset) => Promise<LabelledImages>;
}

/** So many training images stand for all: drawing all of them takes a minute. */
const TRAIN_IMAGES = 2000;

export interface Sources {
  /** The whole test set, read or drawn when it is first asked for. */
  readonly test: () => Promise<LabelledImages>;
  /** Enough of it to hold the public subset, where that is cheaper. */
  readonly first?: () => Promise<LabelledImages>;
  /** So many images of the training set. */
  readonly train: (count: number) => Promise<LabelledImages>;
}

export function digitSubsets(dataSet: 'drawn-digits' | 'mnist', { test, first = test, train }: Sources): Subsets {
  const whole = once(test);
  const hiddenTest = byKey(async (hidden: HiddenSubset) => {
    if (dataSet === 'drawn-digits') return drawDigits(numberOf(hidden.seed), 'test', hidden.classified);
    const images = await whole();
    const random = randomFor('hidden-subset', hidden.seed);
    return pick(images, Array.from({ length: hidden.classified }, () => random.integer(images.labels.length)));
  });
  return {
    publicTest: whole,
    publicBits: once(async () => publicTestSubset(dataSet, await first())),
    publicRounded: once(async () => roundedBits(publicTestImages(dataSet, await first()))),
    trainRounded: once(async () => roundedBits(await train(TRAIN_IMAGES))),
    hiddenTest,
    hiddenBits: byKey(async (hidden: HiddenSubset) => binarised(firstOf(await hiddenTest(hidden), hidden.images), randomFor('hidden-bits', hidden.seed))),
  };
}

/** Drawn images take a number for a seed; this one holds 48 bits of the text. */
function numberOf(seed: string): number {
  return createHash('sha256').update(seed).digest().readUIntBE(0, 6);
}

/** Images from all over a set: at its beginning they may be easier. */
export function spreadOver(images: LabelledImages, count: number): LabelledImages {
  const step = images.labels.length / count;
  return pick(images, Array.from({ length: count }, (_, at) => Math.floor(at * step)));
}

function firstOf(images: LabelledImages, count: number): LabelledImages {
  return { ...images, pixels: images.pixels.subarray(0, count * imageSize(images)), labels: images.labels.subarray(0, count) };
}

function binarised({ pixels, labels }: LabelledImages, random: { readonly uniform: () => number }): BinaryImages {
  return { bits: pixels.map((pixel) => (random.uniform() * 255 < pixel ? 1 : 0)), labels };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
}

function byKey<Key, Value>(make: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
  const made = new Map<string, Promise<Value>>();
  return (key) => {
    const name = JSON.stringify(key);
    const found = made.get(name) ?? make(key);
    made.set(name, found);
    return found;
  };
}
