/** Outcomes to marks. Bonus apart; what is awaited or not gradable is never counted as zero. */
import type { QuestionResult, TaskResult } from '../../contract/result.ts';
import type { Grade } from '../../contract/result.ts';

export function gradeOf(questions: readonly QuestionResult[]): Grade {
  const tasks = questions.flatMap((question) => question.tasks);
  const regular = tasks.filter((task) => !task.bonus);
  const extra = tasks.filter((task) => task.bonus);
  const raw = sum(regular, (task) => task.earned);
  const bonus = sum(extra, (task) => task.earned);
  const awaitingPoints = sum(tasks, (task) => pointsWith(task, 'awaiting-person'));
  const notGradablePoints = sum(tasks, (task) => pointsWith(task, 'not-gradable'));
  const machine = tasks.filter((task) => task.checks.length > 0);
  const open = awaitingPoints + notGradablePoints;
  return {
    raw,
    bonus,
    points: sum(regular, (task) => task.points),
    bonusPoints: sum(extra, (task) => task.points),
    awaitingPoints,
    notGradablePoints,
    final: open === 0 ? round(raw + bonus) : null,
    lowest: round(raw + bonus),
    highest: round(raw + bonus + open),
    machine: { earned: sum(machine, (task) => task.earned), points: sum(machine, (task) => task.points) },
  };
}

/** A task is judged check by check; one without checks is judged whole. */
function pointsWith(task: TaskResult, outcome: TaskResult['outcome']): number {
  // A person has settled it, whatever its checks say.
  if (task.marked !== undefined) return 0;
  if (task.checks.length === 0) return task.outcome === outcome ? task.points : 0;
  return sum(
    task.checks.filter((check) => check.outcome === outcome),
    (check) => check.points,
  );
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return round(items.reduce((total, item) => total + value(item), 0));
}

/** Shares like 0.1 + 0.2 must not print as 0.30000000000000004. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
