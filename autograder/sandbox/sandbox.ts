/**
 * Theory of operation. The grader (this process) starts one child per hand-in and backend. Three pipes
 * join them: stdout and stderr (counted and thrown away: console text comes in frames) and descriptor 3,
 * both ways, for frames. The child gets inputs and returns outputs; the grader keeps the expected values,
 * watches the child's CPU time and ends the whole process group. (On Windows, frames go over stdin and stdout.) Whatever the child does to itself, the
 * worst it can send is an answer.
 *
 * Two kinds: the box (bubblewrap.ts: own namespaces, minimal read-only root, no network, a filter on
 * system calls) and the bare process (bare.ts: no protection, for a student's own code on their own
 * machine). A box has a user of its own where the grader is root (slots.ts) and a control group where the
 * machine lets us make one (cgroup.ts); both are given back when all of it is gone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import { Duplex, type Readable } from 'node:stream';
import { bareCommand } from './bare.ts';
import { boxCommand } from './bubblewrap.ts';
import { cgroupPlace } from './cgroup.ts';
import { confine, type Confinement, unconfined } from './confinement.ts';
import { coverInherited } from './descriptors.ts';
import { ranOutOfMemory } from './ending.ts';
import type { Command, FileArgument, Launch } from './launch.ts';
import type { ResourceCeiling } from './limits.ts';
import { cpuSecondsOf, memoryMegabytesOf, waitedSecondsOf } from './process-stat.ts';

export { isReadableByAll } from './staging.ts';
export type { FileArgument, Launch, ResourceCeiling };

export type Isolation = 'bubblewrap' | 'none';

/** A running child. */
export interface Child {
  readonly channel: Duplex;
  /**
   * Settles once every limit holds; no hand-in may be sent before. The control group is filled while the
   * child loads its trusted code, because the kernel takes longer to move a process than to start one.
   */
  readonly confined: Promise<void>;
  /** Settles once the process and everything it started is gone and its pipes are closed. */
  readonly closed: Promise<Closed>;
  /** CPU seconds used so far by the program inside; null where the system does not tell. */
  readonly cpuSeconds: () => number | null;
  /** Seconds it was ready to run and had to wait for a processor; null where the system does not tell. */
  readonly waitedSeconds: () => number | null;
  /** Whether it uses more memory than it may. Looks only where nothing else bounds it: asked now and then. */
  readonly overMemory: () => boolean;
  /** Bytes written to stdout and stderr around the channel. */
  readonly strayOutput: () => number;
  /** The last words on stderr, for staff, when a child never became ready. */
  readonly lastWords: () => string;
  readonly kill: () => void;
  /** Number of the program inside, as the grader sees it; undefined until it is known. */
  readonly pid: () => number | undefined;
}

export interface Closed {
  readonly code: number | null;
  readonly signal: string | null;
  readonly outOfMemory: boolean;
}

const LAST_WORDS = 2000;

/** What outlives its parent (only outside the box can it) may hold the pipes open no longer than this. */
const LINGER_MILLISECONDS = 1000;

/** Why boxes have no control group here; null where they have. */
export function missingControlGroups(): string | null {
  const place = cgroupPlace();
  return 'version' in place ? null : place.missing;
}

const alive = new Set<ChildProcess>();

/** Ends every child at once: for Ctrl-C, so that none outlives the grader. */
export function killEveryChild(): void {
  for (const child of alive) killGroup(child);
}

/** @throws where no box can be made: no folder for slots, no filter for this processor. */
export function startChild(launch: Launch, isolation: Isolation, ceiling: ResourceCeiling): Child {
  const confinement = isolation === 'none' ? unconfined : confine(launch, ceiling);
  const command = isolation === 'none' ? bareCommand(launch) : boxCommand(launch, ceiling, confinement.enforcement);
  const child = startProcess(command, confinement);
  const [stdin, stdout, stderr, third, ...rest] = child.stdio as unknown as [Duplex, Readable, Readable, Duplex, ...Duplex[]];
  const onStdio = command.frames === 'stdio';
  const channel = onStdio ? Duplex.from({ readable: stdout, writable: stdin }).on('error', () => undefined) : third;
  // Frames come on one pipe only; what comes on the others is counted and thrown away.
  if (!onStdio) stdin?.end();

  let stray = 0;
  let lastWords = '';
  if (!onStdio) {
    stdout?.on('data', (chunk: Buffer) => {
      stray += chunk.length;
    });
  }
  stderr?.on('data', (chunk: Buffer) => {
    stray += chunk.length;
    lastWords = (lastWords + chunk.toString('utf8')).slice(-LAST_WORDS);
  });

  let pid = command.reportsPid ? undefined : child.pid;
  const report = rest[command.inputs.length];
  const reported = command.reportsPid && report !== undefined ? reportedPid(report) : Promise.resolve(null);
  const confined = reported.then(async (inner) => {
    if (inner === null || child.pid === undefined) return;
    pid = inner;
    if (!(await confinement.enclose([child.pid, inner]))) killGroup(child);
  });

  let memoryShare = 0;
  const lookAtMemory = (): boolean => {
    const memory = pid === undefined || confinement.group !== null ? null : memoryMegabytesOf(pid);
    if (memory === null) return false;
    const { dataMegabytes } = confinement.enforcement;
    if (dataMegabytes !== null) memoryShare = Math.max(memoryShare, memory.asked / dataMegabytes);
    return memory.used > ceiling.memoryMegabytes;
  };

  return {
    channel,
    confined,
    closed: whenClosed(child).then(({ code, signal }) => {
      const killedForMemory = confinement.group?.ranOutOfMemory() ?? false;
      confinement.release();
      return { code, signal, outOfMemory: ranOutOfMemory({ killedForMemory, lastWords, memoryShare, code }) };
    }),
    cpuSeconds: () => (pid === undefined ? null : cpuSecondsOf(pid)),
    waitedSeconds: () => (pid === undefined ? null : waitedSecondsOf(pid)),
    overMemory: lookAtMemory,
    strayOutput: () => stray,
    lastWords: () => lastWords,
    kill: () => killGroup(child),
    pid: () => pid,
  };
}

function startProcess(command: Command, confinement: Confinement): ChildProcess {
  const pipes = 4 + command.inputs.length + (command.reportsPid ? 1 : 0);
  const { stdio, opened } = coverInherited(Array.from({ length: pipes }, () => 'pipe' as const));
  const child = spawn(command.program, command.arguments, {
    // A group of its own, so that one signal ends all of it. Never 'inherit': it would lead back to us.
    detached: process.platform !== 'win32',
    stdio,
    env: command.environment,
    cwd: '/',
    windowsHide: true,
    ...(confinement.user === null ? {} : { uid: confinement.user, gid: confinement.user }),
  });
  if (opened !== null) fs.closeSync(opened);
  alive.add(child);

  const streams = child.stdio as unknown as Duplex[];
  // A child that dies early closes these under our hands: EPIPE is its ending, not our crash.
  for (const stream of streams) stream?.on('error', () => undefined);
  // bubblewrap starts nothing before it has read its arguments, so all that it starts is marked too.
  if (child.pid !== undefined) confinement.mark(child.pid);
  for (const [index, input] of command.inputs.entries()) streams[4 + index]?.end(input);
  return child;
}

function whenClosed(child: ChildProcess): Promise<Omit<Closed, 'outOfMemory'>> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      alive.delete(child);
      resolve({ code: null, signal: error.message });
    });
    // 'close' and not 'exit': grandchildren may outlive the first process by some milliseconds.
    child.once('exit', () => {
      const linger = setTimeout(() => child.stdio.forEach((stream) => stream?.destroy()), LINGER_MILLISECONDS);
      child.once('close', () => clearTimeout(linger));
    });
    child.once('close', (code, signal) => {
      alive.delete(child);
      resolve({ code, signal });
    });
  });
}

function killGroup(child: ChildProcess): void {
  // Once it is gone its number may belong to another child.
  if (child.pid === undefined || !alive.has(child)) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

/** Null when the box ended before it said. */
function reportedPid(report: Readable): Promise<number | null> {
  return new Promise((resolve) => {
    let text = '';
    report.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(0, 10_000);
      const pid = /"child-pid":\s*(\d+)/.exec(text)?.[1];
      if (pid !== undefined) resolve(Number(pid));
    });
    report.on('close', () => resolve(null));
  });
}
