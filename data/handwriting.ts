/** A digit as one person might write it once: a glyph, deformed by chance and drawn with a pen of some width. */
import { type Glyph, glyphs, type Point } from './glyphs.ts';
import type { Random } from './random.ts';

/** How far one digit may be from its glyph. Angles in radians, lengths as parts of the square's side. */
export interface Hand {
  readonly rotation: number;
  readonly shear: number;
  readonly scale: readonly [least: number, most: number];
  readonly shift: number;
  /** Each point of a stroke by itself. */
  readonly jitter: number;
  /** A slow wave through the whole digit. */
  readonly wave: number;
  readonly penWidth: readonly [least: number, most: number];
}

/** Coverage of the square's pixels by ink, 0 to 1, row by row. */
export type Ink = Float32Array;

/** Draws one digit of a class into a square of `side` pixels. */
export function writeDigit(random: Random, digit: number, side: number, hand: Hand): Ink {
  const ways = glyphs[digit] ?? [];
  const glyph = ways[random.integer(ways.length)] ?? [];
  const width = random.between(...hand.penWidth) * side;
  return inked(deformed(random, glyph, hand), side, width);
}

function deformed(random: Random, glyph: Glyph, hand: Hand): Glyph {
  const angle = hand.rotation * random.normal();
  const shear = hand.shear * random.normal();
  const scaleX = random.between(...hand.scale);
  const scaleY = random.between(...hand.scale);
  const [shiftX, shiftY] = [hand.shift * random.normal(), hand.shift * random.normal()];
  const waveX = wave(random, hand.wave);
  const waveY = wave(random, hand.wave);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return glyph.map((stroke) =>
    stroke.map(([x, y]): Point => {
      const bentX = x + waveX(y) + hand.jitter * random.normal() - 0.5;
      const bentY = y + waveY(x) + hand.jitter * random.normal() - 0.5;
      const [u, v] = [scaleX * (bentX - shear * bentY), scaleY * bentY];
      return [0.5 + shiftX + cos * u - sin * v, 0.5 + shiftY + sin * u + cos * v];
    }),
  );
}

function wave(random: Random, size: number): (position: number) => number {
  const height = size * random.normal();
  const phase = random.between(0, 2 * Math.PI);
  const turns = random.between(0.5, 1.5);
  return (position) => height * Math.sin(phase + 2 * Math.PI * turns * position);
}

/** Ink falls off over one pixel at the edge of the pen, so that nothing is jagged. */
function inked(glyph: Glyph, side: number, width: number): Ink {
  const ink = new Float32Array(side * side);
  const reach = width / 2 + 0.5;
  for (const stroke of glyph) {
    for (const [index, end] of stroke.entries()) {
      const start = stroke[index - 1];
      if (start !== undefined) inkLine(ink, side, pixelOf(start, side), pixelOf(end, side), reach);
    }
  }
  return ink;
}

function pixelOf([x, y]: Point, side: number): Point {
  return [x * side - 0.5, y * side - 0.5];
}

function inkLine(ink: Ink, side: number, start: Point, end: Point, reach: number): void {
  const within = (pixel: number): number => Math.min(side - 1, Math.max(0, pixel));
  const [left, right] = [Math.min(start[0], end[0]), Math.max(start[0], end[0])];
  const [top, bottom] = [Math.min(start[1], end[1]), Math.max(start[1], end[1])];
  for (let y = within(Math.floor(top - reach)); y <= within(Math.ceil(bottom + reach)); y += 1) {
    for (let x = within(Math.floor(left - reach)); x <= within(Math.ceil(right + reach)); x += 1) {
      const coverage = Math.min(1, Math.max(0, reach - distanceToLine([x, y], start, end)));
      ink[y * side + x] = Math.max(ink[y * side + x] ?? 0, coverage);
    }
  }
}

function distanceToLine([x, y]: Point, [startX, startY]: Point, [endX, endY]: Point): number {
  const [alongX, alongY] = [endX - startX, endY - startY];
  const length = alongX ** 2 + alongY ** 2;
  const nearest = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - startX) * alongX + (y - startY) * alongY) / length));
  return Math.hypot(x - startX - nearest * alongX, y - startY - nearest * alongY);
}
