/** What a student's networks are trained on and measured with: digits drawn from a seed, kept small, and what is known of them without any network. */
import { drawNeatDigits } from '../../data/digits.ts';

export interface Digits {
  /** One after another, 0 or 1. */
  readonly pixels: Uint8Array;
  readonly labels: Uint8Array;
}

export interface DigitSet {
  readonly train: Digits;
  /** No training sees them. */
  readonly test: Digits;
  /** Of each class and pixel of the training images: the mean. */
  readonly classMeans: readonly (readonly number[])[];
  /** Nats an image of the test set where every image is said to be the mean of all training images: the best that can be done without z. */
  readonly meanDigit: number;
}

export const SIDE = 28;
export const PIXELS = SIDE * SIDE;
export const CLASSES = 10;
const [TRAIN, TEST] = [512, 200];

let kept: { readonly seed: string; readonly set: DigitSet } | undefined;

/** One set a seed: it takes a quarter of a second to draw, and serves a whole class. */
export function digitSet(seed: string): DigitSet {
  if (kept?.seed !== seed) kept = { seed, set: drawn(seed) };
  return kept.set;
}

function drawn(seed: string): DigitSet {
  const [train, test] = [drawNeatDigits(seed, 'train', TRAIN), drawNeatDigits(seed, 'test', TEST)];
  const mean = meanOf(train, () => true);
  const classMeans = Array.from({ length: CLASSES }, (_, digit) => meanOf(train, (label) => label === digit));
  let sum = 0;
  for (const [index, pixel] of test.pixels.entries()) sum -= Math.log(pixel === 1 ? at(mean, index % PIXELS) : 1 - at(mean, index % PIXELS));
  return { train, test, classMeans, meanDigit: sum / TEST };
}

/** With half an image of each kind added: no pixel is certain. */
function meanOf({ pixels, labels }: Digits, isMeant: (label: number) => boolean): readonly number[] {
  const sums = new Float64Array(PIXELS).fill(0.5);
  let count = 1;
  for (const [index, label] of labels.entries()) {
    if (!isMeant(label)) continue;
    count += 1;
    for (let pixel = 0; pixel < PIXELS; pixel += 1) sums[pixel] = at(sums, pixel) + (pixels[index * PIXELS + pixel] ?? 0);
  }
  return Array.from(sums, (sum) => sum / count);
}

export function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? Number.NaN;
}
