/** Points of two classes around two parabolas, one above the other: no straight line tells them apart, a bent one does. */
import type { Random } from '../data/random.ts';

export interface Point {
  readonly at: readonly [x: number, y: number];
  readonly class: 0 | 1;
}

export type Curve = readonly (readonly [x: number, y: number])[];

/** Of each class; the noise is far smaller than what lies between the arms. */
const POINTS = 90;
const NOISE = 0.06;
const STEPS = 80;

const HEIGHTS = [0.3, 0.95] as const;
const BEND = 1.3;

/** What lies within is drawn. */
export const INPUT_RANGE = { from: -1.25, to: 1.25 } as const;

export function twoArms(random: Random): readonly Point[] {
  return ([0, 1] as const).flatMap((label) =>
    Array.from({ length: POINTS }, (): Point => {
      const [x, y] = pointOn(label, random.between(-1, 1));
      return { at: [x + NOISE * random.normal(), y + NOISE * random.normal()], class: label };
    }),
  );
}

/** The functions that the data comes from, one a class. */
export const generatingCurves: readonly [Curve, Curve] = [curveOf(0), curveOf(1)];

function curveOf(label: 0 | 1): Curve {
  return Array.from({ length: STEPS + 1 }, (_, step) => pointOn(label, (2 * step) / STEPS - 1));
}

function pointOn(label: 0 | 1, t: number): readonly [number, number] {
  return [t, HEIGHTS[label] - BEND * t ** 2];
}
