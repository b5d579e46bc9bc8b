/**
 * Stands in for tfjs-core's `ops/rand_util.js` when a child is bundled (scripts/bundle.mjs), because the
 * exports of tf are read-only and students bind them early: this is the one place every generator passes.
 * Standard normals come from the recorded stream of the call, or uniforms where the stream says so; every
 * other law keeps its own generator, seeded from the call. Each use is recorded, so that the grader knows what can be compared exactly.
 */
import {
  MPRandGauss as LibraryGauss,
  RandGamma as LibraryGamma,
  UniformRandom as LibraryUniform,
} from '@tensorflow/tfjs-core/dist/ops/rand_util.js';
import type { Draw, StreamLaw } from '../../../../contract/messages.ts';

type DataType = 'float32' | 'int32' | undefined;

/** More draws than any right answer makes in one call are counted together. */
const MAX_RECORDED_DRAWS = 200;

/** An end of the range comes up once in 2^25 draws: only a range that holds nothing but its ends needs more tries. */
const MOST_TRIES = 8;

let stream = new Float32Array(0);
let streamLaw: 'normal' | StreamLaw = 'normal';
let position = 0;
let draws: { law: Draw['law']; seeded: boolean; count: number }[] = [];
let uniform = mulberry32(0);

/** Starts the noise of one call: the stream is served from its first number. */
export function startNoise(values: Float32Array, seed: number, law: typeof streamLaw = 'normal'): void {
  stream = new Float32Array(values);
  streamLaw = law;
  position = 0;
  draws = [];
  const generator = mulberry32(seed);
  uniform = () => between(0, 1, generator);
  Math.random = () => {
    count('uniform', false);
    return served('uniform') ?? uniform();
  };
}

/** What was drawn since `startNoise`. */
export function recordedDraws(): Draw[] {
  return draws.map((draw) => ({ ...draw }));
}

export class MPRandGauss {
  readonly #mean: number;
  readonly #deviation: number;
  readonly #own: LibraryGauss | null;
  readonly #rounds: boolean;
  readonly #record: { count: number };

  constructor(mean: number, deviation: number, dtype?: DataType, truncated?: boolean, seed?: number) {
    this.#mean = mean;
    this.#deviation = deviation;
    this.#rounds = dtype === 'int32';
    // A seeded call restarts its own generator: serving the stream would hide that it repeats itself.
    // The library takes seed 0 for no seed, and so do we.
    const seeded = Boolean(seed);
    this.#own = seeded || truncated ? new LibraryGauss(mean, deviation, dtype, truncated, seed || uniform()) : null;
    this.#record = record(truncated ? 'truncated-normal' : 'normal', seeded);
  }

  nextValue(): number {
    this.#record.count += 1;
    if (this.#own !== null) return this.#own.nextValue();
    const value = this.#mean + this.#deviation * standardNormal();
    return this.#rounds ? Math.round(value) : value;
  }
}

export class UniformRandom {
  readonly #next: () => number;
  readonly #record: { count: number };

  constructor(min = 0, max = 1, dtype?: DataType, seed?: string | number | null) {
    const seeded = seed !== null && seed !== undefined;
    const own = new LibraryUniform(min, max, dtype, seed ?? uniform());
    const draw = (): number => own.nextValue();
    const inside = (): number => {
      const known = served('uniform');
      return known === undefined ? between(min, max, draw) : min + (max - min) * known;
    };
    // Whoever seeds a generator gets its own numbers, the same as at home; whole numbers may be the ends.
    this.#next = seeded || dtype === 'int32' ? draw : inside;
    this.#record = record('uniform', seeded);
  }

  nextValue(): number {
    this.#record.count += 1;
    return this.#next();
  }
}

export class RandGamma {
  readonly #own: LibraryGamma;
  readonly #record: { count: number };

  constructor(alpha: number, beta: number, dtype: 'float32' | 'int32', seed?: number) {
    this.#own = new LibraryGamma(alpha, beta, dtype, seed || uniform());
    this.#record = record('gamma', Boolean(seed));
  }

  nextValue(): number {
    this.#record.count += 1;
    return this.#own.nextValue();
  }
}

function record(law: Draw['law'], seeded: boolean): { count: number } {
  const last = draws.at(-1);
  if (draws.length >= MAX_RECORDED_DRAWS && last !== undefined) return last;
  const draw = { law, seeded, count: 0 };
  draws.push(draw);
  return draw;
}

function count(law: Draw['law'], seeded: boolean): void {
  const last = draws.at(-1);
  const draw = last?.law === law && last.seeded === seeded ? last : record(law, seeded);
  draw.count += 1;
}

/** The next recorded number of this law, if there is one. */
function served(law: typeof streamLaw): number | undefined {
  if (law !== streamLaw) return undefined;
  position += 1;
  return stream[position - 1];
}

function standardNormal(): number {
  const value = served('normal');
  if (value !== undefined) return value;
  // Past the end of the stream (a valid implementation may draw more): seeded Box-Muller.
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/**
 * A draw that stays between the ends in float32 too, where tensors live: a number within 2^-25 of 1 is 1 there,
 * `log(1 - u)` of it minus infinity, and a right sampler that takes tens of thousands of draws would fail by luck.
 */
function between(min: number, max: number, draw: () => number): number {
  const [least, most] = [Math.fround(min), Math.fround(max)];
  let value = draw();
  for (let tries = 1; tries < MOST_TRIES && !(Math.fround(value) > least && Math.fround(value) < most); tries += 1) value = draw();
  return value;
}

/** A small seeded generator of uniforms on [0, 1); 32 bits of state are plenty for a fallback. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
