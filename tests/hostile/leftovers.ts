/** What a batch may leave on the machine: nothing. Counted before and after, for this process and below it only. */
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, stillRunning } from '../autograder/sandbox/processes.ts';

export interface Machine {
  readonly processes: ReadonlySet<string>;
  readonly mounts: readonly string[];
  readonly temporary: readonly string[];
  readonly groups: readonly string[];
}

export function machineNow(): Machine {
  return { processes: descendants(), mounts: mounts(), temporary: fs.readdirSync(tmpdir()).toSorted(), groups: controlGroups() };
}

/** What was not there before. Other work on the machine may come and go meanwhile, so only names of ours count. */
export async function leftSince(before: Machine): Promise<Readonly<Record<'processes' | 'mounts' | 'temporary' | 'groups', readonly string[]>>> {
  const children = [...descendants()].filter((name) => !before.processes.has(name) && !isCompiler(name));
  const newGroups = (): readonly string[] => controlGroups().filter((group) => !before.groups.includes(group));
  // The kernel gives a group back some milliseconds after the last of its processes.
  for (let patience = 0; patience < 100 && newGroups().length > 0; patience += 1) await sleep(50);
  return {
    processes: await stillRunning(children),
    mounts: mounts().filter((mount) => !before.mounts.includes(mount)),
    temporary: fs.readdirSync(tmpdir()).filter((name) => !before.temporary.includes(name)),
    groups: newGroups(),
  };
}

/** Serves every batch of this process, and ends with it. */
function isCompiler(name: string): boolean {
  try {
    return fs.readFileSync(`/proc/${name.split('@')[0]}/cmdline`, 'utf8').includes('--service=');
  } catch {
    return false;
  }
}

/** Of this process's own mount namespace. */
function mounts(): readonly string[] {
  return fs
    .readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
}

/** Control groups of boxes that a grader made, this process unless another is named. */
export function controlGroups(grader = process.pid, folder = '/sys/fs/cgroup', depth = 0): readonly string[] {
  if (depth > 6 || !fs.existsSync(folder)) return [];
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [];
    const place = path.join(folder, entry.name);
    return [...(entry.name.startsWith(`elbow-box-${grader}-`) ? [place] : []), ...controlGroups(grader, place, depth + 1)];
  });
}
