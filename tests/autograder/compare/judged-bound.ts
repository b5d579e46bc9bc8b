/** One task with everything in it, cases of both kinds, and replies that are right but for what a test changes. */
import { judgeTask, type TaskJudgement } from '../../../autograder/compare/compare.ts';
import type { Expectation } from '../../../contract/expectation.ts';
import type { Reply } from '../../../contract/reply.ts';
import type { FunctionTask } from '../../../contract/task.ts';
import { accepted, check, expectation, gradientOf, normals, record, returned, task, vector } from './evidence-builders.ts';

/** A bound in three parts, its gradient and its extremes: 4, 2, 2 and 1, 1 points. */
export const bound = task(
  check('nelbo', 'value', 4, ['nelbo']),
  check('kl', 'value', 2, ['kl']),
  check('rec', 'value', 2, ['rec']),
  check('gradient', 'gradient', 1),
  check('stability', 'stability', 1, ['nelbo', 'kl', 'rec']),
  check('vectorised', 'vectorised', 0),
);

const VALUES = ['nelbo', 'kl', 'rec'];

/** Two layouts in which only rec differs. */
function answers(nelbo: number, kl: number, rec: number, other: number) {
  const gradients = (scale: number) => ({ nelbo: { encoder: vector(scale, 1) }, kl: { encoder: vector(0.25) }, rec: { decoder: vector(scale) } });
  return [
    accepted({ nelbo, kl, rec }, { layout: 'row, latent', draws: 6, gradients: gradients(2) }),
    accepted({ nelbo: nelbo - rec + other, kl, rec: other }, { layout: 'latent, row', draws: 6, gradients: gradients(3) }),
  ];
}

export const cases: readonly Expectation[] = [
  expectation('A', [...VALUES, 'gradient'], answers(3.0625, 1.0625, 2, 2.5)),
  expectation('B', [...VALUES, 'gradient'], answers(7.8125, 3.3125, 4.5, 5.25), 'hidden'),
  expectation('extreme', ['stability'], answers(1000, 600, 400, 400)),
  expectation('extreme-2', ['stability'], answers(1234.5, 834.5, 400, 400), 'hidden'),
  expectation('small', ['vectorised'], []),
  { ...expectation('large', ['vectorised'], []), title: 'the batch' },
];

export interface Parts {
  readonly nelbo: number;
  readonly kl: number;
  readonly rec: number;
}

/** What a right function returns under one of the two layouts, changed by `wrong`. */
export function right(entry: Expectation, layout: string, wrong: (parts: Parts) => Partial<Parts> = () => ({})): Extract<Reply, { kind: 'returned' }> {
  const answer = entry.accepted.find((candidate) => candidate.layout === layout);
  const part = (name: string): number => answer?.values.get(name)?.values[0] ?? 0;
  const parts: Parts = { nelbo: part('nelbo'), kl: part('kl'), rec: part('rec') };
  const gradients = [...(answer?.gradients ?? [])].map(([component, modules]) => gradientOf(component, Object.fromEntries(modules)));
  return returned(record({ ...parts, ...wrong(parts) }), { draws: [normals(6)], gradients });
}

export type Replies = Readonly<Record<string, Reply | undefined>>;

export const allRight = (layout = 'row, latent', wrong?: (parts: Parts) => Partial<Parts>): Replies =>
  Object.fromEntries(cases.map((entry) => [entry.case, right(entry, layout, wrong)]));

export function judge(replies: Replies, wanted: FunctionTask = bound, expectations: readonly Expectation[] = cases): TaskJudgement {
  return judgeTask(wanted, expectations, new Map(Object.entries(replies).flatMap(([id, reply]) => (reply === undefined ? [] : [[id, reply] as const]))));
}
