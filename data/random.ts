/** Seeded numbers. Everything random in fixtures and in drawn data comes from here, in a fixed order. */
import { createHash } from 'node:crypto';

export interface Random {
  /** Uniform on [0, 1) with 53 bits. */
  readonly uniform: () => number;
  readonly normal: () => number;
  readonly integer: (below: number) => number;
  readonly sign: () => 1 | -1;
  readonly between: (low: number, high: number) => number;
}

/** A stream that depends on every part of its name, and on nothing else. */
export function randomFor(...name: readonly (string | number)[]): Random {
  const uniform = xoshiro(createHash('sha256').update(name.join('\n')).digest());
  const random: Random = {
    uniform,
    // Box-Muller; 1 - u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (below) => Math.floor(uniform() * below),
    sign: () => (uniform() < 0.5 ? -1 : 1),
    between: (low, high) => low + (high - low) * uniform(),
  };
  return random;
}

/** xoshiro128**: four 32-bit words of state. Source: Blackman and Vigna, Scrambled Linear Pseudorandom Number Generators (2021). */
function xoshiro(seed: Buffer): () => number {
  const state = new Uint32Array([0, 4, 8, 12].map((offset) => seed.readUInt32LE(offset)));
  const word = (index: number): number => state[index] ?? 0;
  const next = (): number => {
    const result = Math.imul(rotate(Math.imul(word(1), 5), 7), 9) >>> 0;
    const shifted = word(1) << 9;
    state[2] = word(2) ^ word(0);
    state[3] = word(3) ^ word(1);
    state[1] = word(1) ^ word(2);
    state[0] = word(0) ^ word(3);
    state[2] = word(2) ^ shifted;
    state[3] = rotate(word(3), 11);
    return result;
  };
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

function rotate(value: number, by: number): number {
  return ((value << by) | (value >>> (32 - by))) >>> 0;
}
