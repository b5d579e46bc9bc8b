/** What a student may read of a verdict: the case and its numbers where it is basic, neither where it is hidden. */
import { describe, expect, it } from 'vitest';
import type { TaskJudgement } from '../../../autograder/compare/compare.ts';
import { accepted, asValue, check, expectation, record, returned, task, vector } from './evidence-builders.ts';
import { allRight, cases, judge, type Parts, type Replies, right } from './judged-bound.ts';

describe('what students read', () => {
  const wrong = (parts: Parts): Partial<Parts> => ({ nelbo: parts.nelbo + 0.111, kl: parts.kl + 0.222, rec: parts.rec + 0.333 });
  /** Expected numbers of hidden cases, and no others. */
  const hidden = ['7.8125', '3.3125', '4.5', '5.25', '8.5625', '1234.5', '834.5'];
  const said = ({ message, checks, remarks }: TaskJudgement): string => [message, ...remarks, ...checks.flatMap((result) => [result.message, result.hint ?? '', result.title])].join('\n');

  it.each<[what: string, replies: Replies]>([
    ['wrong everywhere', allRight('row, latent', wrong)],
    ['wrong in hidden cases only', { ...allRight(), B: right(at(cases, 1), 'row, latent', wrong), 'extreme-2': right(at(cases, 3), 'row, latent', wrong) }],
    ['of another shape in hidden cases', { ...allRight(), B: returned(asValue(vector(1, 2))), 'extreme-2': returned(record({ nelbo: 1 })) }],
    ['never back from hidden cases', { ...allRight(), B: undefined, 'extreme-2': undefined }],
  ])('never an expected number of a hidden case: %s', (_, replies) => {
    const judgement = judge(replies);
    expect(judgement.outcome).toBe('fail');
    expect(hidden.filter((number) => said(judgement).includes(number))).toEqual([]);
  });

  it('but staff see it, and of a basic case both see it', () => {
    const judgement = judge(allRight('row, latent', wrong));
    expect(judgement.checks.flatMap(({ evidence }) => evidence).join()).toContain('7.8125');
    expect(judgement.checks[1]).toMatchObject({
      message: 'kl differs from the right result in case A (case A of the table): returned 1.2845, right is 1.0625.',
      hint: 'hint of kl',
    });
  });

  it('names the case only where it is not hidden', () => {
    const judgement = judge({ ...allRight(), B: right(at(cases, 1), 'row, latent', wrong) });
    expect(judgement.checks[0]?.message).toBe('nelbo differs from the right result in a case that is not shown.');
  });

  it('shows at most four numbers of a tensor, in brackets', () => {
    const plain = task(check('density', 'value', 3));
    const sampled = (values: readonly number[], expected: readonly number[]) =>
      judge({ A: returned(asValue(vector(...values))) }, plain, [expectation('A', ['density'], [accepted({ '': vector(...expected) })])]).checks[0]?.message;
    expect(sampled([1, 2, 3, 4, 5], [1, 2, 3, 4, 6])).toBe(
      'The returned values differ from the right result in case A (case A of the table): returned [1, 2, 3, 4, …], right is [1, 2, 3, 4, …].',
    );
    expect(sampled([1, 2], [1, 3])).toContain('returned [1, 2], right is [1, 3].');
    expect(sampled([1], [2])).toContain('returned 1, right is 2.');
  });

  it('a hint stands beside what failed, and nowhere else', () => {
    const judgement = judge(allRight('row, latent', ({ rec }) => ({ rec: -rec })));
    expect(judgement.checks.filter(({ hint }) => hint !== undefined).map(({ check: id }) => id)).toEqual(['rec']);
  });
});

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(String(index));
  return item;
}
