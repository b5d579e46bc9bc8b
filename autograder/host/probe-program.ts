/**
 * A program that makes system calls Node has no function for (ptrace, memfd_create, fork) and says what
 * came of each: machine code put together here, because no compiler can be expected where elbow runs. It
 * is started in the real box like any child, and writes one 64-bit result a call to the grader's pipe.
 */
import type { Processor } from '../sandbox/syscalls.ts';

export interface ProbeCall {
  readonly number: number;
  /** Texts become pointers. Six at most. */
  readonly arguments: readonly (number | bigint | string)[];
  /** As a 32-bit program would call; x64 only. */
  readonly from32Bits?: boolean;
}

const LOAD_ADDRESS = 0x400000n;
const HEADERS = 64 + 56;
const PIPE = 3;

/** The whole ELF file. */
export function probeProgram(calls: readonly ProbeCall[], processor: Processor): Buffer {
  const code = processor === 'x64' ? x64 : arm64;
  const length = (addresses: readonly bigint[]): number => write(addresses).length;
  const texts = calls.flatMap((call) => call.arguments.filter((argument) => typeof argument === 'string'));
  // Every address takes the same room in the code, so its length is known before they are.
  const start = LOAD_ADDRESS + BigInt(HEADERS + length(texts.map(() => 0n)));
  const data = texts.map((text) => Buffer.from(`${text}\0`));
  const addresses = data.map((_, index) => start + BigInt(Buffer.concat(data.slice(0, index)).length));
  const body = Buffer.concat([write(addresses), ...data]);
  return Buffer.concat([headers(body.length, processor), body]);

  function write(places: readonly bigint[]): Buffer {
    const remaining = places.values();
    const value = (argument: number | bigint | string): bigint => (typeof argument === 'string' ? (remaining.next().value ?? 0n) : BigInt(argument));
    return Buffer.concat([...calls.map((call) => code.call(call, call.arguments.map(value))), code.exit]);
  }
}

/** What the program wrote: per call the result, negative for an error number. */
export function probeResults(bytes: Buffer): readonly number[] {
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, index) => Number(bytes.readBigInt64LE(index * 8)));
}

interface MachineCode {
  /** Makes the call, then writes its result to the pipe. */
  readonly call: (call: ProbeCall, values: readonly bigint[]) => Buffer;
  readonly exit: Buffer;
}

const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);

const x64: MachineCode = {
  call: ({ number, from32Bits }, values) => {
    // mov reg, imm64 for rax, then the arguments in the order of the calling convention.
    const registers = from32Bits === true ? [[0x48, 0xbb], [0x48, 0xb9], [0x48, 0xba]] : [[0x48, 0xbf], [0x48, 0xbe], [0x48, 0xba], [0x49, 0xba], [0x49, 0xb8], [0x49, 0xb9]];
    return Buffer.concat([
      bytes(0x48, 0xb8), word(BigInt(number)),
      ...registers.flatMap((register, index) => [bytes(...register), word(values[index] ?? 0n)]),
      from32Bits === true ? bytes(0xcd, 0x80) : bytes(0x0f, 0x05),
      // push rax; write(3, rsp, 8); pop rcx
      bytes(0x50, 0xb8, 1, 0, 0, 0, 0xbf, PIPE, 0, 0, 0, 0x48, 0x89, 0xe6, 0xba, 8, 0, 0, 0, 0x0f, 0x05, 0x59),
    ]);
  },
  // exit_group(0)
  exit: bytes(0xb8, 231, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05),
};

const arm64: MachineCode = {
  call: ({ number }, values) =>
    Buffer.concat([
      setRegister(8, BigInt(number)),
      ...[0, 1, 2, 3, 4, 5].map((register) => setRegister(register, values[register] ?? 0n)),
      // svc 0; str x0, [sp, -16]!
      instructions(0xd4000001, 0xf81f0fe0),
      // write(3, sp, 8)
      setRegister(0, BigInt(PIPE)),
      // mov x1, sp
      instructions(0x910003e1),
      setRegister(2, 8n),
      setRegister(8, 64n),
      // svc 0; add sp, sp, 16
      instructions(0xd4000001, 0x910043ff),
    ]),
  exit: Buffer.concat([setRegister(8, 94n), setRegister(0, 0n), instructions(0xd4000001)]),
};

/** movz, then movk for the upper three quarters. */
function setRegister(register: number, value: bigint): Buffer {
  const quarters = [0, 1, 2, 3].map((quarter) => Number((BigInt.asUintN(64, value) >> BigInt(16 * quarter)) & 0xffffn));
  return instructions(...quarters.map((bits, quarter) => ((quarter === 0 ? 0xd2800000 : 0xf2800000) | (quarter << 21) | (bits << 5) | register) >>> 0));
}

function instructions(...words: readonly number[]): Buffer {
  const buffer = Buffer.alloc(words.length * 4);
  for (const [index, value] of words.entries()) buffer.writeUInt32LE(value, index * 4);
  return buffer;
}

function word(value: bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt.asUintN(64, value));
  return buffer;
}

/** An ELF header and one segment that holds the whole file. */
function headers(bodyLength: number, processor: Processor): Buffer {
  const buffer = Buffer.alloc(HEADERS);
  buffer.write('\x7fELF', 'latin1');
  buffer.set([2, 1, 1], 4);
  buffer.writeUInt16LE(2, 16);
  buffer.writeUInt16LE(processor === 'x64' ? 62 : 183, 18);
  buffer.writeUInt32LE(1, 20);
  buffer.writeBigUInt64LE(LOAD_ADDRESS + BigInt(HEADERS), 24);
  buffer.writeBigUInt64LE(64n, 32);
  buffer.writeUInt16LE(64, 52);
  buffer.writeUInt16LE(56, 54);
  buffer.writeUInt16LE(1, 56);
  const segment = 64;
  buffer.writeUInt32LE(1, segment);
  buffer.writeUInt32LE(5, segment + 4);
  buffer.writeBigUInt64LE(LOAD_ADDRESS, segment + 16);
  buffer.writeBigUInt64LE(LOAD_ADDRESS, segment + 24);
  buffer.writeBigUInt64LE(BigInt(HEADERS + bodyLength), segment + 32);
  buffer.writeBigUInt64LE(BigInt(HEADERS + bodyLength), segment + 40);
  buffer.writeBigUInt64LE(0x10000n, segment + 48);
  return buffer;
}
