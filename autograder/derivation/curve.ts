/** Functions of one number with their derivatives, for evaluations that carry slopes along. */

export interface Curve {
  readonly at: (x: number) => number;
  readonly slope: (x: number) => number;
}

export const logarithm: Curve = { at: Math.log, slope: (u) => 1 / u };

export const sigmoid: Curve = {
  at: (x) => 1 / (1 + Math.exp(-x)),
  slope: (x) => {
    const s = 1 / (1 + Math.exp(-x));
    return s * (1 - s);
  },
};

export const absolute: Curve = { at: Math.abs, slope: Math.sign };

/** What takes the place of a broken meaning: another number, the same for the same value. */
export const distorted: Curve = { at: (x) => 1.3 * x + 0.4 * Math.sin(3 * x) + 0.7, slope: (x) => 1.3 + 1.2 * Math.cos(3 * x) };

/** In the place of the sigmoid: steeper, past 0 and 1, and no s (1 - s) for a slope. */
export const notASigmoid: Curve = { at: (x) => 0.4 + 0.9 * Math.atan(1.7 * x), slope: (x) => 1.53 / (1 + 2.89 * x * x) };
