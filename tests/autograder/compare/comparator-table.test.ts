/**
 * The comparator as one table, from a returned value to a verdict: what a naive comparison lets through (NaN,
 * infinities, shapes that broadcast) and what it wrongly refuses (-0, another type). Each pair is judged in
 * both orders, returned against right and right against returned.
 */
import { describe, expect, it } from 'vitest';
import { judgeTask } from '../../../autograder/compare/compare.ts';
import type { Outcome } from '../../../contract/outcome.ts';
import type { TensorData } from '../../../contract/values.ts';
import { accepted, asValue, check, expectation, numberValue, returned, scalar, task, tensor, vector } from './evidence-builders.ts';

const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

/** Tolerance 1e-3 + 1e-3 |right|. */
function verdict(actual: TensorData, right: TensorData): Outcome {
  const judgement = judgeTask(task(check('value', 'value', 1)), [expectation('A', ['value'], [accepted({ '': right })])], new Map([['A', returned(asValue(actual))]]));
  expect(judgement.checks[0]?.earned).toBe(judgement.outcome === 'pass' ? 1 : 0);
  return judgement.outcome;
}

const matrix = (...values: readonly number[]): TensorData => tensor([2, 2], values);
const int = (...values: readonly number[]): TensorData => tensor([values.length], values, 'int32');
const bool = (...values: readonly number[]): TensorData => tensor([values.length], values, 'bool');

describe('two values agree', () => {
  it.each<[what: string, a: TensorData, b: TensorData, ab: boolean, ba: boolean]>([
    // numbers
    ['the same', vector(1, 2), vector(1, 2), true, true],
    ['within the tolerance', vector(1, 2.002), vector(1, 2), true, true],
    ['just outside', vector(1, 2.0041), vector(1, 2), false, false],
    ['a tolerance grows with what is right, not with what was returned', vector(2.0021), vector(2.0041 + 0.00098), true, true],
    ['far from a large right number, and near it', vector(1000), vector(1001.0015), true, false],
    ['zero for a small number', vector(0), vector(0.0009), true, true],
    ['zero for a larger one, where only the absolute part is left in one order', vector(0), vector(0.0010005), true, false],
    ['the opposite sign', vector(-1), vector(1), false, false],
    ['-0 for 0', vector(-0), vector(0), true, true],
    ['-0 in a scalar', scalar(-0), scalar(0), true, true],
    ['the largest number for the smallest', vector(3.4e38), vector(-3.4e38), false, false],
    ['a number too small to tell from 0', vector(1e-45), vector(0), true, true],
    // not finite
    ['NaN for a number', vector(nan, 1), vector(0, 1), false, false],
    ['NaN for NaN', vector(nan), vector(nan), false, false],
    ['NaN in the last place', vector(1, 2, nan), vector(1, 2, 3), false, false],
    ['all NaN', matrix(nan, nan, nan, nan), matrix(0, 0, 0, 0), false, false],
    ['infinity for a number', vector(infinity), vector(1), false, false],
    ['infinity for infinity', vector(infinity), vector(infinity), false, false],
    ['infinity for the largest number', vector(infinity), vector(3.4e38), false, false],
    ['-infinity for infinity', vector(-infinity), vector(infinity), false, false],
    ['NaN for infinity', vector(nan), vector(infinity), false, false],
    ['NaN in a scalar', scalar(nan), scalar(1), false, false],
    // shapes
    ['a scalar for a vector of equal numbers', scalar(1), vector(1, 1), false, false],
    ['a scalar of shape [1]: the handout does not say', vector(1), scalar(1), true, false],
    ['a matrix of one number for a scalar', tensor([1, 1], [1]), scalar(1), false, false],
    ['a column for a row', tensor([2, 1], [1, 1]), vector(1, 1), false, false],
    ['a row of a matrix for the vector', tensor([1, 2], [1, 2]), vector(1, 2), false, false],
    ['one number that broadcasts over a vector', vector(1), vector(1, 1), false, false],
    ['one row that broadcasts over a matrix', tensor([1, 2], [1, 2]), matrix(1, 2, 1, 2), false, false],
    ['a transposed matrix of another shape', tensor([2, 3], [1, 2, 3, 4, 5, 6]), tensor([3, 2], [1, 4, 2, 5, 3, 6]), false, false],
    ['a transposed matrix of the same shape', matrix(1, 2, 3, 4), matrix(1, 3, 2, 4), false, false],
    ['the same numbers flattened', tensor([4], [1, 2, 3, 4]), matrix(1, 2, 3, 4), false, false],
    ['one number more', vector(1, 2, 3), vector(1, 2), false, false],
    ['nothing for something', vector(), vector(1), false, false],
    ['nothing for nothing', vector(), vector(), true, true],
    // types
    ['whole numbers as integers', int(1, 2), vector(1, 2), true, true],
    ['a rounded number', int(1, 2), vector(1, 2.4), false, false],
    ['integers that a 32-bit float holds', int(2 ** 24), vector(2 ** 24), true, true],
    ['truth values as 0 and 1', bool(1, 0), vector(1, 0), true, true],
    ['truth values for other numbers', bool(1, 1), vector(1, 2), false, false],
    ['integers of another shape', int(1, 1), scalar(1), false, false],
  ])('%s', (_, a, b, ab, ba) => {
    expect([verdict(a, b), verdict(b, a)]).toEqual([ab, ba].map((agree) => (agree ? 'pass' : 'fail')));
  });

  it.each<[value: number, right: number, agree: boolean]>([
    [1, 1, true],
    [-0, 0, true],
    [nan, 0, false],
    [infinity, 1, false],
    [1e300, 3.4e38, false],
  ])('as a JavaScript number: %s for %s: %s', (value, right, agree) => {
    const replies = new Map([['A', returned(numberValue(value))]]);
    const judgement = judgeTask(task(check('value', 'value', 1)), [expectation('A', ['value'], [accepted({ '': scalar(right) })])], replies);
    expect(judgement.outcome).toBe(agree ? 'pass' : 'fail');
  });
});
