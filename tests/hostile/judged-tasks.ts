/** What came of a hostile hand-in, in the words of an expect.json. */
import type { SubmissionResult, TaskResult } from '../../contract/result.ts';
import { type Attack, functionTasks, taskOf } from './corpus.ts';

interface Summary {
  readonly outcome: string;
  readonly points: number | undefined;
}

type Summaries = Readonly<Record<string, Summary>>;

/** By id without the assignment in front. */
function tasksOf(result: SubmissionResult): ReadonlyMap<string, TaskResult> {
  return new Map(result.questions.flatMap(({ tasks }) => tasks.map((task) => [shortId(task.task), task] as const)));
}

function summaries(result: SubmissionResult, ids: readonly string[]): Summaries {
  const tasks = tasksOf(result);
  return Object.fromEntries(ids.map((id) => [id, { outcome: tasks.get(id)?.outcome ?? 'absent', points: tasks.get(id)?.earned }]));
}

/** Full marks for every task that was not attacked. */
function expectedOfOthers({ tasks }: Attack): Summaries {
  const others = functionTasks.map(({ id }) => shortId(id)).filter((id) => !Object.hasOwn(tasks, id));
  return Object.fromEntries(others.map((id) => [id, { outcome: 'pass', points: taskOf(id)?.points }]));
}

export function printedIn(result: SubmissionResult): string {
  return [...tasksOf(result).values()].map((task) => task.console ?? '').join('\n');
}

export interface Verdict {
  readonly attacked: Summaries;
  readonly others: Summaries;
  /** Lines in which the attack reports success. */
  readonly gains: readonly string[];
  /** Sentences that the student should have been told and was not. */
  readonly unsaid: readonly string[];
}

/** What came of an attack, task by task; see `deserved`. */
export function verdictOn(attack: Attack, result: SubmissionResult): Verdict {
  const tasks = tasksOf(result);
  const unsaid = Object.entries(attack.tasks).flatMap(([id, { says }]) => (says === undefined || saidOf(tasks.get(id)).includes(says) ? [] : [`${id}: ${says}`]));
  const { attacked, others } = deserved(attack);
  return { attacked: summaries(result, Object.keys(attacked)), others: summaries(result, Object.keys(others)), gains: gains(printedIn(result)), unsaid };
}

/** What should come of it. */
export function deserved(attack: Attack): Verdict {
  const attacked = Object.fromEntries(Object.entries(attack.tasks).map(([id, { outcome, points }]) => [id, { outcome, points }]));
  return { attacked, others: expectedOfOthers(attack), gains: [], unsaid: [] };
}

/** Lines in which an attack reports success. */
function gains(printed: string): readonly string[] {
  return printed.split('\n').filter((line) => line.includes('GAINED'));
}

/** All that a student is told of a task. */
function saidOf(task: TaskResult | undefined): string {
  return [task?.message, ...(task?.checks.map(({ message }) => message) ?? [])].join('\n');
}

function shortId(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}
