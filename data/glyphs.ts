/** The ten digits as pen strokes in a square of side 1, x to the right and y down, each in several ways people write it. */

export type Point = readonly [x: number, y: number];

/** The pen's path; neighbouring points are joined by straight lines. */
export type Stroke = readonly Point[];

export type Glyph = readonly Stroke[];

/** By class: every way of writing it is as likely as the others. */
export const glyphs: readonly (readonly Glyph[])[] = [
  // 0: round, or narrow.
  [[oval(0.5, 0.5, 0.3, 0.42)], [oval(0.5, 0.5, 0.2, 0.42)]],
  // 1: a stroke, with a flag, with a flag and a foot.
  [
    [line([0.5, 0.08], [0.5, 0.92])],
    [line([0.32, 0.28], [0.54, 0.08], [0.54, 0.92])],
    [line([0.32, 0.28], [0.52, 0.08], [0.52, 0.92]), line([0.32, 0.92], [0.72, 0.92])],
  ],
  // 2: a straight foot, or a loop in the corner.
  [
    [[...arc(0.5, 0.3, 0.26, 0.22, -170, 40), [0.22, 0.92], [0.8, 0.92]]],
    [[...arc(0.5, 0.28, 0.24, 0.2, -160, 50), [0.34, 0.78], ...arc(0.33, 0.84, 0.1, 0.08, -90, -330), [0.8, 0.9]]],
  ],
  // 3: two bows, or a flat top.
  [
    [[...arc(0.46, 0.29, 0.24, 0.21, -150, 90), ...arc(0.46, 0.7, 0.28, 0.22, -90, 150)]],
    [[[0.24, 0.1], [0.72, 0.1], [0.46, 0.42], ...arc(0.46, 0.67, 0.27, 0.25, -90, 150)]],
  ],
  // 4: open, or closed at the top.
  [
    [line([0.28, 0.1], [0.24, 0.56], [0.78, 0.56]), line([0.66, 0.12], [0.64, 0.92])],
    [line([0.62, 0.92], [0.62, 0.08], [0.2, 0.64], [0.82, 0.64])],
  ],
  // 5: in one go, or with the top as a stroke of its own.
  [
    [[[0.74, 0.1], [0.34, 0.1], [0.3, 0.46], ...arc(0.46, 0.66, 0.27, 0.25, -110, 140)]],
    [[[0.34, 0.14], [0.3, 0.48], ...arc(0.45, 0.67, 0.26, 0.24, -100, 130)], line([0.34, 0.12], [0.78, 0.08])],
  ],
  // 6: a curved, or a straight back.
  [
    [[...arc(0.72, 0.56, 0.48, 0.48, -100, -180), ...arc(0.5, 0.68, 0.25, 0.23, 180, 540)]],
    [[[0.6, 0.08], [0.3, 0.56], ...arc(0.5, 0.7, 0.23, 0.21, 200, 560)]],
  ],
  // 7: plain, with a bar, with a bent back.
  [
    [line([0.22, 0.12], [0.78, 0.12], [0.44, 0.92])],
    [line([0.22, 0.12], [0.78, 0.12], [0.42, 0.92]), line([0.36, 0.52], [0.72, 0.5])],
    [[[0.22, 0.2], [0.26, 0.12], [0.76, 0.12], [0.56, 0.5], [0.52, 0.92]]],
  ],
  // 8: two circles, or one stroke that crosses itself.
  [
    [oval(0.5, 0.28, 0.21, 0.19), oval(0.5, 0.7, 0.26, 0.22)],
    [[...arc(0.5, 0.27, 0.22, 0.19, -30, -270), ...arc(0.5, 0.69, 0.26, 0.23, -90, 270), ...arc(0.5, 0.27, 0.22, 0.19, 90, -30)]],
  ],
  // 9: a straight, or a curved tail.
  [
    [[...arc(0.48, 0.32, 0.24, 0.22, 0, -360), [0.72, 0.32], [0.66, 0.92]]],
    [[...arc(0.48, 0.32, 0.25, 0.23, 0, -360), ...arc(0.28, 0.42, 0.45, 0.48, -10, 80)]],
  ],
];

function line(...points: readonly Point[]): Stroke {
  return points;
}

function oval(x: number, y: number, radiusX: number, radiusY: number): Stroke {
  return arc(x, y, radiusX, radiusY, -90, 270);
}

/** Angles in degrees, clockwise from the right (y points down). */
function arc(x: number, y: number, radiusX: number, radiusY: number, from: number, to: number): Stroke {
  const steps = Math.max(4, Math.ceil(Math.abs(to - from) / 20));
  return Array.from({ length: steps + 1 }, (_, step) => {
    const angle = ((from + ((to - from) * step) / steps) * Math.PI) / 180;
    return [x + radiusX * Math.cos(angle), y + radiusY * Math.sin(angle)] as const;
  });
}
