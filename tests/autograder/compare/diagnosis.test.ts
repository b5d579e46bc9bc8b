/** When a known mistake is named: it must explain everything that came back, in two cases at least. */
import { describe, expect, it } from 'vitest';
import { judgeTask } from '../../../autograder/compare/compare.ts';
import type { KnownMistake, MistakenAnswer } from '../../../contract/expectation.ts';
import type { Reply } from '../../../contract/reply.ts';
import { gradientOf, numberValue, scalar, vector } from './evidence-builders.ts';
import { allRight, bound, cases, type Parts, type Replies } from './judged-bound.ts';

type Wrong = (parts: Parts) => Partial<Parts>;

const klDoubled: Wrong = ({ nelbo, kl }) => ({ kl: 2 * kl, nelbo: nelbo + kl });
const recNegated: Wrong = ({ rec }) => ({ rec: -rec });

function valuesOf(replies: Replies): MistakenAnswer['values'] {
  return new Map(
    Object.entries(replies).flatMap(([id, reply]) => {
      if (reply?.kind !== 'returned' || reply.value.kind !== 'record') return [];
      return [[id, new Map(reply.value.entries.flatMap(([name, value]) => (value.kind === 'tensor' ? [[name, value.tensor] as const] : [])))] as const];
    }),
  );
}

/** As the fixtures tell it: under both layouts, in the cases that tell it apart. */
function known(id: string, wrong: Wrong, seenIn: 'values' | 'stability' = 'values', twins: readonly string[] = []): KnownMistake {
  const ids = seenIn === 'values' ? ['A', 'B'] : ['extreme', 'extreme-2'];
  const answers = ['row, latent', 'latent, row'].map((layout) => ({
    layout,
    values: new Map([...valuesOf(allRight(layout, wrong))].filter(([name]) => ids.includes(name))),
    gradients: new Map(),
  }));
  return { id, description: `${id}.`, feedback: `Sentence of ${id}.`, seenIn, twins, answers };
}

const mistakes = [known('kl-doubled', klDoubled, 'values', ['its-twin']), known('rec-negated', recNegated)];

function diagnosis(replies: Replies, catalogue: readonly KnownMistake[] = mistakes) {
  const asked = new Map(Object.entries(replies).flatMap(([id, reply]): [string, Reply][] => (reply === undefined ? [] : [[id, reply]])));
  return judgeTask(bound, cases, asked, () => catalogue).diagnosis;
}

const ids = (replies: Replies, catalogue: readonly KnownMistake[] = mistakes) => diagnosis(replies, catalogue)?.ids;

describe('a known mistake', () => {
  it('is named with its twins, in its own words, with the layout and cases for staff', () => {
    expect(diagnosis(allRight('row, latent', klDoubled))).toEqual({
      ids: ['kl-doubled', 'its-twin'],
      feedback: 'Sentence of kl-doubled.',
      evidence: ['known mistake kl-doubled, its-twin: layout row, latent, cases A, B'],
    });
  });

  it('is found under whatever layout the noise was drawn', () => {
    expect(diagnosis(allRight('latent, row', recNegated))?.evidence).toEqual(['known mistake rec-negated: layout latent, row, cases A, B']);
  });

  it('must be under one layout in all cases', () => {
    const mixed = { ...allRight('row, latent', recNegated), B: allRight('latent, row', recNegated)['B'] };
    expect(ids(mixed) ?? []).toEqual([]);
  });

  it('must explain every component', () => {
    const alsoWrong: Wrong = (parts) => ({ ...klDoubled(parts), rec: parts.rec + 1 });
    expect(ids(allRight('row, latent', alsoWrong)) ?? []).toEqual([]);
  });

  it('may come with another: two are named where what they add to the right result is what came back', () => {
    const both: Wrong = (parts) => ({ kl: 2 * parts.kl, rec: -parts.rec, nelbo: 2 * parts.kl + -parts.rec });
    const together: Wrong = ({ nelbo, kl, rec }) => ({ kl: 2 * kl, rec: -rec, nelbo: nelbo + kl });
    const wholly = known('rec-negated-in-both', ({ nelbo, rec }) => ({ rec: -rec, nelbo: nelbo - 2 * rec }));
    expect(diagnosis(allRight('latent, row', together))).toEqual({
      ids: ['kl-doubled', 'its-twin', 'rec-negated'],
      feedback: 'Two things come together here. Sentence of kl-doubled. Sentence of rec-negated.',
      evidence: ['known mistakes kl-doubled, its-twin, rec-negated together: layout latent, row, cases A, B'],
    });
    expect(ids(allRight('row, latent', both), [mistakes[0] as KnownMistake, wholly])).toEqual(['kl-doubled', 'its-twin', 'rec-negated-in-both']);
  });

  it('is none of two that are seen in the total alone', () => {
    const totals = [known('total-plus-two', ({ nelbo }) => ({ nelbo: nelbo + 2 })), known('total-plus-three', ({ nelbo }) => ({ nelbo: nelbo + 3 }))];
    expect(ids(allRight('row, latent', ({ nelbo }) => ({ nelbo: nelbo + 5 })), totals) ?? []).toEqual([]);
  });

  it('must show in two cases: one number can agree by accident', () => {
    const right = allRight();
    expect(diagnosis({ ...right, A: allRight('row, latent', klDoubled)['A'] })).toBeNull();
    expect(diagnosis({ A: allRight('row, latent', klDoubled)['A'] })).toBeNull();
  });

  it('is not looked for in a hand-in that is right', () => {
    const same = known('nothing-wrong', () => ({}));
    expect(diagnosis(allRight(), [same])).toBeNull();
    expect(judgeTask(bound, cases, new Map(Object.entries(allRight()) as [string, Reply][]), () => { throw new Error('asked for'); }).outcome).toBe('pass');
  });

  it('is nothing that was never returned', () => {
    const silent: KnownMistake = { ...known('silent', () => ({})), answers: [{ layout: 'none', values: new Map([['A', new Map()], ['B', new Map()]]), gradients: new Map() }] };
    const nothing = { A: { ...allRight()['A'], value: numberValue(1) } as Reply, B: { ...allRight()['B'], value: numberValue(1) } as Reply };
    expect(diagnosis({ ...allRight(), ...nothing }, [silent])).toBeNull();
  });

  it('of extreme inputs is looked for where the values are right, NaN by NaN', () => {
    const naive = known('naive', () => ({ rec: Number.NaN, nelbo: Number.NaN }), 'stability');
    const extremes = { extreme: 0, 'extreme-2': 0 };
    const replies = { ...allRight(), ...Object.fromEntries(Object.keys(extremes).map((id) => [id, allRight('row, latent', () => ({ rec: Number.NaN, nelbo: Number.NaN }))[id]])) };
    expect(ids(replies, [naive])).toEqual(['naive']);
    const finite = { ...replies, 'extreme-2': allRight('row, latent', () => ({ rec: 7, nelbo: 7 }))['extreme-2'] };
    expect(diagnosis(finite, [naive])).toBeNull();
  });
});

describe('a mistake that only gradients show', () => {
  const reached = { encoder: vector(2, 1) };
  const detached = (parts: Readonly<Record<string, ReturnType<typeof vector>>>): MistakenAnswer['gradients'] =>
    new Map(['A', 'B'].map((id) => [id, new Map(Object.entries({ nelbo: {}, kl: { encoder: vector(0.25) }, rec: parts }).map(([component, modules]) => [component, new Map(Object.entries(modules))]))]));
  const catalogue: readonly KnownMistake[] = [{ ...known('detached', () => ({})), seenIn: 'gradient', answers: [{ layout: 'row, latent', values: new Map(), gradients: detached({}) }] }];
  const withGradients = (nelbo: Readonly<Record<string, ReturnType<typeof vector> | null>>, error: string | null = null): Replies =>
    Object.fromEntries(
      Object.entries(allRight()).map(([id, reply]) => [
        id,
        { ...reply, gradients: [gradientOf('nelbo', nelbo, error), gradientOf('kl', { encoder: vector(0.25) }), gradientOf('rec', { decoder: null })] } as Reply,
      ]),
    );

  it.each([
    ['no gradient', { encoder: null }],
    ['a gradient of zero', { encoder: vector(0, 0) }],
    ['no answer', {}],
  ])('is recognised by %s', (_, nelbo) => {
    expect(ids(withGradients(nelbo), catalogue)).toEqual(['detached']);
  });

  it('is not where another gradient is wrong, or the library has none', () => {
    expect(diagnosis(withGradients({ encoder: vector(1, 1) }), catalogue)).toBeNull();
    expect(diagnosis(withGradients(reached), catalogue)).toBeNull();
    expect(diagnosis(withGradients({}, 'gradient function not found for Einsum.'), catalogue)).toBeNull();
  });
});

it('a number instead of a scalar is the same', () => {
  const asNumbers = Object.fromEntries(
    Object.entries(allRight('row, latent', klDoubled)).map(([id, reply]) => {
      if (reply?.kind !== 'returned' || reply.value.kind !== 'record') return [id, reply];
      const entries = reply.value.entries.map(([name, value]) => [name, numberValue(value.kind === 'tensor' ? (value.tensor.values[0] ?? 0) : 0)] as const);
      return [id, { ...reply, value: { kind: 'record', entries } } as Reply];
    }),
  );
  expect(ids(asNumbers)).toEqual(['kl-doubled', 'its-twin']);
  expect(scalar(1).shape).toEqual([]);
});
