/**
 * Whether a task has used up its time. Two clocks: CPU seconds, for work without end, and wall seconds,
 * for waiting without end. On a busy machine a child also waits for a processor, which says nothing about
 * its code: that time is not counted, however often a task is asked again.
 */
import type { Ending } from '../../contract/reply.ts';
import type { Limits } from '../../contract/rubric.ts';

/** Readings of a child's clocks, in seconds; null where the system does not tell. */
export interface Spent {
  readonly cpu: number | null;
  /** Ready to run, and not run. */
  readonly waited: number | null;
  readonly wall: number;
}

/** A machine this much slower than the limit allows cannot grade: nobody's fault but the machine's. */
const PATIENCE = 10;

export function overrun(start: Spent, now: Spent, limits: Pick<Limits, 'cpuSeconds' | 'wallSeconds'>): Ending | null {
  const cpu = difference(start.cpu, now.cpu);
  const wall = now.wall - start.wall;
  if (cpu !== null && cpu > limits.cpuSeconds) return { kind: 'limit', limit: 'cpu-time', allowed: limits.cpuSeconds };
  // Where the system does not tell CPU time, wall time is all there is.
  const allowed = cpu === null ? limits.cpuSeconds * 2 : limits.wallSeconds;
  if (wall - (difference(start.waited, now.waited) ?? 0) > allowed) return { kind: 'limit', limit: 'wall-time', allowed };
  if (wall > allowed * PATIENCE) return { kind: 'our-fault', problem: `the machine was too busy: the child had to wait for a processor for most of ${Math.round(wall)} s` };
  return null;
}

function difference(start: number | null, now: number | null): number | null {
  return start === null || now === null ? null : Math.max(0, now - start);
}
