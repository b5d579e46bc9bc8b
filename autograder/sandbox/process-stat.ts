/** What procfs tells of a process: who it is, and what it has used. Null when it is gone, or the system has no procfs. */
import fs from 'node:fs';

/** Ticks per second of /proc/PID/stat: fixed at 100 for every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

const NANOSECONDS = 1e9;

/** User plus system seconds of all threads and of the children that it waited for. A verdict rests on it, so that a busy machine costs no marks. */
export function cpuSecondsOf(pid: number): number | null {
  const fields = statFields(pid);
  if (fields === null) return null;
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return Number.isFinite(ticks) ? ticks / TICKS_PER_SECOND : null;
}

/** Seconds the first thread was ready to run and had to wait for a processor; null where the kernel does not count them. */
export function waitedSecondsOf(pid: number): number | null {
  const waited = Number(read(`/proc/${pid}/schedstat`)?.split(' ')[1]);
  return Number.isFinite(waited) ? waited / NANOSECONDS : null;
}

/** Memory that is in use, and memory of its own that it has asked for (what RLIMIT_DATA bounds). */
export function memoryMegabytesOf(pid: number): { readonly used: number; readonly asked: number } | null {
  const status = read(`/proc/${pid}/status`);
  // Files that are mapped are not counted: the machine can take them back at any time.
  const used = kibibytes(status, 'RssAnon');
  const asked = kibibytes(status, 'VmData');
  return used === null || asked === null ? null : { used: used / 1024, asked: asked / 1024 };
}

export function kibibytes(status: string | null, field: string): number | null {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status ?? '')?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * `pid-start-boot`: numbers are used again, so the start time and the boot belong to the name. Null when
 * the process has ended; zombies have.
 */
export function identityOf(pid: number): string | null {
  const fields = statFields(pid);
  if (fields === null || fields[0] === 'Z' || fields[0] === 'X') return null;
  return `${pid}-${fields[19]}-${bootOf()}`;
}

export function isAlive(identity: string): boolean {
  const pid = Number(identity.split('-')[0]);
  return Number.isSafeInteger(pid) && pid > 0 && identityOf(pid) === identity;
}

/** The fields of /proc/PID/stat from the third on. */
function statFields(pid: number): readonly string[] | null {
  // The second field is the program's name in brackets and may hold anything: count from the last bracket.
  const stat = read(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

let boot: string | null = null;

function bootOf(): string {
  // The first block is enough to tell this start of the machine from the last.
  boot ??= (read('/proc/sys/kernel/random/boot_id') ?? '').slice(0, 8);
  return boot;
}

function read(file: string): string | null {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
