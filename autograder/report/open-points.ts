/** How many marks of a task are still open: judged check by check where it has any, else whole. */
import type { Outcome, TaskResult } from '../../contract/outcome.ts';

export function openPoints(task: TaskResult, outcome: Extract<Outcome, 'awaiting-person' | 'not-gradable'>): number {
  if (task.marked !== undefined) return 0;
  if (task.checks.length === 0) return task.outcome === outcome ? task.points : 0;
  return task.checks.filter((check) => check.outcome === outcome).reduce((sum, { points }) => sum + points, 0);
}
