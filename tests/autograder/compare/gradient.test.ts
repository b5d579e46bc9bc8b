/** Gradients module by module: max|g - g*| <= 1e-4 (1 + max|g*|), and what is said where they are not right. */
import { describe, expect, it } from 'vitest';
import { compareGradients } from '../../../autograder/compare/gradient.ts';
import type { NoisePath } from '../../../autograder/compare/noise.ts';
import type { GradientAnswer } from '../../../contract/reply.ts';
import { accepted, expectation, gradientOf, record, returned, vector } from './evidence-builders.ts';

const right = { encoder: vector(2, -1), decoder: vector(0.5) };
const answer = accepted({ nelbo: 1 }, { layout: 'row, latent', gradients: { nelbo: right } });
const matched: NoisePath = { kind: 'matched', layouts: ['row, latent'] };
const everything = new Set(['', 'nelbo', 'kl']);

function compare(gradients: readonly GradientAnswer[], { path = matched, sound = everything, answers = [answer] } = {}) {
  const evidence = [{ expectation: expectation('A', ['gradient'], answers, 'hidden'), reply: returned(record({ nelbo: 1 }), { gradients }) }];
  return compareGradients(evidence, sound, path, 'row, latent');
}

describe('a module’s gradient', () => {
  // 1e-4 (1 + 2) for the encoder.
  it.each([
    ['exactly right', [2, -1]],
    ['at the edge of the tolerance', [2 + 2.99e-4, -1]],
    ['with a zero of either sign', [2, -1]],
  ])('agrees: %s', (_, encoder) => {
    expect(compare([gradientOf('nelbo', { ...right, encoder: vector(...encoder) })])).toEqual({ kind: 'agrees', evidence: [] });
  });

  it.each<[what: string, encoder: ReturnType<typeof vector> | null, message: string]>([
    ['just outside the tolerance', vector(2 + 3.1e-4, -1), 'The gradient of nelbo with respect to the encoder is not right.'],
    ['with a wrong sign', vector(-2, 1), 'The gradient of nelbo with respect to the encoder is not right.'],
    ['with one entry left out', vector(2), 'The gradient of nelbo with respect to the encoder is not right.'],
    ['with an entry too many', vector(2, -1, 0), 'The gradient of nelbo with respect to the encoder is not right.'],
    ['not a number', vector(2, Number.NaN), 'The gradient of nelbo with respect to the encoder is not right.'],
    ['infinite', vector(Number.POSITIVE_INFINITY, -1), 'The gradient of nelbo with respect to the encoder is not right.'],
    ['zero', vector(0, 0), 'No gradient of nelbo reaches the encoder.'],
    ['null', null, 'No gradient of nelbo reaches the encoder.'],
  ])('differs: %s', (_, encoder, message) => {
    expect(compare([gradientOf('nelbo', { ...right, encoder })])).toMatchObject({ kind: 'differs', message });
  });

  it('differs where the module is not there at all', () => {
    expect(compare([gradientOf('nelbo', { encoder: right.encoder })])).toMatchObject({ kind: 'differs', message: 'No gradient of nelbo reaches the decoder.' });
  });

  it('may be null or absent where next to nothing is right', () => {
    const still = accepted({ kl: 1 }, { layout: 'row, latent', gradients: { kl: { decoder: vector(5e-5, 0) } } });
    for (const modules of [{ decoder: null }, {}]) expect(compare([gradientOf('kl', modules)], { answers: [still] })).toEqual({ kind: 'agrees', evidence: [] });
  });

  it('of modules nobody asked about is not looked at', () => {
    expect(compare([gradientOf('nelbo', { ...right, x: vector(9, 9) })]).kind).toBe('agrees');
  });
});

describe('a gradient that could not be taken', () => {
  it.each([
    ['by the student’s doing', "nelbo is not a tensor", { kind: 'differs', message: 'The gradient of nelbo could not be taken: nelbo is not a tensor' }],
    // Perhaps right, but the sentence is the student's word: nothing is earned by it.
    [
      'by a gap of the library',
      'Cannot compute gradient: gradient function not found for TopK.',
      { kind: 'undecided', message: 'The library cannot differentiate an operation that is used here, so a person will look at it.' },
    ],
  ])('%s', (_, error, finding) => {
    const found = compare([gradientOf('nelbo', {}, error)]);
    expect(found).toMatchObject(finding);
    // Staff see either.
    expect(found.evidence.join()).toContain(error);
  });

  it('because no answer came', () => {
    expect(compare([])).toMatchObject({ kind: 'differs', message: 'No gradient was returned.' });
  });
});

describe('which gradients are judged', () => {
  const both = accepted({ nelbo: 1, kl: 1 }, { layout: 'row, latent', gradients: { nelbo: right, kl: { encoder: vector(3) } } });
  const klWrong = [gradientOf('nelbo', right), gradientOf('kl', { encoder: vector(4) })];

  it('only those of components whose values are right', () => {
    expect(compare(klWrong, { answers: [both] })).toMatchObject({ kind: 'differs', message: 'The gradient of kl with respect to the encoder is not right.' });
    expect(compare(klWrong, { answers: [both], sound: new Set(['nelbo']) }).kind).toBe('agrees');
  });

  it('under the layout of the values, and the first where there is none', () => {
    const other = accepted({ nelbo: 1 }, { layout: 'latent, row', gradients: { nelbo: { encoder: vector(7) } } });
    expect(compare([gradientOf('nelbo', right)], { answers: [other, answer] }).kind).toBe('agrees');
    expect(compare([gradientOf('nelbo', { encoder: vector(7) })], { answers: [other] }).kind).toBe('agrees');
    expect(compare([gradientOf('nelbo', right)], { answers: [] })).toEqual({ kind: 'agrees', evidence: [] });
  });

  it('by a person where the noise could not be matched', () => {
    const path: NoisePath = { kind: 'unmatched', how: 'uniform draws' };
    expect(compare([gradientOf('nelbo', { ...right, encoder: null })], { path }).kind).toBe('undecided');
    // What agrees all the same does not depend on the noise.
    expect(compare([gradientOf('nelbo', right)], { path }).kind).toBe('agrees');
  });
});

it('the result itself is called that', () => {
  const sample = accepted({ '': vector(1) }, { layout: 'row, latent', gradients: { '': { mean: vector(1), variance: vector(3) } } });
  expect(compare([gradientOf('', { mean: vector(1), variance: null })], { answers: [sample] })).toMatchObject({ message: 'No gradient of the result reaches the variance.' });
});
