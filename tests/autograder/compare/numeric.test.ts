/** |a - b| <= absolute + relative |b|: what agrees, and what never does. */
import { describe, expect, it } from 'vitest';
import { worstDifference } from '../../../autograder/compare/numeric.ts';
import { tensor, vector } from './evidence-builders.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const tolerance = { absolute: 0.25, relative: 0.5 };

describe('two numbers', () => {
  // returned, right, agree
  it.each([
    [1, 1, true],
    [0, -0, true],
    [-0, 0, true],
    [1.75, 1, true], // exactly 0.25 + 0.5 * 1 apart
    [0.25, 1, true],
    [1.7500001, 1, false],
    [0.2499999, 1, false],
    [0.25, 0, true], // the relative part is nothing at 0
    [0.2500001, 0, false],
    [-0.25, 0, true],
    [-1.75, -1, true], // |b|, whatever its sign
    [-1, 1, false],
    [2.5, 4, true], // the tolerance is that of the right number:
    [4, 2.5, true],
    [4, 1, false], // the same two numbers
    [1, 4, false],
    [1.75, 4, true], // agree in one order
    [4, 1.75, false], // and not in the other
    [nan, 1, false],
    [1, nan, false],
    [nan, nan, false],
    [infinity, 1, false],
    [1, infinity, false],
    [infinity, infinity, false],
    [-infinity, infinity, false],
    [3.4e38, 1, false],
    [1e-45, 0, true],
  ])('%s for %s: %s', (actual, expected, agree) => {
    expect(worstDifference(vector(actual), vector(expected), tolerance) <= 1).toBe(agree);
  });
});

describe('many numbers', () => {
  it('are as far apart as the worst of them, wherever it stands', () => {
    const right = vector(0, 0, 0);
    expect(worstDifference(vector(0, 0.125, 0), right, tolerance)).toBe(0.5);
    expect(worstDifference(vector(-1, 0.125, 0.5), right, tolerance)).toBe(4);
  });

  it.each([[nan, 0, 9], [0, nan, 9], [9, 0, nan], [infinity, nan, 0]])('one that is not finite decides: %s %s %s', (...values) => {
    expect(worstDifference(vector(...values), vector(0, 0, 0), tolerance)).toBe(infinity);
  });

  it('that are missing do not agree, and none at all differ in nothing', () => {
    expect(worstDifference(vector(1), vector(1, 1), tolerance)).toBe(infinity);
    expect(worstDifference(vector(), vector(), tolerance)).toBe(0);
  });

  it('are compared as numbers, whatever their type', () => {
    expect(worstDifference(tensor([2], [3, 4], 'int32'), vector(3, 4), tolerance)).toBe(0);
    expect(worstDifference(tensor([2], [1, 0], 'bool'), vector(1, 0), tolerance)).toBe(0);
  });
});

it('a tolerance of nothing asks for equality', () => {
  const nothing = { absolute: 0, relative: 0 };
  expect(worstDifference(vector(1 + 2 ** -23), vector(1), nothing) <= 1).toBe(false);
  // 0 / 0 is not a number, so not even equality is proved: fixtures have tolerances above zero.
  expect(worstDifference(vector(1), vector(1), nothing) <= 1).toBe(false);
});
