/**
 * MT19937, seeded with one number: the generator by which others drew what must be drawn again bit for bit.
 * Source: Matsumoto and Nishimura, "Mersenne Twister" (1998), and their mt19937ar.c.
 */

const WORDS = 624;
const SHIFT = 397;

/** Uniform on [0, 1) with 53 bits of two outputs: genrand_res53, which NumPy's RandomState has as well. */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(WORDS);
  state[0] = seed;
  for (let index = 1; index < WORDS; index += 1) {
    const last = state[index - 1] ?? 0;
    state[index] = Math.imul(1_812_433_253, last ^ (last >>> 30)) + index;
  }
  let position = WORDS;
  const next = (): number => {
    if (position === WORDS) {
      twist(state);
      position = 0;
    }
    let word = state[position] ?? 0;
    position += 1;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  };
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;
}

function twist(state: Uint32Array): void {
  for (let index = 0; index < WORDS; index += 1) {
    const joined = ((state[index] ?? 0) & 0x80000000) | ((state[(index + 1) % WORDS] ?? 0) & 0x7fffffff);
    state[index] = (state[(index + SHIFT) % WORDS] ?? 0) ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
  }
}
