/** How the noise was drawn decides what it can be compared with. */
import { describe, expect, it } from 'vitest';
import { noisePath } from '../../../autograder/compare/noise.ts';
import { bestLayout } from '../../../autograder/compare/layout.ts';
import type { Draw } from '../../../contract/messages.ts';
import { accepted, asValue, expectation, normals, record, returned, vector } from './evidence-builders.ts';

const once = [accepted({}, { layout: 'row, latent', draws: 6 }), accepted({}, { layout: 'latent, row', draws: 6 })];
const twice = accepted({}, { layout: 'two draws', draws: 12 });
const A = expectation('A', [], [...once, twice]);
const B = expectation('B', [], [...once, twice].map((answer) => ({ ...answer, draws: answer.draws * 2 })));
const draw = (law: Draw['law'], seeded = false, count = 6): Draw => ({ law, seeded, count });

describe('one case', () => {
  it.each<[what: string, draws: readonly Draw[], path: object]>([
    ['as many as the direct implementation', [normals(6)], { kind: 'matched', layouts: ['row, latent', 'latent, row'] }],
    ['the same in pieces', [normals(2), normals(3), normals(1)], { kind: 'matched', layouts: ['row, latent', 'latent, row'] }],
    ['two draws', [normals(6), normals(6)], { kind: 'matched', layouts: ['two draws'] }],
    ['none', [], { kind: 'nothing-drawn' }],
    ['a draw of no numbers', [normals(0)], { kind: 'nothing-drawn' }],
    ['too few', [normals(5)], { kind: 'unmatched', how: 'another number of normal draws than the direct implementation makes' }],
    ['too many', [normals(7)], { kind: 'unmatched', how: 'another number of normal draws than the direct implementation makes' }],
    ['uniform numbers', [draw('uniform')], { kind: 'unmatched', how: 'uniform draws' }],
    ['truncated normals', [draw('truncated-normal')], { kind: 'unmatched', how: 'truncated-normal draws' }],
    ['gamma numbers', [normals(6), draw('gamma')], { kind: 'unmatched', how: 'gamma draws' }],
    ['a seeded generator', [draw('normal', true)], { kind: 'unmatched', how: 'a normal generator with a seed of its own' }],
    ['a seeded uniform generator', [draw('uniform', true)], { kind: 'unmatched', how: 'a uniform generator with a seed of its own' }],
  ])('%s', (_, draws, path) => {
    expect(noisePath(new Map([['A', draws]]), [A])).toEqual(path);
  });
});

describe('a stream of uniforms', () => {
  const uniform = { ...expectation('U', [], once), law: 'uniform' } as const;

  it.each<[what: string, draws: readonly Draw[], path: object]>([
    ['as many as the direct implementation', [draw('uniform')], { kind: 'matched', layouts: ['row, latent', 'latent, row'] }],
    ['too few', [draw('uniform', false, 5)], { kind: 'unmatched', how: 'another number of uniform draws than the direct implementation makes' }],
    ['normals', [normals(6)], { kind: 'unmatched', how: 'normal draws' }],
    ['a seed', [draw('uniform', true)], { kind: 'unmatched', how: 'a uniform generator with a seed of its own' }],
  ])('%s', (_, draws, path) => {
    expect(noisePath(new Map([['U', draws]]), [uniform])).toEqual(path);
  });
});

describe('all cases together', () => {
  const path = (drawn: Readonly<Record<string, readonly Draw[]>>) => noisePath(new Map(Object.entries(drawn)), [A, B]);

  it.each<[what: string, drawn: Readonly<Record<string, readonly Draw[]>>, path: object]>([
    ['the layouts that fit every case', { A: [normals(6)], B: [normals(12)] }, { kind: 'matched', layouts: ['row, latent', 'latent, row'] }],
    ['one way here and another there fit nothing', { A: [normals(6)], B: [normals(24)] }, { kind: 'matched', layouts: [] }],
    ['one case that cannot be matched', { A: [normals(6)], B: [normals(13)] }, { kind: 'unmatched' }],
    ['noise in one case only', { A: [normals(6)], B: [] }, { kind: 'nothing-drawn' }],
    ['a case that did not come back says nothing', { B: [normals(24)] }, { kind: 'matched', layouts: ['two draws'] }],
    ['no case came back', {}, { kind: 'matched', layouts: [] }],
  ])('%s', (_, drawn, expected) => {
    expect(path(drawn)).toMatchObject(expected);
  });

  it('a function that needs no noise cannot excuse itself by drawing some, and a case without answers says nothing', () => {
    const plain = expectation('A', [], [accepted({ '': 1 })]);
    for (const drawn of [[], [normals(3)], [draw('uniform')], [draw('normal', true)]]) {
      expect(noisePath(new Map([['A', drawn]]), [plain])).toEqual({ kind: 'matched', layouts: ['none'] });
    }
    expect(noisePath(new Map([['A', [draw('uniform')]]]), [expectation('A', [], [])])).toEqual({ kind: 'matched', layouts: [] });
  });
});

describe('the layout of a task', () => {
  const answers = (layout: string, kl: number, rec: number) => accepted({ kl, rec }, { layout, draws: 2 });
  const cases = [
    expectation('A', [], [answers('row, latent', 1, 2), answers('latent, row', 1, 3)]),
    expectation('B', [], [answers('row, latent', 4, 5), answers('latent, row', 4, 6)]),
  ];
  const evidence = (...values: readonly (readonly [kl: number, rec: number])[]) =>
    cases.map((entry, index) => ({ expectation: entry, reply: values[index] === undefined ? undefined : returned(record({ kl: values[index][0], rec: values[index][1] })) }));
  const layouts = ['row, latent', 'latent, row'];

  it.each<[what: string, values: readonly (readonly [number, number])[], layout: string]>([
    ['agrees in every case', [[1, 3], [4, 6]], 'latent, row'],
    ['agrees in most components of all cases', [[1, 2], [4, 6]], 'row, latent'], // a tie: the first named
    ['is one for all cases, even where a second would fit one of them', [[9, 3], [4, 6]], 'latent, row'],
    ['is the first where nothing agrees', [[8, 8], [8, 8]], 'row, latent'],
    ['is found in the cases that came back', [[1, 3]], 'latent, row'],
  ])('%s', (_, values, layout) => {
    expect(bestLayout(evidence(...values), layouts, ['kl', 'rec'])).toBe(layout);
  });

  it('is none where none fits the draws', () => {
    expect(bestLayout(evidence([1, 2]), [], ['kl', 'rec'])).toBeNull();
  });

  it('counts no component of the wrong shape or a case without that layout', () => {
    const wrong = [{ expectation: at0(cases), reply: returned(asValue(vector(1, 2))) }];
    expect(bestLayout(wrong, layouts, ['kl', 'rec'])).toBe('row, latent');
    expect(bestLayout(evidence([1, 3], [4, 6]), ['unknown', 'latent, row'], ['kl', 'rec'])).toBe('latent, row');
  });
});

function at0<T>(items: readonly T[]): T {
  const [first] = items;
  if (first === undefined) throw new Error('empty');
  return first;
}
