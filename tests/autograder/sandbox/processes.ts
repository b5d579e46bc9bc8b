/** What runs below this process, so that a test can see that nothing of a child is left. */
import fs from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process by number and start time, because numbers are used again. */
export type ProcessName = string;

/** Every process below this one; empty where the system has no procfs. */
export function descendants(of: number = process.pid): ReadonlySet<ProcessName> {
  const parents = new Map<number, { readonly parent: number; readonly name: ProcessName }>();
  for (const entry of fs.existsSync('/proc/self/stat') ? fs.readdirSync('/proc') : []) {
    const found = /^\d+$/.test(entry) ? readProcess(Number(entry)) : null;
    if (found !== null) parents.set(Number(entry), found);
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent;
    return parent !== undefined && (parent === of || isBelow(parent));
  };
  return new Set([...parents].filter(([pid]) => isBelow(pid)).map(([, { name }]) => name));
}

/** Those that still run, after a moment to end in; zombies do not run. */
export async function stillRunning(names: Iterable<ProcessName>, patienceSeconds = 5): Promise<readonly ProcessName[]> {
  const deadline = performance.now() + patienceSeconds * 1000;
  for (;;) {
    const left = [...names].filter((name) => readProcess(Number(name.split('@')[0]))?.name === name);
    if (left.length === 0 || performance.now() > deadline) return left;
    await sleep(20);
  }
}

function readProcess(pid: number): { parent: number; name: ProcessName } | null {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : { parent: Number(fields[1]), name: `${pid}@${fields[19]}` };
  } catch {
    return null;
  }
}
