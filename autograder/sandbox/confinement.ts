/** What a box has of its own beside its namespaces: a user where the grader is root, and a control group where one can be made. */
import fs from 'node:fs';
import { type Cgroup, cgroupPlace, loseCgroups, makeCgroup } from './cgroup.ts';
import type { Launch } from './launch.ts';
import { dataMegabytesFor, type Enforcement, type ResourceCeiling } from './limits.ts';
import { takeSlot } from './slots.ts';

/** Ready to be killed first when the whole machine runs out of memory: never the grader. */
const FIRST_TO_GO = '1000';

export interface Confinement {
  /** Null where the grader is an ordinary user: then the box runs as him. */
  readonly user: number | null;
  readonly group: Cgroup | null;
  readonly enforcement: Enforcement;
  /** Marks the first process of the box, before it starts another. */
  readonly mark: (pid: number) => void;
  /** Puts all processes of the box under the limits; false when that failed and they must not go on. */
  readonly enclose: (pids: readonly number[]) => Promise<boolean>;
  /** Once all of the box is gone. */
  readonly release: () => void;
}

/** A bare process is only watched. A grader that is root may have it run as somebody who can read nothing of root's. */
export const unconfined: Confinement = {
  user: process.getuid?.() === 0 && /^\d+$/.test(process.env['ELBOW_BARE_USER'] ?? '') ? Number(process.env['ELBOW_BARE_USER']) : null,
  group: null,
  enforcement: { ownUser: false, dataMegabytes: null },
  mark: () => undefined,
  enclose: () => Promise.resolve(true),
  release: () => undefined,
};

export function confine(launch: Launch, ceiling: ResourceCeiling): Confinement {
  const slot = takeSlot();
  try {
    const place = cgroupPlace();
    const group = 'version' in place ? makeCgroup(place, ceiling) : null;
    return {
      user: slot?.user ?? null,
      group,
      enforcement: { ownUser: slot !== null, dataMegabytes: group === null ? dataMegabytesFor(launch.program, ceiling.memoryMegabytes) : null },
      mark: markFirstToGo,
      enclose: (pids) => enclose(pids, group),
      release: () => {
        group?.remove();
        slot?.release();
      },
    };
  } catch (error) {
    slot?.release();
    throw error;
  }
}

function markFirstToGo(pid: number): void {
  try {
    fs.writeFileSync(`/proc/${pid}/oom_score_adj`, FIRST_TO_GO);
  } catch {
    // It has ended already, or procfs is closed to us; the limits hold without it.
  }
}

async function enclose(pids: readonly number[], group: Cgroup | null): Promise<boolean> {
  try {
    await group?.add(pids);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return true;
    // A child that ended at once has taken its group with it: no reason to do without groups from now on.
    if (code === 'ENOENT' || code === 'ENODEV') return false;
    // A machine that lets us make groups and not fill them: the next box does without.
    loseCgroups(error instanceof Error ? error.message : String(error));
    return false;
  }
}
