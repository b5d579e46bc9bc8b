/** The system-call filter: as the kernel would read it, for both processors, and as the kernel does run it, for this one. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProbeCall } from '../../../autograder/host/probe-program.ts';
import { errno, filterBytes, filterProgram, type Instruction, verdict } from '../../../autograder/sandbox/seccomp.ts';
import { judged, NEWEST_KNOWN, type Processor, refused, type SystemCall } from '../../../autograder/sandbox/syscalls.ts';
import { describeIsolated } from '../session/student-session.ts';
import { callInBox, CEILING } from './run-in-box.ts';

const ARCH: Readonly<Record<Processor, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };
const PROCESSORS: readonly Processor[] = ['x64', 'arm64'];

/** What the kernel does with the program: one accumulator, forward jumps. */
function judge(program: readonly Instruction[], arch: number, number: number, values: readonly bigint[] = []): number {
  const shown = Buffer.alloc(64);
  shown.writeUInt32LE(number, 0);
  shown.writeUInt32LE(arch, 4);
  for (const [index, value] of values.entries()) shown.writeBigUInt64LE(BigInt.asUintN(64, value), 16 + 8 * index);
  let accumulator = 0;
  for (let at = 0; at < program.length; at += 1) {
    const [code, jt, jf, k] = program[at] ?? [0, 0, 0, 0];
    if (code === 0x20) accumulator = shown.readUInt32LE(k);
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x06) return k;
    else at += (code === 0x15 ? accumulator === k : code === 0x35 ? accumulator >= k : ((accumulator & k) >>> 0) !== 0) ? jt : jf;
  }
  throw new Error('the program ends without a verdict');
}

describe.each(PROCESSORS)('the filter for %s', (processor) => {
  const program = filterProgram(processor);
  const on = (number: number, ...values: readonly bigint[]): number => judge(program, ARCH[processor], number, values);
  const numbered = (calls: readonly SystemCall[]) => calls.flatMap((call) => (call[processor] === null ? [] : [[call.name, call[processor]] as const]));

  it('refuses every call of the list, and no other that is known', () => {
    const listed = new Map(numbered(refused).map(([name, number]) => [number, name]));
    const special = new Set(numbered(Object.values(judged)).map(([, number]) => number));
    for (let number = 0; number <= NEWEST_KNOWN; number += 1) {
      if (special.has(number)) continue;
      expect([number, on(number)]).toEqual([number, listed.has(number) ? verdict.refuse(errno.EPERM) : verdict.allow]);
    }
  });

  it('lets threads be made and no processes, and hides clone3', () => {
    const clone = judged.clone[processor] ?? 0;
    expect(on(clone, 0x3d0f00n)).toBe(verdict.allow);
    expect(on(clone, 17n)).toBe(verdict.refuse(errno.EPERM));
    expect(on(clone, 0x4111n)).toBe(verdict.refuse(errno.EPERM));
    // The kernel reads 32 bits of the flags: what stands above them must not help.
    expect(on(clone, (0x10000n << 32n) | 17n)).toBe(verdict.refuse(errno.EPERM));
    expect(on(judged.clone3[processor] ?? 0)).toBe(verdict.refuse(errno.ENOSYS));
  });

  it('has no network, no typing into terminals, no file locks, no shared memory', () => {
    expect(on(judged.socket[processor] ?? 0, 2n, 1n)).toBe(verdict.refuse(errno.EAFNOSUPPORT));
    const [ioctl, fcntl, mmap] = [judged.ioctl[processor] ?? 0, judged.fcntl[processor] ?? 0, judged.mmap[processor] ?? 0];
    for (const request of [0x5412n, 0x541cn, (1n << 32n) | 0x5412n]) expect(on(ioctl, 1n, request)).toBe(verdict.refuse(errno.EPERM));
    expect(on(ioctl, 1n, 0x5401n)).toBe(verdict.allow);
    for (const command of [6n, 7n, 37n, 38n, 1024n]) expect(on(fcntl, 1n, command)).toBe(verdict.refuse(errno.EPERM));
    for (const command of [1n, 3n, 4n, 1030n]) expect(on(fcntl, 1n, command)).toBe(verdict.allow);
    for (const flags of [0x21n, 0x23n, 0x8021n]) expect(on(mmap, 0n, 4096n, 3n, flags)).toBe(verdict.refuse(errno.EPERM));
    for (const flags of [0x22n, 0x02n, 0x01n]) expect(on(mmap, 0n, 4096n, 3n, flags)).toBe(verdict.allow);
  });

  it('is deadly to calls of another processor or width', () => {
    for (const arch of [0x40000003, 0x40000028, ARCH[processor === 'x64' ? 'arm64' : 'x64'], 0]) expect(judge(program, arch, 0)).toBe(verdict.kill);
    const x32 = [0x40000000, 0x40000000 + 59, 0xffffffff];
    // Only x86-64 has a second width behind the same processor number; elsewhere such numbers are just unknown.
    for (const number of x32) expect(on(number)).toBe(processor === 'x64' ? verdict.kill : verdict.refuse(errno.ENOSYS));
  });

  it('knows no call that is newer than it', () => {
    expect(on(NEWEST_KNOWN + 1)).toBe(verdict.refuse(errno.ENOSYS));
    expect(on(1000)).toBe(verdict.refuse(errno.ENOSYS));
  });

  it('is eight bytes an instruction, ends in a verdict and fits the kernel', () => {
    const bytes = filterBytes(processor);
    expect(bytes.length).toBe(program.length * 8);
    expect(program.length).toBeLessThan(4096);
    expect(program.at(-1)?.[0]).toBe(0x06);
    expect([bytes.readUInt16LE(0), bytes[2], bytes[3], bytes.readUInt32LE(4)]).toEqual(program[0]);
  });

  it('names no number twice', () => {
    const numbers = numbered([...refused, ...Object.values(judged)]).map(([, number]) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('the numbers', () => {
  const headers: Readonly<Record<Processor, string>> = { x64: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h', arm64: '/usr/include/asm-generic/unistd.h' };

  it.each(PROCESSORS)('are those of the kernel’s own headers on %s (where this machine has them)', (processor) => {
    const text = fs.existsSync(headers[processor]) ? fs.readFileSync(headers[processor], 'utf8') : '';
    const numbers = new Map([...text.matchAll(/^#define __NR(?:3264)?_(\w+)\s+(\d+)$/gm)].map(([, name, number]) => [name, Number(number)]));
    // Headers may be older than a call.
    const known = [...refused, ...Object.values(judged)].filter((call) => numbers.has(call.name));
    expect(known.map((call) => [call.name, call[processor]])).toEqual(known.map((call) => [call.name, numbers.get(call.name)]));
    expect(text === '' || known.length > 80).toBe(true);
  });
});

const here: Processor = process.arch === 'arm64' ? 'arm64' : 'x64';
const call = (name: string, ...values: ProbeCall['arguments']): ProbeCall => {
  const found = [...refused, ...Object.values(judged)].find((entry) => entry.name === name)?.[here];
  if (typeof found !== 'number') throw new Error(`no ${name} here`);
  return { number: found, arguments: values };
};

/** Each of these does something when nothing refuses it, even to an ordinary user. */
const PROBES: readonly (readonly [name: string, call: ProbeCall, error: number])[] = [
  ['a socket to the network', call('socket', 2, 1, 0), errno.EAFNOSUPPORT],
  ['a socket to the machine', call('socket', 1, 1, 0), errno.EAFNOSUPPORT],
  ['a socket to the kernel', call('socket', 16, 3, 0), errno.EAFNOSUPPORT],
  ['a process', call('clone', 17), errno.EPERM],
  ['a process by clone3', call('clone3', 0, 0), errno.ENOSYS],
  ['a process in namespaces of its own', call('clone', 0x10000011 | 0x20000), errno.EPERM],
  ['namespaces of its own', call('unshare', 0x10000000), errno.EPERM],
  ['nothing at all of unshare', call('unshare', 0), errno.EPERM],
  ['being traced', call('ptrace', 0), errno.EPERM],
  ['a handle of a process', call('pidfd_open', 1, 0), errno.EPERM],
  ['memory of a process', call('process_vm_readv', 1, 0, 0, 0, 0, 0), errno.EPERM],
  ['a file of memory', call('memfd_create', 'x', 0), errno.EPERM],
  ['shared memory', call('shmget', 0, 4096, 0o1600), errno.EPERM],
  ['shared anonymous memory', call('mmap', 0, 4096, 3, 0x21, -1, 0), errno.EPERM],
  ['a message queue', call('msgget', 0, 0o1600), errno.EPERM],
  ['a semaphore', call('semget', 0, 1, 0o1600), errno.EPERM],
  ['a key', call('add_key', 'user', 'x', 'y', 1, -2), errno.EPERM],
  ['a keyring', call('keyctl', 0, -3, 0), errno.EPERM],
  ['an io_uring', call('io_uring_setup', 8, 0), errno.EPERM],
  ['a BPF program', call('bpf', 0, 0, 0), errno.EPERM],
  ['a userfaultfd', call('userfaultfd', 0), errno.EPERM],
  ['a performance counter', call('perf_event_open', 0, 0, -1, -1, 0), errno.EPERM],
  ['a mount', call('mount', '/', '/', 'tmpfs', 0, 0), errno.EPERM],
  ['another root', call('chroot', '/'), errno.EPERM],
  ['another personality', call('personality', 0xffffffff), errno.EPERM],
  ['a lock on a file', call('flock', 0, 1), errno.EPERM],
  ['a lock on a record', call('fcntl', 0, 6, 0), errno.EPERM],
  ['a key press', call('ioctl', 0, 0x5412, 0), errno.EPERM],
  ['a call of tomorrow', { number: NEWEST_KNOWN + 1, arguments: [] }, errno.ENOSYS],
  ...(here === 'x64' ? [['a process by fork', call('fork'), errno.EPERM] as const, ['a process by vfork', call('vfork'), errno.EPERM] as const] : []),
];

describeIsolated('bubblewrap')('in the real box', () => {
  it('the kernel refuses what the filter refuses', async () => {
    const { results } = await callInBox(PROBES.map(([, probe]) => probe));
    expect(Object.fromEntries(PROBES.map(([name], index) => [name, results[index]]))).toEqual(Object.fromEntries(PROBES.map(([name, , error]) => [name, -error])));
  });

  it('(while without it, these can be had)', async () => {
    const possible = PROBES.filter(([name]) => ['a socket to the machine', 'nothing at all of unshare', 'a file of memory', 'shared anonymous memory', 'another personality'].includes(name));
    const { results } = await callInBox(possible.map(([, probe]) => probe), 'none');
    expect(results.every((result) => result !== undefined && (result >= 0 || result < -4095))).toBe(true);
  });

  it('there are as many pipes as files may be open, so that what they hold is little', async () => {
    // The kernel writes down the two ends of a pipe: room for that, at a place of our choice.
    const room = 0x10000000;
    const pipe: ProbeCall = { number: here === 'x64' ? 293 : 59, arguments: [room, 0] };
    const { results } = await callInBox([call('mmap', room, 4096, 3, 0x32, -1, 0), ...Array.from({ length: 100 }, () => pipe)]);
    expect(results[0]).toBe(room);
    const made = results.slice(1).filter((result) => result === 0).length;
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(CEILING.openFiles / 2);
    // EMFILE.
    expect(results.at(-1)).toBe(-24);
  });

  it.runIf(here === 'x64')('a 32-bit or x32 call is deadly', async () => {
    const getpid: ProbeCall = { number: 39, arguments: [] };
    for (const deadly of [{ number: 20, arguments: [], from32Bits: true }, { number: 0x40000000 + 39, arguments: [] }]) {
      const { results, run } = await callInBox([getpid, deadly, getpid]);
      expect(results).toEqual([1, undefined, undefined]);
      // 128 + SIGSYS, as bubblewrap tells it.
      expect(run.closed.code).toBe(159);
    }
  });
});
