/**
 * The system-call filter, as the bytes that `bwrap --seccomp FD` wants: a classic BPF program, written
 * here because that needs no compiler and no library. The kernel runs it before every system call.
 *
 * Traps it is shaped around: clone3 hides its flags behind a pointer, so it is reported as absent and
 * glibc falls back to clone; a 32-bit or x32 call has other numbers, so both are deadly; a filter sees
 * arguments as 64 bits where the kernel uses 32, so only the low halves are compared.
 */
import { judged, NEWEST_KNOWN, type Processor, refused } from './syscalls.ts';

/** Code, jump if true, jump if false, constant. */
export type Instruction = readonly [code: number, jt: number, jf: number, k: number];

export const errno = { EPERM: 1, ENOSYS: 38, EAFNOSUPPORT: 97 } as const;

export const verdict = {
  allow: 0x7fff0000,
  kill: 0x80000000,
  refuse: (number: number): number => 0x00050000 | number,
} as const;

const AUDIT_ARCH: Readonly<Record<Processor, number>> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** x32 calls come with the processor of x86-64 and this bit in the number. */
const X32_BIT = 0x40000000;

const CLONE_THREAD = 0x10000;
/** MAP_SHARED | MAP_ANONYMOUS: memory that RLIMIT_DATA does not count. */
const SHARED_ANONYMOUS = 0x21;
/** TIOCSTI and TIOCLINUX type into a terminal. */
const TERMINAL_INPUT = [0x5412, 0x541c];
/** F_SETLK, F_SETLKW, F_OFD_SETLK, F_OFD_SETLKW, F_SETLEASE: like flock, a channel between two boxes. */
const FILE_LOCKS = [6, 7, 37, 38, 1024];

const CODE = { load: 0x20, equal: 0x15, atLeast: 0x35, anyBit: 0x45, and: 0x54, ret: 0x06 } as const;

/** Offsets into what the kernel shows a filter: struct seccomp_data, little-endian on both processors. */
const AT = { number: 0, processor: 4, argument: (index: number): number => 16 + 8 * index } as const;

type Step = { readonly code: number; readonly k: number; readonly yes?: Place; readonly no?: Place; readonly label?: Place };
type Place = 'kill' | 'refuse' | 'absent' | 'no-network' | 'clone' | 'ioctl' | 'fcntl' | 'mmap';

export function filterBytes(processor: Processor): Buffer {
  const program = filterProgram(processor);
  const bytes = Buffer.alloc(program.length * 8);
  for (const [index, [code, jt, jf, k]] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jt, index * 8 + 2);
    bytes.writeUInt8(jf, index * 8 + 3);
    bytes.writeUInt32LE(k, index * 8 + 4);
  }
  return bytes;
}

export function filterProgram(processor: Processor): readonly Instruction[] {
  const is = (k: number | null, yes: Place): readonly Step[] => (k === null ? [] : [{ code: CODE.equal, k, yes }]);
  const load = (k: number, label?: Place): Step => ({ code: CODE.load, k, ...(label === undefined ? {} : { label }) });
  const end = (label: Place, k: number): Step => ({ code: CODE.ret, k, label });
  return assemble([
    load(AT.processor),
    { code: CODE.equal, k: AUDIT_ARCH[processor], no: 'kill' },
    load(AT.number),
    ...(processor === 'x64' ? [{ code: CODE.atLeast, k: X32_BIT, yes: 'kill' } as const] : []),
    { code: CODE.atLeast, k: NEWEST_KNOWN + 1, yes: 'absent' },
    ...is(judged.clone3[processor], 'absent'),
    ...refused.flatMap((call) => is(call[processor], 'refuse')),
    ...is(judged.socket[processor], 'no-network'),
    ...is(judged.clone[processor], 'clone'),
    ...is(judged.ioctl[processor], 'ioctl'),
    ...is(judged.fcntl[processor], 'fcntl'),
    ...is(judged.mmap[processor], 'mmap'),
    { code: CODE.ret, k: verdict.allow },

    // Threads, yes; processes, no.
    load(AT.argument(0), 'clone'),
    { code: CODE.anyBit, k: CLONE_THREAD, no: 'refuse' },
    { code: CODE.ret, k: verdict.allow },
    load(AT.argument(1), 'ioctl'),
    ...TERMINAL_INPUT.flatMap((request) => is(request, 'refuse')),
    { code: CODE.ret, k: verdict.allow },
    load(AT.argument(1), 'fcntl'),
    ...FILE_LOCKS.flatMap((command) => is(command, 'refuse')),
    { code: CODE.ret, k: verdict.allow },
    load(AT.argument(3), 'mmap'),
    { code: CODE.and, k: SHARED_ANONYMOUS },
    { code: CODE.equal, k: SHARED_ANONYMOUS, yes: 'refuse' },
    { code: CODE.ret, k: verdict.allow },

    end('refuse', verdict.refuse(errno.EPERM)),
    end('absent', verdict.refuse(errno.ENOSYS)),
    end('no-network', verdict.refuse(errno.EAFNOSUPPORT)),
    end('kill', verdict.kill),
  ]);
}

/** Jumps count the instructions between, in one byte, and lead forward only. */
function assemble(steps: readonly Step[]): readonly Instruction[] {
  const places = new Map(steps.flatMap(({ label }, index) => (label === undefined ? [] : [[label, index] as const])));
  const distance = (from: number, to: Place | undefined): number => {
    if (to === undefined) return 0;
    const jump = (places.get(to) ?? -1) - from - 1;
    if (jump < 0 || jump > 255) throw new Error(`the filter cannot jump ${jump} instructions to ${to}`);
    return jump;
  };
  return steps.map(({ code, k, yes, no }, index) => [code, distance(index, yes), distance(index, no), k]);
}
