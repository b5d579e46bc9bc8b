/** Whose marks changed between two runs over a class, and why: what staff read before they publish. */
import type { SubmissionResult, TaskResult } from '../../contract/result.ts';
import { inOrder } from './in-order.ts';
import { number } from './marks.ts';
import { outcomeWords, statusWords } from './outcome-words.ts';
import { onOneLine } from './visible-text.ts';

/** @param why how the machine came to the new verdict, by student. */
export function changesBetween(before: readonly SubmissionResult[], after: readonly SubmissionResult[], why: ReadonlyMap<string, string>): readonly string[] {
  const earlier = new Map(before.map((result) => [result.student.id, result]));
  const now = new Set(after.map(({ student }) => student.id));
  return [
    ...inOrder(after).flatMap((result) => {
      const old = earlier.get(result.student.id);
      return old === undefined ? [`${onOneLine(result.student.id)}: new, ${standing(result)}`] : changesOf(old, result, why.get(result.student.id) ?? 'graded again');
    }),
    ...inOrder(before).filter(({ student }) => !now.has(student.id)).map((result) => `${onOneLine(result.student.id)}: no longer in the batch, had ${standing(result)}. Its report is of the earlier run.`),
  ];
}

function changesOf(old: SubmissionResult, result: SubmissionResult, why: string): readonly string[] {
  const lines: string[] = [];
  if (old.status !== result.status) lines.push(`${statusWords[old.status]} -> ${statusWords[result.status]}: ${why}`);
  const tasks = new Map(tasksIn(old).map((task) => [task.task, task]));
  for (const task of tasksIn(result)) {
    const was = tasks.get(task.task);
    if (was === undefined || (was.earned === task.earned && was.outcome === task.outcome)) continue;
    lines.push(`${task.task} ${worth(was)} -> ${worth(task)}: ${reasonFor(was, task, why)}`);
  }
  if (old.grade.final !== result.grade.final && lines.length === 0) lines.push(rulesOf(result));
  if (lines.length === 0) return [];
  const head = `${onOneLine(result.student.id)}: ${standing(old)} -> ${standing(result)}`;
  return [head, ...lines.map((line) => `    ${onOneLine(line)}`)];
}

function reasonFor(was: TaskResult, task: TaskResult, why: string): string {
  if (task.marked?.override === true) return `in place of the machine's mark, ${task.marked.reason ?? 'without a reason'}`;
  if (task.marked !== undefined) return was.marked === undefined ? 'marked by a person' : 'a person changed the mark';
  if (was.marked !== undefined) return 'the mark that a person gave is gone';
  return why;
}

function rulesOf({ grade }: SubmissionResult): string {
  const rules = (grade.adjustments ?? []).map(({ rule, from, to }) => `${rule} (${number(from)} -> ${number(to)})`);
  return rules.length > 0 ? `rules of the term: ${rules.join('; ')}` : 'no rule of the term changes the mark any more';
}

function standing({ status, grade }: SubmissionResult): string {
  if (status !== 'graded') return statusWords[status];
  return grade.final === null ? `${number(grade.raw + grade.bonus)} so far` : `final ${number(grade.final)}`;
}

function worth({ outcome, earned }: TaskResult): string {
  return outcome === 'awaiting-person' || outcome === 'not-gradable' || outcome === 'unanswered' ? outcomeWords[outcome].word : number(earned);
}

function tasksIn(result: SubmissionResult): readonly TaskResult[] {
  return result.questions.flatMap(({ tasks }) => tasks);
}
