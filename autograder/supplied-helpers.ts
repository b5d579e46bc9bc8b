/**
 * The second judging. A function that calls a wrong one returns wrong numbers as a matter of course, and that
 * mistake is paid where it was made: so it is judged again, in a child of its own, with right functions in
 * the place of those that did not pass.
 *
 * The right ones are answers to other tasks, and whoever runs beside them may find a way to read them. So of
 * what that child says only the numbers count: nothing that it prints, throws or names reaches a report.
 */
import type { Supplied } from '../contract/messages.ts';
import type { CheckResult, TaskResult } from '../contract/outcome.ts';
import { type Assignment, tasksOf } from '../contract/rubric.ts';
import { CONVENTIONS_FILE, courseTask, isCourseTask } from '../contract/in-language.ts';
import type { TextFile } from '../contract/submission.ts';
import type { SuppliedHelpers } from '../contract/supplied-helpers.ts';
import type { FunctionTask } from '../contract/task.ts';
import { gradeAlone, type TaskContext } from './grade-task.ts';
import type { LanguageAdapter } from './languages/adapter.ts';
import { listed } from './listed.ts';

export interface SecondJudging {
  readonly assignment: Assignment;
  readonly helpers: SuppliedHelpers | null;
  readonly language: LanguageAdapter;
  /** Every task's result with the student's own functions. */
  readonly own: ReadonlyMap<string, TaskResult>;
}

/** The better of the two judgings; the first where there is nothing to gain. */
export async function judgeAgain(task: FunctionTask, first: TaskResult, context: TaskContext, judging: SecondJudging): Promise<TaskResult> {
  const { assignment, helpers } = judging;
  if (helpers === null || assignment.mistakePaidOnce === false || first.outcome === 'pass') return first;
  const wrong = wrongHelpers(task, judging);
  const right = rightFunctions(wrong, helpers, judging);
  if (right.functions.length === 0) return first;
  const code = await judging.language.prepare(right.files);
  const second = await gradeAlone(task, context, { files: [...code.files], functions: [...right.functions] });
  return betterOf(first, inSafeWords(second, wrong));
}

/**
 * Open marks can still be given, so neither judging may close what the other leaves open: not what a person
 * decides, and not what a fault of ours kept from being judged with right functions.
 */
export function betterOf(first: TaskResult, second: TaskResult): TaskResult {
  if (second.earned >= first.earned && second.earned + open(second) > first.earned + open(first)) return second;
  const missed = new Map(second.checks.filter(({ outcome }) => outcome === 'not-gradable').map((check) => [check.check, check]));
  const isMissed = ({ check, outcome }: CheckResult): boolean => outcome === 'fail' && missed.has(check);
  if (!first.checks.some(isMissed)) return first;
  return { ...first, outcome: 'not-gradable', checks: first.checks.map((check) => (isMissed(check) ? (missed.get(check.check) ?? check) : check)) };
}

/** What this task builds on and the student's own did not pass as it was handed in. */
function wrongHelpers({ buildsOn = [] }: FunctionTask, { assignment, own }: SecondJudging): readonly FunctionTask[] {
  return tasksOf(assignment).filter((task): task is FunctionTask => {
    const outcome = own.get(task.id)?.outcome;
    return task.kind === 'function' && buildsOn.includes(task.id) && outcome !== undefined && outcome !== 'pass';
  });
}

interface Right {
  readonly files: readonly TextFile[];
  readonly functions: Supplied['functions'];
}

/** Right functions under the names by which the hand-in has its own; where its course has conventions, as the course has them. */
function rightFunctions(wrong: readonly FunctionTask[], helpers: SuppliedHelpers, { assignment, language }: SecondJudging): Right {
  const named = assignment.otherLanguages?.[language.id]?.functions ?? {};
  const asCourse = wrong.flatMap((task) => {
    const own = named[task.id];
    return own === undefined || !isCourseTask(own) ? [] : [{ task, ...courseTask(task, own), source: sourceOf(task.id, helpers), right: own.function }];
  });
  const { conventions } = language;
  const turned = conventions === null ? [] : asCourse.filter(conventions.hasWayBack);
  const plain = wrong.filter((task) => asCourse.every((other) => other.task !== task));
  return {
    files: [...helpers.files, ...(conventions === null || turned.length === 0 ? [] : [{ path: CONVENTIONS_FILE, text: conventions.asTheCourse(turned) }])],
    functions: [
      ...plain.map(({ id, module, function: name }) => ({ module, function: name, source: sourceOf(id, helpers), called: named[id]?.function ?? name })),
      ...turned.map(({ task, wrapper }) => ({ module: task.module, function: task.function, source: CONVENTIONS_FILE, called: wrapper })),
    ],
  };
}

function sourceOf(task: string, { sources }: SuppliedHelpers): string {
  const source = sources[task];
  if (source === undefined) throw new Error(`the fixtures supply no right function for ${task}`);
  return source;
}

function open({ checks }: TaskResult): number {
  return checks.filter(({ outcome }) => outcome === 'awaiting-person' || outcome === 'not-gradable').reduce((sum, { points }) => sum + points, 0);
}

/** Only sentences of our own: a message can quote the names and errors that the child chose. */
function inSafeWords({ error: _error, console: _console, ...result }: TaskResult, wrong: readonly FunctionTask[]): TaskResult {
  const names = wrong.map((task) => task.function);
  const right = `a right ${listed(names)}`;
  const verb = result.outcome === 'pass' ? 'Right' : 'Judged';
  return {
    ...result,
    message: `${verb} with ${right}: ${names.length === 1 ? 'your own is' : 'your own are'} counted where ${names.length === 1 ? 'it is' : 'they are'} asked for, not here.`,
    checks: result.checks.map((check) => ({
      ...check,
      message: check.outcome === 'fail' ? `No marks with ${right} either.` : check.message,
      evidence: [`judged with supplied helpers: ${names.join(', ')}`, ...check.evidence],
    })),
  };
}
