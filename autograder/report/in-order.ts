/** The order of every view of a class: by student id, by code unit, so that no locale changes the bytes. */
import type { SubmissionResult } from '../../contract/result.ts';

export function inOrder(results: readonly SubmissionResult[]): readonly SubmissionResult[] {
  return results.toSorted((a, b) => compareText(a.student.id, b.student.id) || compareText(a.source, b.source));
}

export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
