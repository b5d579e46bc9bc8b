/**
 * How far this machine's box is to be trusted. 1: namespaces, filter, and a control group that counts all
 * memory; 2: the same with resource limits in the group's place, enough for TypeScript; 3: anything less,
 * for one's own code on one's own machine only.
 */
import { lookAtBubblewrap, lookAtPrlimit } from './box-facts.ts';
import { type Canary, COUNTED_MEMORY, runCanaries } from './canaries.ts';
import { missingControlGroups } from '../sandbox/sandbox.ts';
import type { HostView } from './host-fact.ts';

export interface IsolationTier {
  readonly tier: 1 | 2 | 3;
  readonly why: readonly string[];
  /** What would make it better; empty when nothing would. */
  readonly cure: string;
}

const byPath = new Map<string, Promise<IsolationTier>>();

/** Tried once a process. */
export function tierOf(view: HostView): Promise<IsolationTier> {
  const known = byPath.get(view.path) ?? tryOut(view);
  byPath.set(view.path, known);
  return known;
}

async function tryOut(view: HostView): Promise<IsolationTier> {
  for (const found of await Promise.all([lookAtBubblewrap(view), lookAtPrlimit(view)])) {
    if (found.status !== 'present') return { tier: 3, why: [found.detail], cure: found.cure };
  }
  try {
    return judge(await runCanaries());
  } catch (error) {
    return { tier: 3, why: [error instanceof Error ? error.message : String(error)], cure: 'see docs/security.md' };
  }
}

export function judge(canaries: readonly Canary[]): IsolationTier {
  const broken = canaries.filter(({ claim, holds }) => !holds && claim !== COUNTED_MEMORY);
  if (broken.length > 0) return { tier: 3, why: broken.map(({ claim, seen }) => `not so: ${claim} (${seen})`), cure: 'see docs/security.md' };
  const tried = `${canaries.length - 1} checks of the box, made in a real one, all hold`;
  if (canaries.some(({ claim, holds }) => claim === COUNTED_MEMORY && holds)) return { tier: 1, why: [tried, COUNTED_MEMORY], cure: '' };
  return { tier: 2, why: [tried, `memory is bounded by resource limits: ${missingControlGroups() ?? 'it could not be filled'}`], cure: 'docs/security.md names the ways to a control group' };
}
