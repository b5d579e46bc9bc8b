/** A remark where the number of operations grows with a size; it costs nothing. */
import { expect, it } from 'vitest';
import { remarkOnLoops } from '../../../autograder/compare/vectorised.ts';
import type { Evidence } from '../../../autograder/compare/evidence.ts';
import { expectation, record, returned } from './evidence-builders.ts';

const titles = ['small', 'the batch', 'the samples'];

function evidence(...operations: readonly (number | null)[]): readonly Evidence[] {
  return operations.map((count, index) => ({
    expectation: { ...expectation(String(index), ['vectorised'], []), title: titles[index] ?? '' },
    reply: count === null ? undefined : returned(record({}), { operations: count }),
  }));
}

const remark = (what: string): string => `The number of tensor operations grows with ${what}: a loop could be one vectorised operation. This costs no marks.`;

it.each<[what: string, operations: readonly (number | null)[], remark: string | null]>([
  ['no growth', [30, 30, 30], null],
  ['fewer for more', [30, 20, 10], null],
  ['a few operations more are no loop', [30, 34, 34], null],
  ['one more than a few', [30, 35, 30], remark('the batch')],
  ['growth with everything', [30, 90, 90], remark('the batch, the samples')],
  ['growth with the samples only', [30, 31, 90], remark('the samples')],
  ['a larger case that did not come back', [30, null, 90], remark('the samples')],
  ['only the small case came back', [30, null, null], null],
  ['nothing came back', [null, null, null], null],
  ['no case at all', [], null],
])('%s', (_, operations, expected) => {
  expect(remarkOnLoops(evidence(...operations))).toBe(expected);
});
