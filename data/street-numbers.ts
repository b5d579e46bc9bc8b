/** House numbers of 32 x 32 coloured pixels drawn from a seed: a digit on a wall, with parts of its neighbours. */
import { type Hand, writeDigit } from './handwriting.ts';
import type { LabelledImages } from './labelled-images.ts';
import { type Random, randomFor } from './random.ts';

const SIDE = 32;

/** Printed, so straighter than a hand; photographed, so not always upright. */
const HAND: Hand = { rotation: 0.08, shear: 0.12, scale: [0.7, 0.95], shift: 0.03, jitter: 0.004, wave: 0.012, penWidth: [0.08, 0.16] };

/** How far a neighbour stands from the digit in the middle, as a part of the side. */
const NEIGHBOUR_DISTANCE = [0.62, 0.85] as const;

type Colour = readonly [red: number, green: number, blue: number];

/** The same seed and part give the same bytes. The class is that of the digit in the middle. */
export function drawStreetNumbers(seed: number, part: 'train' | 'test', count: number): LabelledImages {
  const random = randomFor('street-numbers', seed, part);
  const pixels = new Uint8Array(count * SIDE * SIDE * 3);
  const labels = new Uint8Array(count);
  for (let index = 0; index < count; index += 1) {
    const digit = random.integer(10);
    labels[index] = digit;
    pixels.set(photograph(random, digit), index * SIDE * SIDE * 3);
  }
  return { height: SIDE, width: SIDE, channels: 3, pixels, labels };
}

function photograph(random: Random, digit: number): Uint8Array {
  const wall = colour(random);
  const paint = contrasting(random, wall);
  const ink = withNeighbours(random, writeDigit(random, digit, SIDE, HAND));
  // Light falls from somewhere, and the camera adds grain.
  const [slopeX, slopeY] = [0.25 * random.normal(), 0.25 * random.normal()];
  const grain = random.between(2, 10);
  const pixels = new Uint8Array(SIDE * SIDE * 3);
  for (let pixel = 0; pixel < SIDE * SIDE; pixel += 1) {
    const coverage = ink[pixel] ?? 0;
    const light = 1 + slopeX * ((pixel % SIDE) / SIDE - 0.5) + slopeY * (Math.floor(pixel / SIDE) / SIDE - 0.5);
    for (const [channel, ground] of wall.entries()) {
      const value = light * (ground + coverage * ((paint[channel] ?? 0) - ground)) + grain * random.normal();
      pixels[pixel * 3 + channel] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return pixels;
}

function colour(random: Random): Colour {
  return [random.between(30, 225), random.between(30, 225), random.between(30, 225)];
}

const LEAST_CONTRAST = 70;

/** A paint that can be read on the wall. */
function contrasting(random: Random, wall: Colour): Colour {
  for (;;) {
    const paint = colour(random);
    if (Math.abs(brightness(paint) - brightness(wall)) >= LEAST_CONTRAST) return paint;
  }
}

/** Rec. 601 luma. */
function brightness([red, green, blue]: Colour): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

/** Each side has a neighbour half of the time, cut by the edge: what makes street numbers hard. */
function withNeighbours(random: Random, ink: Float32Array): Float32Array {
  const all = Float32Array.from(ink);
  for (const side of [-1, 1]) {
    if (random.uniform() < 0.5) continue;
    const shift = Math.round(side * SIDE * random.between(...NEIGHBOUR_DISTANCE));
    const neighbour = writeDigit(random, random.integer(10), SIDE, HAND);
    for (let pixel = 0; pixel < all.length; pixel += 1) {
      const from = (pixel % SIDE) - shift;
      if (from >= 0 && from < SIDE) all[pixel] = Math.max(all[pixel] ?? 0, neighbour[pixel - shift] ?? 0);
    }
  }
  return all;
}
