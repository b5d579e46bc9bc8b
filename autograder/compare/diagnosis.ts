/** What wrong numbers are the result of: one known mistake, or two, or else the pattern of the difference. */
import type { KnownMistake } from '../../contract/expectation.ts';
import type { CheckResult, Diagnosis } from '../../contract/outcome.ts';
import { componentOrder, type FunctionTask } from '../../contract/task.ts';
import type { Evidence } from './evidence.ts';
import { findMistake } from './known-mistake.ts';
import { findPair } from './mistake-pair.ts';
import { findPattern } from './pattern.ts';

/** `layouts` in which the noise can have been drawn; none where it cannot be compared. */
export function diagnose(
  task: FunctionTask,
  checks: readonly CheckResult[],
  evidence: readonly Evidence[],
  mistakes: () => readonly KnownMistake[],
  layouts: readonly string[],
): Diagnosis | null {
  const stage = firstFailed(task, checks);
  if (stage === null) return null;
  const order = componentOrder(task);
  const found = findMistake(evidence, mistakes(), stage, order);
  if (found !== null || stage !== 'values') return found;
  const ofValues = evidence.filter(({ expectation }) => task.checks.some(({ id, kind }) => kind === 'value' && expectation.checks.includes(id)));
  return findPair(ofValues, mistakes(), layouts, order) ?? findPattern(ofValues, layouts, order);
}

/** Extremes and gradients of wrong values say nothing more. */
function firstFailed(task: FunctionTask, checks: readonly CheckResult[]): KnownMistake['seenIn'] | null {
  const failed = new Set(checks.filter(({ outcome }) => outcome === 'fail').map(({ check }) => task.checks.find(({ id }) => id === check)?.kind));
  if (failed.has('value')) return 'values';
  if (failed.has('stability')) return 'stability';
  return failed.has('gradient') ? 'gradient' : null;
}
