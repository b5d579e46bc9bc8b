/** Numbers that are the same on every run, so that no test passes or fails by luck. */
import { range } from './arrays.ts';

export interface SeededNumbers {
  readonly uniform: (from?: number, to?: number) => number;
  readonly normal: (deviation?: number) => number;
  readonly normals: (count: number, deviation?: number) => number[];
}

export function seededNumbers(seed: number): SeededNumbers {
  let state = seed >>> 0;
  // Marsaglia's xorshift with a Weyl step in front, 32 bits of state (splitmix32).
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const uniform = (from = 0, to = 1): number => from + (to - from) * next();
  // Box and Muller 1958
  const normal = (deviation = 1): number =>
    deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return { uniform, normal, normals: (count, deviation) => range(count).map(() => normal(deviation)) };
}
