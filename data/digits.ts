/** Handwritten digits of 28 x 28 pixels drawn from a seed: the data set that needs no download. */
import { type Hand, writeDigit } from './handwriting.ts';
import type { LabelledImages } from './labelled-images.ts';
import { randomFor } from './random.ts';

const SIDE = 28;

/** As MNIST has it, the digit keeps a margin: about 20 of the 28 pixels. */
const HAND: Hand = {
  rotation: 0.16,
  shear: 0.2,
  scale: [0.68, 0.98],
  shift: 0.03,
  jitter: 0.012,
  wave: 0.035,
  penWidth: [0.05, 0.13],
};

/** A neat writer: a class is a few pictures and little beside, so that networks of any kind learn it in a few hundred steps. */
const NEAT_HAND: Hand = {
  rotation: 0.06,
  shear: 0.08,
  scale: [0.9, 1],
  shift: 0.01,
  jitter: 0.005,
  wave: 0.01,
  penWidth: [0.1, 0.12],
};

/** Digits in black and white by a neat hand, pixels 0 or 1. */
export function drawNeatDigits(name: string, part: 'train' | 'test', count: number): Pick<LabelledImages, 'pixels' | 'labels'> {
  const random = randomFor('neat digits', name, part);
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const labels = Uint8Array.from({ length: count }, () => random.integer(10));
  for (const [index, digit] of labels.entries()) pixels.set(writeDigit(random, digit, SIDE, NEAT_HAND).map((coverage) => (coverage > 0.5 ? 1 : 0)), index * SIDE * SIDE);
  return { pixels, labels };
}

/** The same seed and part give the same bytes; another `part` shares no image with it. Classes are equally likely. */
export function drawDigits(seed: number, part: 'train' | 'test', count: number): LabelledImages {
  const random = randomFor('digits', seed, part);
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const digit = random.integer(10);
    labels[index] = digit;
    const ink = writeDigit(random, digit, SIDE, HAND);
    pixels.set(ink.map((coverage) => Math.round(255 * coverage)), index * SIDE * SIDE);
  }
  return { height: SIDE, width: SIDE, channels: 1, pixels, labels };
}
