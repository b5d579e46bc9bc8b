/** Which hand-ins of a batch are graded in this run, and which keep what the machine said of them before. */
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Intake } from '../../contract/submission.ts';
import { type Graded, gradeIntake, type Grading } from '../pipeline.ts';
import { gradeOf } from '../score/score.ts';
import { UsageError } from './console.ts';
import { type GradedBefore, hashOfIntake } from './graded-before.ts';

export type Scope =
  /** Whatever changed since it was graded, and what could not be graded. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'students'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'tasks'; readonly ids: ReadonlySet<string> };

/** How a hand-in came to its verdict, for whoever is told whose marks changed. */
export type Regrading = 'graded' | 'another hand-in' | 'graded again' | 'kept' | 'kept, although the hand-in changed';

/** `--only s1234567` or `--only vae/negative-elbo-bound`, several of one kind. @throws UsageError */
export function scopeOf(only: readonly string[] | undefined, students: readonly string[], assignment: Assignment): Scope {
  if (only === undefined || only.length === 0) return { kind: 'changed' };
  const found = only.map((wanted) => ({
    wanted,
    students: students.filter((id) => id.toLowerCase() === wanted.toLowerCase()),
    tasks: tasksOf(assignment).map(({ id }) => id).filter((id) => id.includes(wanted)),
  }));
  const unknown = found.filter((one) => one.students.length + one.tasks.length === 0).map(({ wanted }) => wanted);
  if (unknown.length > 0) throw new UsageError(`--only ${unknown.join(' ')}: no hand-in is of that student, and no task of ${assignment.id} has it in its id. --dry-run lists who handed in.`);
  if (found.every((one) => one.students.length > 0)) return { kind: 'students', ids: new Set(found.flatMap((one) => one.students)) };
  if (found.every((one) => one.students.length === 0)) return { kind: 'tasks', ids: new Set(found.flatMap(({ tasks }) => tasks)) };
  throw new UsageError('--only takes students or tasks, not both at once.');
}

/** With --only the others keep their verdicts, so they must have some. @throws UsageError */
export function requireVerdicts(scope: Scope, students: readonly string[], before: GradedBefore): void {
  if (scope.kind === 'changed') return;
  const needed = scope.kind === 'tasks' ? students : students.filter((id) => !scope.ids.has(id));
  const lacking = needed.filter((id) => before.of(id) === null);
  if (lacking.length === 0) return;
  const shown = lacking.slice(0, 5).join(', ') + (lacking.length > 5 ? ` and ${lacking.length - 5} more` : '');
  throw new UsageError(`--only leaves the others as they are, and ${shown} ${lacking.length === 1 ? 'has' : 'have'} not been graded into this folder yet. Grade the whole batch once, without --only.`);
}

/** Grades what is in the scope. What is kept still gets the name, place and warnings of this run. */
export async function regrade(intake: Intake, grading: Grading, scope: Scope, before: GradedBefore): Promise<Graded & { readonly how: Regrading; readonly isWhole: boolean }> {
  const subject = intake.kind === 'refused' ? intake.refusal : intake.submission;
  const earlier = before.of(subject.student.id);
  if (earlier === null) return { ...(await gradeIntake(intake, grading)), how: 'graded', isWhole: true };
  const isSame = earlier.handIn === hashOfIntake(intake);
  const kept = (result: SubmissionResult): SubmissionResult => ({ ...result, student: { ...subject.student }, source: subject.source, warnings: [...grading.warnings] });
  switch (scope.kind) {
    case 'changed':
      if (isSame && earlier.isCurrent && isSettled(earlier.result)) return { result: kept(earlier.result), usage: earlier.usage, how: 'kept', isWhole: true };
      return { ...(await gradeIntake(intake, grading)), how: isSame ? 'graded again' : 'another hand-in', isWhole: true };
    case 'students':
      if (scope.ids.has(subject.student.id)) return { ...(await gradeIntake(intake, grading)), how: isSame ? 'graded again' : 'another hand-in', isWhole: true };
      return { result: kept(earlier.result), usage: earlier.usage, how: isSame ? 'kept' : 'kept, although the hand-in changed', isWhole: true };
    case 'tasks': {
      if (earlier.result.status !== 'graded') return { result: kept(earlier.result), usage: earlier.usage, how: 'kept', isWhole: true };
      const { result, usage } = await gradeIntake(intake, { ...grading, assignment: withWhatTheyBuildOn(grading.assignment, scope.ids) });
      return { result: merged(kept(earlier.result), result, scope.ids), usage, how: isSame ? 'graded again' : 'another hand-in', isWhole: isSame && earlier.isCurrent };
    }
  }
}

/** A fault of ours may be gone by now. */
function isSettled({ status, grade }: SubmissionResult): boolean {
  return status !== 'not-gradable' && grade.notGradablePoints === 0;
}

/** Whether a mistake is paid once shows only beside the functions that a task builds on. */
function withWhatTheyBuildOn(assignment: Assignment, wanted: ReadonlySet<string>): Assignment {
  const tasks = new Map(tasksOf(assignment).map((task) => [task.id, task]));
  const needed = new Set<string>();
  const waiting = [...wanted];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    const task = tasks.get(id);
    if (task?.kind === 'function') waiting.push(...(task.buildsOn ?? []));
  }
  const questions = assignment.questions.map((question) => ({ ...question, tasks: question.tasks.filter(({ id }) => needed.has(id)) }));
  return { ...assignment, questions };
}

function merged(earlier: SubmissionResult, fresh: SubmissionResult, wanted: ReadonlySet<string>): SubmissionResult {
  if (fresh.status !== 'graded') return fresh;
  const tasks = new Map(fresh.questions.flatMap((question) => question.tasks).map((task) => [task.task, task]));
  const questions = earlier.questions.map((question) => ({
    ...question,
    tasks: question.tasks.map((task) => (wanted.has(task.task) ? (tasks.get(task.task) ?? task) : task)),
  }));
  return { ...earlier, questions, grade: gradeOf(questions) };
}
