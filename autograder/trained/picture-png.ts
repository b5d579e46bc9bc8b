/** Pictures for reports: written anew from their pixels, so that nothing else of a student's file reaches a page. */
import { encode } from 'fast-png';
import type { FigureTask } from '../../contract/task.ts';
import type { Picture } from './png.ts';

type Grid = FigureTask['grid'];

/** A larger one would make a report that no browser likes; it is named, and a person opens the file itself. */
const MOST_BYTES = 1 << 20;

/** In base64; null where it is too large for a page. */
export function encodePicture({ width, height, channels, pixels }: Picture): string | null {
  const png = encode({ width, height, channels, data: pixels });
  return png.length > MOST_BYTES ? null : Buffer.from(png).toString('base64');
}

/** @param pictures one after another, each as large as a tile. */
export function encodeGrid(pictures: Uint8Array, { rows, columns, height, width, channels }: Grid): string {
  const data = new Uint8Array(pictures.length);
  const line = width * channels;
  for (let tile = 0; tile < rows * columns; tile += 1) {
    const [top, left] = [Math.floor(tile / columns) * height, (tile % columns) * line];
    for (let row = 0; row < height; row += 1) {
      const from = (tile * height + row) * line;
      data.set(pictures.subarray(from, from + line), (top + row) * columns * line + left);
    }
  }
  return Buffer.from(encode({ width: columns * width, height: rows * height, channels, data })).toString('base64');
}
