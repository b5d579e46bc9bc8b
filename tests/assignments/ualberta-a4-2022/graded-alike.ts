/** Hand-ins of either edition that earned the same share of every task, and the files of their terms. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { assignments } from '../../../assignments/assignments.ts';
import { gradeOf } from '../../../autograder/score/score.ts';
import type { SubmissionResult } from '../../../contract/result.ts';
import { parser } from '../../../contract/schema.ts';
import { type Policy, Term } from '../../../contract/term.ts';

const root = path.resolve(import.meta.dirname, '../../..');

export const term = (name: string): Term => parser('a term', Term)(JSON.parse(readFileSync(path.join(root, `terms/${name}.json`), 'utf8')));

/** Every question with the same share of its marks. */
export function results(id: string, share: number): SubmissionResult {
  const assignment = assignments.get(id);
  if (assignment === undefined) throw new Error(id);
  const questions = assignment.questions.map(({ id: question, title, tasks }) => ({
    id: question,
    title,
    tasks: tasks.map((task) => ({ task: task.id, title: '', where: '', handoutName: '', points: task.points, earned: share * task.points, bonus: false, outcome: 'fail' as const, message: '', checks: [], remarks: [] })),
  }));
  return {
    student: { id: 's1' }, source: 's1.zip', assignment: { id, title: '' }, status: 'graded', notes: [], questions, grade: gradeOf(questions),
    fixtures: { term: 't', hash: '0', publicOnly: true }, isolation: 'bubblewrap', warnings: [],
  };
}

export const policyOf = (id: string): Policy => assignments.get(id)?.policy ?? {};
