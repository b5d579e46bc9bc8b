/** A picture taken apart into the tiles of a grid, or why it cannot be. */
import type { FigureTask } from '../../contract/task.ts';
import type { Picture } from './png.ts';

type Grid = FigureTask['grid'];

/** What `make_grid` and plotting libraries leave between pictures, in pixels. */
const MOST_PADDING = 4;
/** How much larger than its pixels a picture may be drawn. */
const LARGEST_SCALE = 8;

export interface Tiles {
  /** Row by row, each with the grid's own height, width and channels, 0 to 255. */
  readonly tiles: readonly Uint8Array[];
}

/** Null where the size is that of no such grid. */
export function tilesOf(picture: Picture, grid: Grid): readonly Uint8Array[] | null {
  const way = waysToTile(grid).find(({ width, height }) => width === picture.width && height === picture.height);
  if (way === undefined) return null;
  const places = Array.from({ length: grid.rows * grid.columns }, (_, index) => ({ row: Math.floor(index / grid.columns), column: index % grid.columns }));
  return places.map(({ row, column }) => {
    const top = way.padding + row * (grid.height * way.scale + way.padding);
    const left = way.padding + column * (grid.width * way.scale + way.padding);
    return tileAt(picture, grid, top, left, way.scale);
  });
}

interface Way {
  readonly scale: number;
  readonly padding: number;
  readonly width: number;
  readonly height: number;
}

function waysToTile({ rows, columns, height, width }: Grid): readonly Way[] {
  const scales = Array.from({ length: LARGEST_SCALE }, (_, index) => index + 1);
  const paddings = Array.from({ length: MOST_PADDING + 1 }, (_, index) => index);
  return scales.flatMap((scale) =>
    paddings.map((padding) => ({
      scale,
      padding,
      width: columns * width * scale + (columns + 1) * padding,
      height: rows * height * scale + (rows + 1) * padding,
    })),
  );
}

/** A pixel of the tile is the average of the picture's pixels that it was drawn with. */
function tileAt(picture: Picture, grid: Grid, top: number, left: number, scale: number): Uint8Array {
  const tile = new Uint8Array(grid.height * grid.width * grid.channels);
  for (let row = 0; row < grid.height; row += 1) {
    for (let column = 0; column < grid.width; column += 1) {
      for (let channel = 0; channel < grid.channels; channel += 1) {
        let sum = 0;
        for (let y = 0; y < scale; y += 1) for (let x = 0; x < scale; x += 1) sum += valueAt(picture, top + row * scale + y, left + column * scale + x, channel, grid.channels);
        tile[(row * grid.width + column) * grid.channels + channel] = Math.round(sum / (scale * scale));
      }
    }
  }
  return tile;
}

/** A grey picture of coloured tiles has the same value in each channel; a coloured one of grey tiles is averaged. */
function valueAt({ width, channels, pixels }: Picture, row: number, column: number, channel: number, wanted: 1 | 3): number {
  const at = (row * width + column) * channels;
  if (channels === wanted) return pixels[at + channel] ?? 0;
  if (channels === 1) return pixels[at] ?? 0;
  return ((pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + 2] ?? 0)) / 3;
}
