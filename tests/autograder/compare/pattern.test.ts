/** The pattern of a difference that no known mistake explains, each kind made by hand. */
import { describe, expect, it } from 'vitest';
import { judgeTask } from '../../../autograder/compare/compare.ts';
import type { Expectation } from '../../../contract/expectation.ts';
import type { CaseSizes } from '../../../contract/fixture.ts';
import type { TensorData } from '../../../contract/values.ts';
import { accepted, asValue, check, expectation, returned, scalar, task, tensor, vector } from './evidence-builders.ts';

const SIZES: Readonly<Record<string, CaseSizes>> = {
  A: { batch: 5, latent: 3, pixels: 7, samples: 6, labels: 10, components: 4, dimensions: 8 },
  B: { batch: 7, latent: 2, pixels: 11, samples: 3, labels: 10, components: 5, dimensions: 9 },
};

const single = task(check('value', 'value', 1));

function cases(right: Readonly<Record<string, TensorData>>): readonly Expectation[] {
  return Object.entries(right).map(([id, answer]) => ({ ...expectation(id, ['value'], [accepted({ '': answer })]), sizes: SIZES[id] ?? {}, tolerance: { absolute: 2e-5, relative: 2e-5 } }));
}

function feedback(right: Readonly<Record<string, TensorData>>, given: Readonly<Record<string, TensorData>>): string | undefined {
  const replies = new Map(Object.entries(given).map(([id, value]) => [id, returned(asValue(value))]));
  return judgeTask(single, cases(right), replies).diagnosis?.feedback;
}

const scalars = { A: scalar(12.5), B: scalar(-3.75) };
const ofScalars = (change: (value: number, sizes: CaseSizes) => number): string | undefined =>
  feedback(scalars, { A: scalar(change(12.5, SIZES['A'] ?? {})), B: scalar(change(-3.75, SIZES['B'] ?? {})) });

const said = (words: string): string => `The result is ${words}, in every case that was tried.`;
const of = (sizes: CaseSizes, name: keyof CaseSizes): number => sizes[name] ?? Number.NaN;

describe('one number a case', () => {
  it.each<[words: string, change: (value: number, sizes: CaseSizes) => number]>([
    ['the right value with the opposite sign', (value) => -value],
    ['half the right value', (value) => value / 2],
    ['twice the right value', (value) => 2 * value],
    ['the right value times the batch size', (value, sizes) => value * of(sizes, 'batch')],
    ['the right value divided by the batch size', (value, sizes) => value / of(sizes, 'batch')],
    ['the right value divided by the number of pixels', (value, sizes) => value / of(sizes, 'pixels')],
    ['the right value divided by the number of latent dimensions', (value, sizes) => value / of(sizes, 'latent')],
    ['the right value divided by the number of dimensions', (value, sizes) => value / of(sizes, 'dimensions')],
    ['the right value times the number of samples', (value, sizes) => value * of(sizes, 'samples')],
    ['the right value times the number of labels', (value, sizes) => value * of(sizes, 'labels')],
    ['the right value divided by the number of components', (value, sizes) => value / of(sizes, 'components')],
    ['too small by the logarithm of the number of samples', (value, sizes) => value - Math.log(of(sizes, 'samples'))],
    ['too large by the logarithm of the number of components', (value, sizes) => value + Math.log(of(sizes, 'components'))],
    ['too large by the logarithm of the number of labels', (value, sizes) => value + Math.log(of(sizes, 'labels'))],
    ['too large by half the logarithm of 2π for each latent dimension', (value, sizes) => value + (of(sizes, 'latent') / 2) * Math.log(2 * Math.PI)],
    ['too small by half the logarithm of 2π for each pixel', (value, sizes) => value - (of(sizes, 'pixels') / 2) * Math.log(2 * Math.PI)],
    ['the square of the right value', (value) => value ** 2],
  ])('%s', (words, change) => {
    expect(ofScalars(change)).toBe(said(words));
  });

  it('the square root of the right value', () => {
    expect(feedback({ A: scalar(6.25), B: scalar(2) }, { A: scalar(2.5), B: scalar(Math.SQRT2) })).toBe(said('the square root of the right value'));
  });

  it.each<[what: string, change: (value: number, sizes: CaseSizes) => number]>([
    ['another factor in each case', (value, { batch = 0 }) => value * (batch + 0.5)],
    ['a factor that has no name', (value) => 1.7 * value],
    ['NaN', () => Number.NaN],
  ])('nothing is said of %s', (_, change) => {
    expect(ofScalars(change)).toBeUndefined();
  });

  it('nothing is said of NaN where a case has no such size', () => {
    expect(feedback({ X: vector(1, 2, 3), Y: vector(4, 5) }, { X: vector(Number.NaN, Number.NaN, Number.NaN), Y: vector(Number.NaN, Number.NaN) })).toBeUndefined();
  });

  it('nothing is said of what is seen in one case only', () => {
    expect(feedback(scalars, { A: scalar(25), B: scalar(-3.75) })).toBeUndefined();
    expect(feedback({ A: scalar(12.5) }, { A: scalar(25) })).toBeUndefined();
  });
});

describe('several numbers a case', () => {
  const right = { A: tensor([2, 3], [1.5, -2, 3, 0.5, 4, -6]), B: tensor([3, 2], [7, 8, -9, 1, 2.5, 3]) };

  it('the right result with its two axes exchanged', () => {
    const given = { A: tensor([3, 2], [1.5, 0.5, -2, 4, 3, -6]), B: tensor([2, 3], [7, -9, 2.5, 8, 1, 3]) };
    expect(feedback(right, given)).toBe(said('the right result with its two axes exchanged'));
  });

  it('the right result with its rows in another order', () => {
    const given = { A: tensor([2, 3], [0.5, 4, -6, 1.5, -2, 3]), B: tensor([3, 2], [2.5, 3, 7, 8, -9, 1]) };
    expect(feedback(right, given)).toBe(said('the right result with its rows in another order'));
    expect(feedback({ A: vector(1, 2, 3), B: vector(4, 5) }, { A: vector(3, 1, 2), B: vector(5, 4) })).toBe(said('the right result with its rows in another order'));
  });

  it('a factor must hold for every one of them', () => {
    const halved = (data: TensorData, from = 0): TensorData => tensor(data.shape, Array.from(data.values, (value, index) => (index < from ? value : value / 2)));
    expect(feedback(right, { A: halved(right.A), B: halved(right.B) })).toBe(said('half the right value'));
    expect(feedback(right, { A: halved(right.A), B: halved(right.B, 1) })).toBeUndefined();
  });

  it('rows are not in another order where a number in one differs', () => {
    expect(feedback(right, { A: tensor([2, 3], [0.5, 4, -6.5, 1.5, -2, 3]), B: tensor([3, 2], [2.5, 3, 7, 8, -9, 1]) })).toBeUndefined();
  });
});

it('names the component, and each that shows a pattern', () => {
  const parts = task(check('nelbo', 'value', 1, ['nelbo']), check('kl', 'value', 1, ['kl']));
  const both = ['A', 'B'].map((id, index) => ({ ...expectation(id, ['nelbo', 'kl'], [accepted({ nelbo: 5 + index, kl: 1.25 + index })]), tolerance: { absolute: 2e-5, relative: 2e-5 } }));
  const entries = (nelbo: number, kl: number) => ({ kind: 'record', entries: [['nelbo', asValue(scalar(nelbo))], ['kl', asValue(scalar(kl))]] }) as const;
  const replies = new Map([['A', returned(entries(-5, 2.5))], ['B', returned(entries(-6, 4.5))]]);
  expect(judgeTask(parts, both, replies).diagnosis?.feedback).toBe(
    'nelbo is the right value with the opposite sign, in every case that was tried. kl is twice the right value, in every case that was tried.',
  );
});
