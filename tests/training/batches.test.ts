/** What a step sees is a function of seed and step, and nothing else. */
import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../data/digits.ts';
import { binarised, createBatches, stepSeed } from '../../training/batches.ts';

describe('batches', () => {
  it('hold every image once an epoch, in another order each time', () => {
    const batches = createBatches(50, 10, 7);
    const epoch = (first: number): readonly number[] => [0, 1, 2, 3, 4].flatMap((step) => batches.indicesOf(first + step));
    const [one, two] = [epoch(0), epoch(5)];
    expect(one.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(two.toSorted((a, b) => a - b)).toEqual(one.toSorted((a, b) => a - b));
    expect(two).not.toEqual(one);
  });

  it('are the same in whatever order they are asked for', () => {
    const [forwards, backwards] = [createBatches(55, 10, 7), createBatches(55, 10, 7)];
    const steps = [0, 3, 4, 5, 12];
    const later = new Map(steps.toReversed().map((step) => [step, backwards.indicesOf(step)]));
    for (const step of steps) expect(forwards.indicesOf(step)).toEqual(later.get(step));
    expect(createBatches(55, 10, 8).indicesOf(0)).not.toEqual(forwards.indicesOf(0));
  });

  it('of more images than there are do not exist', () => {
    expect(() => createBatches(9, 10, 1)).toThrow('a batch of 10 needs as many images');
  });
});

describe('binarising', () => {
  const images = drawDigits(5, 'test', 60);
  const all = [...images.labels.keys()];

  it('is 1 as often as a pixel is bright', () => {
    const draws = Array.from({ length: 40 }, (_, step) => binarised(images, all, stepSeed(1, step, 0)).dataSync());
    const [seen, expected] = [new Map<number, number>(), new Map<number, number>()];
    for (const [at, brightness] of images.pixels.entries()) {
      const group = Math.floor(brightness / 32);
      seen.set(group, (seen.get(group) ?? 0) + draws.reduce((sum, bits) => sum + (bits[at] ?? 0), 0));
      expected.set(group, (expected.get(group) ?? 0) + (draws.length * brightness) / 255);
    }
    for (const [group, wanted] of expected) expect(Math.abs((seen.get(group) ?? 0) - wanted)).toBeLessThanOrEqual(6 * Math.sqrt(wanted) + 1e-9);
  });

  it('is drawn anew in every step and for every seed, and the same for the same', () => {
    const bits = (seed: number): string => binarised(images, all, seed).dataSync().join('');
    const seeds = [stepSeed(1, 0, 0), stepSeed(1, 1, 0), stepSeed(2, 0, 0), stepSeed(1, 0, 1)];
    expect(new Set(seeds.map(bits)).size).toBe(4);
    expect(bits(seeds[0] ?? 0)).toBe(bits(stepSeed(1, 0, 0)));
  });
});
