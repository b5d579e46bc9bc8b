/** The uniforms of a child: what the library draws in float32 now and then, an end of the range, costs a right sampler its marks. */
import { UniformRandom as LibraryUniform } from '@tensorflow/tfjs-core/dist/ops/rand_util.js';
import { describe, expect, it } from 'vitest';
import { recordedDraws, startNoise, UniformRandom } from '../../../../../autograder/languages/typescript/child/random.ts';

/** Seeds found by search: in the calls they start, the given draw of the library is 1 in float32. */
const CALLS = [
  { seed: 484_340, draw: 70 },
  { seed: 781_435, draw: 16 },
  { seed: 781_635, draw: 133 },
];

function startCall(seed: number): void {
  startNoise(new Float32Array(0), seed);
}

function drawn(generator: { nextValue(): number }, count: number): readonly number[] {
  return Array.from({ length: count }, () => generator.nextValue());
}

describe('uniform numbers', () => {
  it.each(CALLS)('stay below 1 in float32 where the library reaches it (call $seed, draw $draw)', ({ seed, draw }) => {
    startCall(seed);
    const library = drawn(new LibraryUniform(0, 1, 'float32', Math.random()), draw + 1);
    expect(Math.fround(library[draw] ?? Number.NaN)).toBe(1);
    startCall(seed);
    const ours = drawn(new UniformRandom(0, 1, 'float32'), draw + 1);
    expect(ours.slice(0, draw)).toEqual(library.slice(0, draw));
    expect(Math.fround(ours[draw] ?? Number.NaN)).toBeLessThan(1);
    expect(recordedDraws().at(-1)).toEqual({ law: 'uniform', seeded: false, count: draw + 1 });
  });

  it('stay inside another range too', () => {
    const { seed, draw } = CALLS[0] ?? { seed: 0, draw: 0 };
    startCall(seed);
    const library = drawn(new LibraryUniform(-2, 3, 'float32', Math.random()), draw + 1);
    expect(Math.fround(library[draw] ?? Number.NaN)).toBe(3);
    startCall(seed);
    expect(Math.fround(drawn(new UniformRandom(-2, 3), draw + 1)[draw] ?? Number.NaN)).toBeLessThan(3);
  });

  it.each([52_078_625, 83_753_148])('of Math.random stay inside in float32 (call %i)', (seed) => {
    startCall(seed);
    const value = Math.fround(Math.random());
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1);
  });

  it('of whoever seeds a generator are the library’s', () => {
    startCall(1);
    expect(drawn(new UniformRandom(0, 1, 'float32', 'mine'), 50)).toEqual(drawn(new LibraryUniform(0, 1, 'float32', 'mine'), 50));
  });

  it('end where a range has nothing inside', () => {
    startCall(1);
    expect(drawn(new UniformRandom(1, 1), 3)).toEqual([1, 1, 1]);
  });

  it('may be the ends where they are whole numbers', () => {
    startCall(1);
    expect(new Set(drawn(new UniformRandom(0, 2, 'int32'), 200))).toEqual(new Set([0, 1, 2]));
  });
});
