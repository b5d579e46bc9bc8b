/** An epoch is counted in two places: where the images are, and where a hand-in's numbers are read without them. */
import { expect, it } from 'vitest';
import { TRAINING_IMAGES } from '../../contract/training-metrics.ts';
import { TRAINING_SIZES } from '../../data/data-sets.ts';

it('is the same number of images for both', () => {
  expect(TRAINING_IMAGES).toEqual(TRAINING_SIZES);
});
