/** The public subsets: fixed for ever, ten of each class, and the course's own on MNIST. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../data/digits.ts';
import { mersenneTwister } from '../../data/mersenne-twister.ts';
import { labelledSubset, publicTestSubset } from '../../data/public-subset.ts';
import { readMnist } from '../../data/real-data.ts';

const tenOfEach = Array.from({ length: 100 }, (_, index) => Math.floor(index / 10));
const mnist = '../shared/data/mnist';
const hasMnist = fs.existsSync(mnist);

describe('the Mersenne twister', () => {
  it('draws what NumPy draws', () => {
    // numpy.random.RandomState(0).random_sample(3), and RandomState(12345)
    const [first, second] = [mersenneTwister(0), mersenneTwister(12_345)];
    expect([first(), first(), first()]).toEqual([0.5488135039273248, 0.7151893663724195, 0.6027633760716439]);
    expect(second()).toBe(0.9296160928171479);
  });
});

describe('the public subset of the drawn digits', () => {
  const test = drawDigits(1, 'test', 400);
  const subset = publicTestSubset('drawn-digits', test);

  it('holds ten of each class, the same bits for ever', () => {
    expect([...subset.labels]).toEqual(tenOfEach);
    expect(createHash('sha256').update(subset.bits).digest('hex')).toBe('7d44b8bbfdf8c14753c31b9a15d35efdb9e4a9efd74fdac71a1b39aaa35c4a27');
  });

  it('does not depend on how many images there are', () => {
    expect(publicTestSubset('drawn-digits', drawDigits(1, 'test', 300)).bits).toEqual(subset.bits);
  });

  it('is binarised by the pixels: as bright as they are, and black where they are black', () => {
    const ink = subset.bits.reduce((sum, bit) => sum + bit, 0);
    const brightness = labelledSubset('drawn-digits', test).pixels;
    expect(ink / (brightness.reduce((sum, pixel) => sum + pixel, 0) / 255)).toBeCloseTo(1, 1);
    expect(subset.bits.some((bit, index) => bit === 1 && brightness[index] === 0)).toBe(false);
  });
});

describe.skipIf(!hasMnist)('the subsets of MNIST', () => {
  it('are the course’s, bit for bit', async () => {
    // publicTestSubset compares the hash of the course's bits itself, and throws.
    expect([...publicTestSubset('mnist', await readMnist(mnist, 'test')).labels]).toEqual(tenOfEach);
  });

  it('have ten labelled images of each class', async () => {
    expect([...labelledSubset('mnist', await readMnist(mnist, 'train')).labels]).toEqual(tenOfEach);
  });
});
