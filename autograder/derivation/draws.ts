/** Seeded random numbers: the same derivation always meets the same models. */

export interface Draw {
  /** In [0.02, 1): never so near 0 that a density vanishes. */
  readonly uniform: () => number;
  readonly normal: () => number;
}

/** mulberry32, by Tommy Ettinger; the models need variety, not secrecy. */
export function drawing(seed: number, purpose: string): Draw {
  let state = (seed * 2654435761) >>> 0;
  for (const character of purpose) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  const raw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform: () => 0.02 + 0.98 * raw(),
    normal: () => Math.sqrt(-2 * Math.log(1 - raw())) * Math.cos(2 * Math.PI * raw()),
  };
}
