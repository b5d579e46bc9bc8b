/**
 * Attempts to leave the box, made in the real one on this machine: nothing is believed from its mere
 * presence. Each canary is a sentence that must hold and what was seen; one that does not hold means that
 * this machine's box is not to be trusted with other people's code.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../paths.ts';
import { type Child, type Closed, type Launch, missingControlGroups, type ResourceCeiling, startChild } from '../sandbox/sandbox.ts';
import { judged, type Processor, refused } from '../sandbox/syscalls.ts';
import { INSIDE_PROBE, type InsideReport } from './inside-probe.ts';
import { type ProbeCall, probeProgram, probeResults } from './probe-program.ts';

export interface Canary {
  /** What must hold. */
  readonly claim: string;
  readonly holds: boolean;
  /** What was met instead; empty when it holds. */
  readonly seen: string;
}

const CEILING: ResourceCeiling = { cpuSeconds: 10, memoryMegabytes: 128, processes: 64, openFiles: 64 };

/** A box that has not answered by then is counted as one that does not work. */
const PATIENCE_MILLISECONDS = 20_000;

export async function runCanaries(): Promise<readonly Canary[]> {
  const groups = await Promise.all([refusedCalls(), insideAndOutside(), memoryBound()]);
  return groups.flat();
}

let slow: Promise<readonly Canary[]> | null = null;

/** Takes a second or two of CPU time, once a process: for the doctor, who is asked seldom. */
export function runSlowCanaries(): Promise<readonly Canary[]> {
  slow ??= computeForEver();
  return slow;
}

async function computeForEver(): Promise<readonly Canary[]> {
  const { closed } = await runScript('for (;;);', { ...CEILING, cpuSeconds: 1 });
  return [canary('a program that computes for ever is ended by the kernel too', closed !== null && closed.code !== 0, 'it had to be ended by elbow')];
}

/** Each of these does something for an ordinary user where nothing refuses it. */
const FORBIDDEN: readonly (readonly [claim: string, call: string, values: ProbeCall['arguments']])[] = [
  ['no process can be started', 'clone', [17]],
  ['no process can be traced', 'ptrace', [0]],
  ['no memory of a process can be read', 'process_vm_readv', [1, 0, 0, 0, 0, 0]],
  ['no descriptor can be taken from a process', 'pidfd_open', [1, 0]],
  ['no namespaces can be made', 'unshare', [0x10000000]],
  ['no root can be changed', 'chroot', ['/']],
  ['nothing can be mounted', 'mount', ['/', '/', 'tmpfs', 0, 0]],
  ['no file of memory can be made', 'memfd_create', ['x', 0]],
  ['no memory can be shared', 'shmget', [0, 4096, 0o1600]],
  ['no keys can be kept', 'keyctl', [0, -3, 0]],
  ['no lock can be taken', 'flock', [0, 1]],
  ['no io_uring can be set up', 'io_uring_setup', [8, 0]],
  ['no BPF program can be loaded', 'bpf', [0, 0, 0]],
  ['no page faults can be caught', 'userfaultfd', [0]],
  ['no counters of the processor can be read', 'perf_event_open', [0, 0, -1, -1, 0]],
  ['no socket to the network can be made', 'socket', [2, 1, 0]],
  ['no socket to this machine can be made', 'socket', [1, 1, 0]],
];

async function refusedCalls(): Promise<readonly Canary[]> {
  const processor: Processor = process.arch === 'arm64' ? 'arm64' : 'x64';
  const numbers = new Map([...refused, ...Object.values(judged)].map((call) => [call.name, call[processor]]));
  const calls = FORBIDDEN.map(([, name, values]) => ({ number: numbers.get(name) ?? -1, arguments: values }));
  // Where the grader is root, the box's user must be able to read the program.
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-canary-'));
  try {
    const program = path.join(folder, 'probe');
    fs.writeFileSync(program, probeProgram(calls, processor));
    for (const file of [folder, program]) fs.chmodSync(file, 0o755);
    const { output } = await run({ program, arguments: [], files: [], environment: {} });
    const results = probeResults(output);
    return FORBIDDEN.map(([claim, name], index) => {
      const result = results[index];
      return canary(claim, result !== undefined && result < 0, result === undefined ? `the probe ended before ${name}` : `${name} gave ${result}`);
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function insideAndOutside(): Promise<readonly Canary[]> {
  // A user without a home has the root for one, and every box has a root.
  const secrets = ['/etc/passwd', '/etc/hostname', os.homedir(), projectRoot, '/tmp', '/proc/1/environ', '/proc/self/fd', '/sys', '/dev/shm', '/dev/tty'].filter((file) => file !== '/');
  let outside: readonly Canary[] = [];
  const { output } = await runScript(INSIDE_PROBE.replace('QUESTIONS', JSON.stringify({ secrets, grader: process.pid })), CEILING, (child) => {
    outside = seenFromOutside(child);
  });
  const report = said(output) as InsideReport | null;
  if (report === null) return [canary('a box starts and answers', false, 'nothing came from it')];
  return [...seenFromInside(report), ...outside];
}

function seenFromInside(report: InsideReport): readonly Canary[] {
  const readable = Object.entries(report.read).filter(([, result]) => result !== 'ENOENT');
  const open = (attempts: Readonly<Record<string, string>>, refusals: RegExp): readonly string[] =>
    Object.entries(attempts).filter(([, result]) => !refusals.test(result)).map(([name, result]) => `${name}: ${result}`);
  return [
    canary('no file of this machine can be read', readable.length === 0, readable.map(([file, result]) => `${file}: ${result}`).join(', ')),
    canary('the environment is empty', report.environment.every((name) => name === 'PWD'), report.environment.join(', ')),
    canary('nothing can be written', open(report.write, /^E/).length === 0, open(report.write, /^E/).join(', ')),
    canary('no program can be run', open(report.run, /^E/).length === 0, open(report.run, /^E/).join(', ')),
    canary('nobody can be called', open(report.call, /^E/).length === 0, open(report.call, /^E/).join(', ')),
    canary('nobody can be signalled', open(report.signal, /^ESRCH$/).length === 0, open(report.signal, /^ESRCH$/).join(', ')),
    canary('there is no user to become', report.user !== 0 && open(report.become, /^E/).length === 0, `user ${report.user}, ${open(report.become, /^E/).join(', ')}`),
  ];
}

const NAMESPACES = ['user', 'pid', 'net', 'ipc', 'uts', 'mnt'] as const;

/** What the kernel says of the process, which it cannot colour. */
function seenFromOutside(child: Child): readonly Canary[] {
  const pid = child.pid();
  if (pid === undefined) return [canary('a box says which process is inside', false, 'it did not')];
  const status = new Map(fs.readFileSync(`/proc/${pid}/status`, 'utf8').split('\n').map((line) => line.split(':\t') as [string, string]));
  const is = (field: string, wanted: RegExp): boolean => wanted.test(status.get(field)?.trim() ?? '');
  const users = new Set((status.get('Uid') ?? '').split('\t').map(Number));
  const shared = NAMESPACES.filter((name) => linkOf(`/proc/${pid}/ns/${name}`) === linkOf(`/proc/self/ns/${name}`));
  const capabilities = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'].filter((field) => !is(field, /^0+$/));
  return [
    canary('system calls are filtered', is('Seccomp', /^2$/), `Seccomp: ${status.get('Seccomp')}`),
    canary('no privileges can be gained', is('NoNewPrivs', /^1$/), `NoNewPrivs: ${status.get('NoNewPrivs')}`),
    canary('there are no capabilities', capabilities.length === 0, capabilities.join(', ')),
    canary('it does not run as root', !users.has(0), `users ${[...users].join(' ')}`),
    canary('its namespaces are its own', shared.length === 0, `shared: ${shared.join(', ')}`),
    canary('its CPU time can be read', child.cpuSeconds() !== null, 'procfs does not tell'),
  ];
}

/** Where links of another user's process may not be read, two that are unknown must not look the same. */
function linkOf(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    return file;
  }
}

/** The claim that tells tier 1 from tier 2. */
export const COUNTED_MEMORY = 'a control group ends what takes too much memory';

async function memoryBound(): Promise<readonly Canary[]> {
  // Twice what it may have. The answer, if any, is the error's name.
  const { output, closed } = await runScript(
    'const all = []; try { for (let i = 0; i < 64; i += 1) all.push(Buffer.alloc(4 << 20, 1)); say(all.length); } catch (error) { say(error.name); }',
  );
  const answer = said(output);
  const bounded = closed?.outOfMemory === true && answer === null;
  return [
    canary('memory has an end', bounded || answer === 'RangeError', answer === null ? 'it ended for another reason' : `it got ${String(answer)} times 4 MB, with 128 MB allowed`),
    canary(COUNTED_MEMORY, bounded && missingControlGroups() === null, 'resource limits bound it instead'),
  ];
}

interface Run {
  readonly output: Buffer;
  /** Null when it had to be ended. */
  readonly closed: Closed | null;
}

/** Runs a script that says it is up, and begins once every limit holds; `look` sees it in between. */
function runScript(body: string, ceiling = CEILING, look: (child: Child) => void = () => undefined): Promise<Run> {
  const source = `const fs = require('fs'); const say = (value) => fs.writeSync(3, JSON.stringify(value)); fs.writeSync(3, '!'); fs.readSync(3, Buffer.alloc(1)); ${body}`;
  return run({ program: process.execPath, arguments: ['-e', source], files: [], environment: {} }, ceiling, (child) => {
    child.channel.once('data', () => {
      // Only now is it sure that the program runs, and no longer what makes the box around it.
      void child.confined.then(() => {
        look(child);
        child.channel.write('!');
      });
    });
  });
}

async function run(launch: Launch, ceiling = CEILING, begin: (child: Child) => void = () => undefined): Promise<Run> {
  const child = startChild(launch, 'bubblewrap', ceiling);
  const chunks: Buffer[] = [];
  child.channel.on('data', (chunk: Buffer) => chunks.push(chunk));
  begin(child);
  let impatient = false;
  const timer = setTimeout(() => {
    impatient = true;
    child.kill();
  }, PATIENCE_MILLISECONDS);
  const closed = await child.closed;
  clearTimeout(timer);
  return { output: Buffer.concat(chunks), closed: impatient ? null : closed };
}

/** What a script said after it was up. */
function said(output: Buffer): unknown {
  try {
    return JSON.parse(output.toString().slice(1));
  } catch {
    return null;
  }
}

function canary(claim: string, holds: boolean, seen: string): Canary {
  return { claim, holds, seen: holds ? '' : seen };
}
