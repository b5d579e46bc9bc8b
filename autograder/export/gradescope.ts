/**
 * Gradescope: the results.json of one hand-in. The score stands at the top, so that bonus and policy are
 * in it; tests say where it comes from. Only what a student may read goes in: no evidence.
 */
import type { CheckResult } from '../../contract/outcome.ts';
import type { SubmissionResult, TaskResult } from '../../contract/result.ts';

export interface GradescopeTest {
  readonly name: string;
  readonly number: string;
  readonly score: number;
  readonly max_score: number;
  readonly status: 'passed' | 'failed';
  readonly output: string;
  readonly visibility: 'after_published';
}

export interface GradescopeResults {
  readonly score: number;
  readonly output: string;
  readonly output_format: 'text';
  readonly test_output_format: 'text';
  readonly visibility: 'after_published';
  readonly stdout_visibility: 'hidden';
  readonly tests: readonly GradescopeTest[];
}

/** Null while something is awaited or not gradable: a results.json cannot leave a score open. */
export function gradescopeResults({ grade, notes, questions, student }: SubmissionResult): GradescopeResults | null {
  if (grade.final === null) return null;
  const tests = questions.flatMap((question, at) => question.tasks.map((task, place) => testOf(task, `${at + 1}.${place + 1}`)));
  return {
    score: grade.final,
    output: [`Graded by elbow for ${student.id}.`, ...notes].join('\n'),
    output_format: 'text',
    test_output_format: 'text',
    visibility: 'after_published',
    stdout_visibility: 'hidden',
    tests,
  };
}

export interface AutograderTest extends Omit<GradescopeTest, 'score' | 'max_score' | 'status' | 'visibility'> {
  /** None where a person marks. */
  readonly score?: number;
  readonly max_score?: number;
  readonly status?: 'passed' | 'failed';
  readonly visibility: 'visible';
}

export interface AutograderResults extends Omit<GradescopeResults, 'tests' | 'visibility'> {
  readonly visibility: 'visible';
  readonly tests: readonly AutograderTest[];
  readonly extra_data: { readonly isolation: { readonly tier: number; readonly why: readonly string[] } };
}

/**
 * What the machine says, at once: what persons mark is marked in Gradescope itself, as questions of its own.
 * Null where a fault of ours left something open, because Gradescope would take its absence for a zero.
 */
export function gradescopeMachineResults(result: SubmissionResult, isolation: { readonly tier: number; readonly why: readonly string[] }): AutograderResults | null {
  const { grade, notes, questions, status, reason, warnings } = result;
  if (status === 'not-gradable' || grade.notGradablePoints > 0) return null;
  const tests = questions.flatMap((question, at) =>
    question.tasks.map((task, place): AutograderTest => {
      const { score, max_score, status: verdict, ...shown } = testOf(task, `${at + 1}.${place + 1}`);
      const isOpen = task.outcome === 'awaiting-person' || (task.outcome === 'unanswered' && task.handoutName === '');
      return { ...shown, ...(isOpen ? {} : { score, max_score, status: verdict }), visibility: 'visible' };
    }),
  );
  const refused = status === 'refused' ? [`Nothing could be read: ${reason ?? ''}`] : [];
  return {
    // Not what the machine vouches for in tasks that a person marks: there the person's marks are all.
    score: tests.reduce((sum, { score = 0 }) => sum + score, 0),
    output: ['Graded by elbow. What a person marks is not in this score.', ...refused, ...warnings, ...notes].join('\n'),
    output_format: 'text',
    test_output_format: 'text',
    visibility: 'visible',
    stdout_visibility: 'hidden',
    tests,
    extra_data: { isolation },
  };
}

function testOf(task: TaskResult, number: string): GradescopeTest {
  const checks = task.checks.filter(({ outcome }) => outcome !== 'pass').map(sentence);
  return {
    name: task.bonus ? `${task.title} (bonus)` : task.title,
    number,
    score: task.earned,
    // A score above max_score is how Gradescope shows a bonus: it is not part of what can be reached.
    max_score: task.bonus ? 0 : task.points,
    status: task.outcome === 'pass' ? 'passed' : 'failed',
    output: [task.message, ...checks, ...task.remarks].filter((line) => line !== '').join('\n'),
    visibility: 'after_published',
  };
}

function sentence({ title, message, hint }: CheckResult): string {
  return [`${title}:`, message, hint ?? ''].filter((part) => part !== '').join(' ');
}
