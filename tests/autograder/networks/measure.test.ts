/** What is measured of trained networks, against sums by hand, and what is known of the digits without any network. */
import { describe, expect, it } from 'vitest';
import { digitSet, PIXELS } from '../../../autograder/networks/digits.ts';
import { classesAskedFor, negativeElbo, recognised, sampled } from '../../../autograder/networks/measure.ts';

const set = digitSet('a seed');

describe('the digits', () => {
  it('are the same for the same seed, and others for another', { timeout: 60_000 }, () => {
    const again = digitSet('another seed');
    expect(again.test.pixels).not.toEqual(set.test.pixels);
    expect(digitSet('a seed').test.pixels).toEqual(set.test.pixels);
  });

  it('cost without any z what the mean digit says of them', () => {
    const mean = Array.from({ length: PIXELS }, (_, pixel) => (set.train.labels.reduce((sum, _label, index) => sum + (set.train.pixels[index * PIXELS + pixel] ?? 0), 0) + 0.5) / (set.train.labels.length + 1));
    const cost = Array.from(set.test.labels, (_, index) => mean.reduce((sum, value, pixel) => sum - Math.log(set.test.pixels[index * PIXELS + pixel] === 1 ? value : 1 - value), 0));
    expect(set.meanDigit).toBeCloseTo(cost.reduce((sum, one) => sum + one, 0) / cost.length, 6);
  });

  it('are recognised by their mean pictures', () => {
    const logits = Float32Array.from(set.test.pixels, (pixel) => (pixel === 1 ? 9 : -9));
    const right = recognised(logits, set).filter((digit, index) => digit === set.test.labels[index]).length;
    expect(right / set.test.labels.length).toBeGreaterThan(0.99);
  });

  it('are recognised by chance where every picture is the same', () => {
    const classes = classesAskedFor(20);
    const right = recognised(new Float32Array(classes.length * PIXELS), set).filter((digit, index) => digit === classes[index]).length;
    expect(right / classes.length).toBe(0.1);
  });
});

describe('the negative ELBO', () => {
  it('is nothing but the pixels where q is the prior', () => {
    const encoded = { mean: new Float32Array(2), logVariance: new Float32Array(2) };
    expect(negativeElbo(encoded, new Float32Array(2 * PIXELS), new Uint8Array(2 * PIXELS))).toBeCloseTo(PIXELS * Math.LN2, 6);
  });

  it('pays for what the encoder says of an image', () => {
    const encoded = { mean: Float32Array.of(2, 0), logVariance: Float32Array.of(0, Math.log(4)) };
    const kl = 0.5 * 4 + 0.5 * (4 - 1 - Math.log(4));
    expect(negativeElbo(encoded, new Float32Array(PIXELS), new Uint8Array(PIXELS))).toBeCloseTo(kl + PIXELS * Math.LN2, 4);
  });

  it('is taken at a sample', () => {
    const [first, second] = sampled({ mean: Float32Array.of(1, 2), logVariance: Float32Array.of(0, Math.log(4)) }, Float32Array.of(3, -1));
    expect(first).toBe(4);
    expect(second).toBeCloseTo(0, 6);
  });

  it('stays finite far out, and is no number where a weight is none', () => {
    const encoded = { mean: Float32Array.of(0), logVariance: Float32Array.of(0) };
    const [pixels, logits] = [new Uint8Array(PIXELS), new Float32Array(PIXELS)];
    expect(negativeElbo(encoded, logits.fill(-1e6), pixels)).toBe(0);
    expect(negativeElbo(encoded, logits.fill(Number.NaN), pixels)).toBeNaN();
  });
});
