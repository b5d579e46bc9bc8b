/** The results as data, for other programs. */
import type { CheckResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { inOrder } from './in-order.ts';

/** Everything about everyone, for staff. */
export function gradesJson(results: readonly SubmissionResult[]): string {
  return write(inOrder(results));
}

/** What a student may have: the same object without the evidence kept for staff, and without their ids of mistakes. */
export function studentJson(result: SubmissionResult): string {
  return write(withoutEvidence(result));
}

function withoutEvidence(result: SubmissionResult): SubmissionResult {
  const questions = result.questions.map((question) => ({
    ...question,
    tasks: question.tasks.map(({ diagnosis, picture: _picture, ...task }) => ({
      ...task,
      checks: task.checks.map(forStudents),
      ...(diagnosis === undefined ? {} : { diagnosis: { ids: [], feedback: diagnosis.feedback, evidence: [] } }),
    })),
  }));
  return { ...result, questions };
}

function forStudents({ check, title, points, earned, outcome, message, hint }: CheckResult): CheckResult {
  return { check, title, points, earned, outcome, message, ...(hint === undefined ? {} : { hint }), evidence: [] };
}

function write(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
