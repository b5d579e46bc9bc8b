/** What came of a hostile hand-in, in the words of an expect.json. */
import type { SubmissionResult, TaskResult } from '../../contract/result.ts';
import { type Attack, functionTasks, taskOf } from './corpus.ts';

export interface Summary {
  readonly outcome: string;
  readonly points: number | undefined;
}

type Summaries = Readonly<Record<string, Summary>>;

/** By id without the assignment in front. */
export function tasksOf(result: SubmissionResult): ReadonlyMap<string, TaskResult> {
  return new Map(result.questions.flatMap(({ tasks }) => tasks.map((task) => [shortId(task.task), task] as const)));
}

export function summaries(result: SubmissionResult, ids: readonly string[]): Summaries {
  const tasks = tasksOf(result);
  return Object.fromEntries(ids.map((id) => [id, { outcome: tasks.get(id)?.outcome ?? 'absent', points: tasks.get(id)?.earned }]));
}

/** Full marks for every task that was not attacked. */
export function expectedOfOthers({ tasks }: Attack): Summaries {
  const others = functionTasks.map(({ id }) => shortId(id)).filter((id) => !Object.hasOwn(tasks, id));
  return Object.fromEntries(others.map((id) => [id, { outcome: 'pass', points: taskOf(id)?.points }]));
}

export function printedIn(result: SubmissionResult): string {
  return [...tasksOf(result).values()].map((task) => task.console ?? '').join('\n');
}

/** Lines in which an attack reports success. */
export function gains(printed: string): readonly string[] {
  return printed.split('\n').filter((line) => line.includes('GAINED'));
}

/** All that a student is told of a task. */
export function saidOf(task: TaskResult | undefined): string {
  return [task?.message, ...(task?.checks.map(({ message }) => message) ?? [])].join('\n');
}

function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
