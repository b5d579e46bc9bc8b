/** Drawn data: the same bytes for ever, every class, nothing shared between parts, and neither blank nor trivial. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../data/digits.ts';
import { imageAt, imageSize, type LabelledImages } from '../../data/labelled-images.ts';
import { drawStreetNumbers } from '../../data/street-numbers.ts';

const sets = [
  { name: 'digits', draw: drawDigits, size: 784, sha256: 'f6dd159f93e565f9cbbf7d29a48af78d6d81a4bd991fd200022116515472508d' },
  { name: 'street numbers', draw: drawStreetNumbers, size: 3072, sha256: 'ce421d932dcdfa5d13f45fe183f4050c1c7c01ecbcadf926816a619c1df13100' },
] as const;

describe.each(sets)('drawn $name', ({ draw, size, sha256 }) => {
  const images = draw(1, 'train', 400);

  it('are the same bytes on every machine', () => {
    const hash = createHash('sha256').update(images.pixels).update(images.labels).digest('hex');
    expect(hash).toBe(sha256);
  });

  it('start the same however many are asked for', () => {
    const fewer = draw(1, 'train', 7);
    expect(fewer.pixels).toEqual(images.pixels.subarray(0, 7 * size));
    expect(fewer.labels).toEqual(images.labels.subarray(0, 7));
  });

  it('have images of the stated size and every class', () => {
    expect(imageSize(images)).toBe(size);
    expect(images.pixels.length).toBe(400 * size);
    const counts = Array.from({ length: 10 }, (_, digit) => images.labels.filter((label) => label === digit).length);
    expect(Math.min(...counts)).toBeGreaterThan(20);
    expect(Math.max(...images.labels)).toBe(9);
  });

  it('share no image between parts and seeds', () => {
    const hashes = (set: LabelledImages): readonly string[] => Array.from(set.labels, (_, index) => createHash('sha256').update(imageAt(set, index)).digest('hex'));
    const all = [images, draw(1, 'test', 400), draw(2, 'train', 400)].flatMap(hashes);
    expect(new Set(all).size).toBe(all.length);
  });

  it('are neither blank nor full', () => {
    for (let index = 0; index < 400; index += 1) {
      const pixels = imageAt(images, index);
      expect(Math.max(...pixels) - Math.min(...pixels)).toBeGreaterThan(50);
    }
  });

  it('can be told apart, but not from a few examples alone', () => {
    const few = nearestNeighbourAccuracy(draw(3, 'train', 100), draw(3, 'test', 200));
    const more = nearestNeighbourAccuracy(draw(3, 'train', 1000), draw(3, 'test', 200));
    expect(few).toBeLessThan(0.8);
    expect(more).toBeGreaterThan(few + 0.1);
  });
});

function nearestNeighbourAccuracy(known: LabelledImages, unknown: LabelledImages): number {
  let right = 0;
  for (const [index, label] of unknown.labels.entries()) {
    const image = imageAt(unknown, index);
    let [nearest, guess] = [Infinity, -1];
    for (const [candidate, candidateLabel] of known.labels.entries()) {
      const other = imageAt(known, candidate);
      let distance = 0;
      for (let pixel = 0; pixel < image.length && distance < nearest; pixel += 1) distance += ((image[pixel] ?? 0) - (other[pixel] ?? 0)) ** 2;
      if (distance < nearest) [nearest, guess] = [distance, candidateLabel];
    }
    if (guess === label) right += 1;
  }
  return right / unknown.labels.length;
}
