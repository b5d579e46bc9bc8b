/**
 * A control group per box, where the machine lets us make one: it counts all memory of all processes in
 * it (also what no resource limit sees), kills what passes the limit, and says that it did.
 *
 * Two generations of the interface. Version 2: any folder whose children have the memory and pids
 * controllers and which we may write, ours or one above it. Version 1: as root, below our own group of
 * each hierarchy, so that the limits around us go on holding.
 */
import fs from 'node:fs';
import path from 'node:path';
import { type CgroupFolders, type CgroupPlace, ownFolders } from './cgroup-folders.ts';
import { identityOf, isAlive } from './process-stat.ts';

const MEBIBYTE = 1 << 20;
const PREFIX = 'elbow-box-';

export interface CgroupLimits {
  readonly memoryMegabytes: number;
  readonly processes: number;
}

export interface Cgroup {
  /** Moves processes in, with all their threads. Takes some ten milliseconds, which the kernel waits and nobody computes. */
  readonly add: (pids: readonly number[]) => Promise<void>;
  /** Whether the kernel ended a process of the group for its memory. */
  readonly ranOutOfMemory: () => boolean;
  /** Once all its processes have ended. */
  readonly remove: () => void;
}

let place: CgroupPlace | { readonly missing: string } | null = null;

/** `ELBOW_CONTROL_GROUPS=off` does without them: to grade where they misbehave, and to try what then holds. */
const SWITCH = 'ELBOW_CONTROL_GROUPS';

/** Where this process can make groups, or why it cannot; looked up once. */
export function cgroupPlace(): CgroupPlace | { readonly missing: string } {
  if (place === null) {
    place = process.env[SWITCH] === 'off' ? { missing: `${SWITCH}=off turns control groups off` } : findPlace(ownFolders());
    if ('version' in place) removeAbandoned(place);
  }
  return place;
}

/** From now on there are none: the next box is bounded by resource limits. */
export function loseCgroups(missing: string): void {
  place = { missing };
}

let made = 0;

export function makeCgroup({ version, memory, pids }: CgroupPlace, limits: CgroupLimits): Cgroup {
  made += 1;
  const name = `${PREFIX}${identityOf(process.pid)}-${made}`;
  if (made === 1) process.once('exit', removeAllNow);
  const folders = [...new Set([memory, pids])].map((folder) => path.join(folder, name));
  const [memoryGroup, pidsGroup] = [path.join(memory, name), path.join(pids, name)];
  for (const folder of folders) {
    fs.mkdirSync(folder);
    open.add(folder);
  }
  try {
    limitMemory(version, memoryGroup, limits.memoryMegabytes * MEBIBYTE);
    fs.writeFileSync(path.join(pidsGroup, 'pids.max'), String(limits.processes));
  } catch (error) {
    removeFolders(folders);
    throw error;
  }
  return {
    add: async (processes) => {
      for (const folder of folders) for (const pid of processes) await fs.promises.writeFile(path.join(folder, 'cgroup.procs'), String(pid));
    },
    ranOutOfMemory: () => /^oom_kill [1-9]/m.test(fs.readFileSync(path.join(memoryGroup, version === 2 ? 'memory.events' : 'memory.oom_control'), 'utf8')),
    remove: () => removeFolders(folders),
  };
}

/** Swap counts too: memory that is only moved away is still taken from the machine. */
function limitMemory(version: 1 | 2, group: string, bytes: number): void {
  const [limit, swap] = version === 2 ? ['memory.max', 'memory.swap.max'] : ['memory.limit_in_bytes', 'memory.memsw.limit_in_bytes'];
  fs.writeFileSync(path.join(group, limit), String(bytes));
  const swapFile = path.join(group, swap);
  if (fs.existsSync(swapFile)) fs.writeFileSync(swapFile, version === 2 ? '0' : String(bytes));
  else if (hasSwap()) throw new Error('the kernel does not count swap (swapaccount=1), so a limit on memory would not hold');
}

function hasSwap(): boolean {
  return !/^SwapTotal:\s+0 kB/m.test(fs.readFileSync('/proc/meminfo', 'utf8'));
}

function findPlace(candidates: CgroupFolders): CgroupPlace | { readonly missing: string } {
  const refusals: string[] = [candidates.missing];
  for (const candidate of candidates.places) {
    try {
      makeCgroup(candidate, { memoryMegabytes: 64, processes: 16 }).remove();
      return candidate;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      refusals.push(code === undefined ? message : `no control group can be made in ${candidate.memory} (${code})`);
    }
  }
  return { missing: refusals.find((refusal) => refusal !== '') ?? 'this system has no control groups' };
}

const open = new Set<string>();

/** A group that still holds a dying process cannot be removed: its end is a matter of milliseconds. */
function removeFolders(folders: readonly string[]): void {
  const left = folders.filter((folder) => !isRemoved(folder));
  // Nothing waits for it: at the end of the grader, or of the next one, what is left is removed.
  if (left.length > 0) setTimeout(() => removeFolders(left), 20).unref();
}

/** At the end of the grader no timer runs any more. */
function removeAllNow(): void {
  const deadline = Date.now() + 500;
  while ([...open].some((folder) => !isRemoved(folder)) && Date.now() < deadline) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

function isRemoved(folder: string): boolean {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
  }
  open.delete(folder);
  return true;
}

/** Groups of graders that were killed. Their boxes died with them, so they are empty. */
export function removeAbandoned({ memory, pids }: CgroupPlace): void {
  for (const folder of new Set([memory, pids])) {
    for (const name of fs.readdirSync(folder)) {
      if (!name.startsWith(PREFIX)) continue;
      const owner = name.slice(PREFIX.length, name.lastIndexOf('-'));
      if (!isAlive(owner)) isRemoved(path.join(folder, name));
    }
  }
}
