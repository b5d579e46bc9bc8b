/** One square of a figure: a heatmap with its border, curves, points, axes and their names. */
import { encode } from 'fast-png';
import { contour } from './contour.ts';
import { element, path, type Svg, words } from './svg.ts';
import type { Curve, Point } from './two-arms.ts';

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Panel {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly x: Range;
  readonly y: Range;
  /** From 0 to 1: blue to orange. */
  readonly shade: (x: number, y: number) => number;
  /** Draws a line where `shade` is a half. */
  readonly hasBorder: boolean;
  readonly points: readonly Point[];
  readonly curves: readonly (readonly [curve: Curve, label: 0 | 1])[];
}

/** Dark enough to tell apart in grey as well: the blue is darker than the orange. */
export const COLOURS = ['#0b4f8a', '#d1600a'] as const;
const [BLUE, WHITE, ORANGE] = [[126, 172, 219], [250, 250, 250], [247, 190, 129]] as const;

/** Screen pixels to a little square of the heatmap. */
const SQUARE = 4;
const INK = '#222222';
const BORDER = 1.8;

/** Around the square: names and numbers of the axes on the left and below, the title above. */
export const MARGIN = { left: 52, right: 14, top: 30, bottom: 44 } as const;

export function panelAt(left: number, top: number, size: number, panel: Panel): Svg {
  const { x, y, title, xName, yName, points, curves } = panel;
  const [x0, y0] = [left + MARGIN.left, top + MARGIN.top];
  const place = ([px, py]: readonly [number, number]): readonly [number, number] => [
    x0 + ((px - x.from) / (x.to - x.from)) * size,
    y0 + size - ((py - y.from) / (y.to - y.from)) * size,
  ];
  return element(
    'g',
    {},
    heatmap(panel, x0, y0, size),
    ...curves.map(([curve, label]) => line(curve.map(place), label)),
    ...points.map((point) => mark(place(point.at), point.class)),
    element('rect', { x: x0, y: y0, width: size, height: size, fill: 'none', stroke: INK, 'stroke-width': 1 }),
    ...ticks(x).flatMap((value) => {
      const [tx] = place([value, y.from]);
      return [
        element('line', { x1: tx, x2: tx, y1: y0 + size, y2: y0 + size + 4, stroke: INK }),
        words(numberWords(value), { x: tx, y: y0 + size + 17, 'font-size': 11, 'text-anchor': 'middle', fill: INK }),
      ];
    }),
    ...ticks(y).flatMap((value) => {
      const [, ty] = place([x.from, value]);
      return [
        element('line', { x1: x0 - 4, x2: x0, y1: ty, y2: ty, stroke: INK }),
        words(numberWords(value), { x: x0 - 7, y: ty + 4, 'font-size': 11, 'text-anchor': 'end', fill: INK }),
      ];
    }),
    words(title, { x: x0 + size / 2, y: top + 19, 'font-size': 13, 'font-weight': 'bold', 'text-anchor': 'middle', fill: INK }),
    words(xName, { x: x0 + size / 2, y: y0 + size + 35, 'font-size': 12, 'text-anchor': 'middle', fill: INK }),
    words(yName, { x: left + 13, y: y0 + size / 2, 'font-size': 12, 'text-anchor': 'middle', fill: INK, transform: `rotate(-90 ${left + 13} ${y0 + size / 2})` }),
  );
}

/** What colours, marks and lines mean, in one line. */
export function legendAt(left: number, top: number, entries: readonly (keyof typeof LEGEND)[]): Svg {
  let x = left;
  const drawn = entries.map((entry) => {
    const [start, y] = [x, top];
    const { text, draw } = LEGEND[entry];
    x += 34 + 6.4 * text.length;
    return `${draw(start + 10, y)}${words(text, { x: start + 24, y: y + 4, 'font-size': 12, fill: INK })}`;
  });
  return element('g', {}, ...drawn);
}

const LEGEND = {
  'class 0': { text: 'class 0', draw: (x, y) => mark([x, y], 0) },
  'class 1': { text: 'class 1', draw: (x, y) => mark([x, y], 1) },
  'curve 0': { text: 'where class 0 comes from', draw: (x, y) => line([[x - 9, y], [x + 9, y]], 0) },
  'curve 1': { text: 'where class 1 comes from', draw: (x, y) => line([[x - 9, y], [x + 9, y]], 1) },
  border: { text: 'probability 1/2', draw: (x, y) => element('line', { x1: x - 9, x2: x + 9, y1: y, y2: y, stroke: INK, 'stroke-width': BORDER }) },
} as const satisfies Readonly<Record<string, { readonly text: string; readonly draw: (x: number, y: number) => Svg }>>;

/** The scale beside a figure. */
export function scaleAt(left: number, top: number, height: number, [low, high]: readonly [string, string], name: string): Svg {
  const steps = 40;
  const boxes = Array.from({ length: steps }, (_, index) =>
    element('rect', { x: left, y: top + (height * index) / steps, width: 12, height: height / steps + 0.5, fill: `rgb(${colourOf(1 - (index + 0.5) / steps).join(',')})` }),
  );
  return element(
    'g',
    {},
    ...boxes,
    element('rect', { x: left, y: top, width: 12, height, fill: 'none', stroke: INK }),
    words(high, { x: left + 17, y: top + 9, 'font-size': 11, fill: INK }),
    words(low, { x: left + 17, y: top + height, 'font-size': 11, fill: INK }),
    words(name, { x: left + 30, y: top + height / 2, 'font-size': 12, 'text-anchor': 'middle', fill: INK, transform: `rotate(-90 ${left + 30} ${top + height / 2})` }),
  );
}

/** A picture inside the picture: thousands of little squares would be slow to open. */
function heatmap({ x, y, shade, hasBorder }: Panel, left: number, top: number, size: number): Svg {
  const cells = Math.round(size / SQUARE);
  const corners = Array.from({ length: cells + 1 }, (_, row) =>
    Array.from({ length: cells + 1 }, (_unused, column) => shade(x.from + ((x.to - x.from) * column) / cells, y.to - ((y.to - y.from) * row) / cells)),
  );
  const value = (column: number, row: number): number => corners[row]?.[column] ?? Number.NaN;
  const data = Uint8Array.from(
    Array.from({ length: cells * cells }, (_, index) => {
      const [column, row] = [index % cells, Math.floor(index / cells)];
      return colourOf((value(column, row) + value(column + 1, row) + value(column, row + 1) + value(column + 1, row + 1)) / 4);
    }).flat(),
  );
  const png = Buffer.from(encode({ width: cells, height: cells, data, channels: 3 })).toString('base64');
  const cell = size / cells;
  const pieces = hasBorder ? contour(corners, 0.5).map((piece) => path(piece.map(([column, row]) => [left + column * cell, top + row * cell] as const))) : [];
  const border = pieces.length === 0 ? [] : [element('path', { d: pieces.join(''), fill: 'none', stroke: INK, 'stroke-width': BORDER })];
  return [element('image', { x: left, y: top, width: size, height: size, href: `data:image/png;base64,${png}` }), ...border].join('');
}

/** Where two curves lie on each other, the broad one shows beside the narrow one. */
function line(points: readonly (readonly [number, number])[], label: 0 | 1): Svg {
  return element('path', { d: path(points), fill: 'none', stroke: COLOURS[label], 'stroke-width': label === 0 ? 4.6 : 1.8 });
}

/** Circles and triangles: shapes tell the classes apart where colours cannot. */
function mark([x, y]: readonly [number, number], label: 0 | 1): Svg {
  const shared = { fill: COLOURS[label], stroke: '#ffffff', 'stroke-width': 0.7 };
  return label === 0 ? element('circle', { cx: x, cy: y, r: 3.4, ...shared }) : element('path', { d: `${path([[x, y - 4.4], [x + 4, y + 2.8], [x - 4, y + 2.8]])}Z`, ...shared });
}

function colourOf(share: number): readonly number[] {
  const value = Math.min(1, Math.max(0, share));
  const [from, to, along] = value < 0.5 ? [BLUE, WHITE, 2 * value] : [WHITE, ORANGE, 2 * value - 1];
  return from.map((low, channel) => Math.round(low + (to[channel] ?? 0) * along - low * along));
}

/** Round numbers within a range, four to eight of them. */
function ticks({ from, to }: Range): readonly number[] {
  const rough = (to - from) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, index) => (first + index) * step);
}

function numberWords(value: number): string {
  return String(Number(value.toPrecision(3))).replace('-', '−');
}
