/**
 * Checks a folder again after a save, and only what the save can have changed: a function is asked again
 * when a file that it can reach by imports is another one. The rest keeps what it got.
 */
import type { Intake, TextFile } from '../../contract/submission.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { SubmissionResult, TaskResult } from '../../contract/result.ts';
import type { FunctionTask } from '../../contract/task.ts';
import { gradeIntake, type Grading } from '../pipeline.ts';
import { gradeOf } from '../score/score.ts';

/** What a task's verdict was given for. */
interface Remembered {
  readonly key: string;
  readonly result: TaskResult;
}

export interface CheckedAgain {
  readonly result: SubmissionResult;
  /** How many functions were asked, and how many kept what they got. */
  readonly asked: number;
  readonly kept: number;
}

/** @returns a function to be called after each save; it calls `onTask` for each function as it is judged. */
export function checkerWithMemory(grading: Grading): (intake: Intake, onTask: (task: TaskResult) => void) => Promise<CheckedAgain> {
  const memory = new Map<string, Remembered>();
  const functions = tasksOf(grading.assignment).filter((task) => task.kind === 'function');
  let before: readonly TextFile[] = [];
  return async (intake, onTask) => {
    const code = intake.kind === 'submission' ? intake.submission.code : [];
    const keys = new Map(functions.map((task) => [task.id, keyOf(task, code)]));
    const stale = functions.filter(({ id }) => memory.get(id)?.key !== keys.get(id));
    const saved = new Set(code.filter(({ path, text }) => before.find((file) => file.path === path)?.text !== text).map(({ path }) => path));
    before = code;
    const ids = new Set(functions.map(({ id }) => id));
    // The functions of the saved file come first: theirs is the answer that is waited for.
    const order = [stale.filter(({ module }) => saved.has(module)), stale.filter(({ module }) => !saved.has(module))];
    let last: SubmissionResult | null = null;
    for (const [round, tasks] of order.entries()) {
      if (tasks.length === 0 && round === 0) continue;
      const wanted = new Set(tasks.map(({ id }) => id));
      // What is no function costs nothing, and is looked at anew each time.
      const part = onlyTasks(grading.assignment, (id) => wanted.has(id) || (round === 1 && !ids.has(id)));
      const { result } = await gradeIntake(intake, { ...grading, assignment: part }, (task) => {
        if (wanted.has(task.task)) onTask(task);
      });
      for (const task of result.questions.flatMap((question) => question.tasks)) remember(memory, task, keys.get(task.task) ?? '');
      last = result;
    }
    if (last === null) throw new Error('nothing was checked');
    if (last.status !== 'graded') return { result: last, asked: 0, kept: 0 };
    const questions = grading.assignment.questions.map(({ id, title, tasks }) => ({ id, title, tasks: tasks.flatMap((task) => memory.get(task.id)?.result ?? []) }));
    return { result: { ...last, questions, grade: gradeOf(questions) }, asked: stale.length, kept: functions.length - stale.length };
  };
}

/** A fault of ours is forgotten, so that the next save tries again. */
function remember(memory: Map<string, Remembered>, result: TaskResult, key: string): void {
  memory.set(result.task, { key: result.outcome === 'not-gradable' ? 'unknown' : key, result });
}

function keyOf({ module }: FunctionTask, code: readonly TextFile[]): string {
  const reached = /\.[mc]?[jt]s$/.test(module) ? reachableFrom(module, code) : code;
  return JSON.stringify(reached.map(({ path, text }) => [path, text]));
}

/** Every text in quotes that begins like a relative path may be an import, wherever it stands. */
const RELATIVE = /['"`]\.{1,2}\/(?:[^'"`]*\/)?([^'"`/]+?)(?:\.[mc]?[jt]s)?['"`]/g;

/** Files of the same name in two folders are both taken: too much is checked again, and never too little. */
function reachableFrom(module: string, code: readonly TextFile[]): readonly TextFile[] {
  const reached = new Set<TextFile>();
  const waiting = [module];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const wanted = stem(name);
    for (const file of code) {
      const fits = file.path === name || stem(file.path) === wanted || file.path.includes(`${wanted}/index.`);
      if (!fits || reached.has(file)) continue;
      reached.add(file);
      waiting.push(...[...file.text.matchAll(RELATIVE)].map((found) => found[1] ?? ''));
    }
  }
  return code.filter((file) => reached.has(file));
}

function stem(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.[mc]?[jt]s$/, '');
}

function onlyTasks(assignment: Assignment, wanted: (id: string) => boolean): Assignment {
  const questions = assignment.questions.map((question) => ({ ...question, tasks: question.tasks.filter(({ id }) => wanted(id)) }));
  return { ...assignment, questions };
}
