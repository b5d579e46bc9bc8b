/** Pictures of students: read as an independent program writes them, and never trusted. */
import { deflateSync } from 'node:zlib';
import { decode, encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { readPng } from '../../../autograder/trained/png.ts';
import { tilesOf } from '../../../autograder/trained/grid.ts';
import { flawOf } from '../../../autograder/trained/tiles.ts';
import { chunk, png } from './raw-png.ts';

const grid = { rows: 2, columns: 3, height: 4, width: 5, channels: 1 } as const;

function numbers(count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) => (index * 37) % 251);
}

function onWhite(value: number, alpha: number): number {
  return Math.round(255 + ((value - 255) * alpha) / 255);
}

function read(bytes: Uint8Array) {
  const reading = readPng(bytes);
  if (reading.kind === 'unread') throw new Error(reading.reason);
  return reading.picture;
}

describe('a PNG', () => {
  it.each([
    ['grey', 1, 1],
    ['colours', 3, 3],
  ] as const)('of %s is read as it was written', (_, channels, expected) => {
    const data = numbers(7 * 6 * channels);
    expect(read(encode({ width: 7, height: 6, channels, data }))).toEqual({ width: 7, height: 6, channels: expected, pixels: data });
  });

  it('with transparency stands on white', () => {
    const data = Uint8Array.from([10, 20, 30, 255, 10, 20, 30, 0]);
    expect([...read(encode({ width: 2, height: 1, channels: 4, data })).pixels]).toEqual([10, 20, 30, 255, 255, 255]);
  });

  it('with every filter of the format, as another program reads it', () => {
    const rows = [0, 1, 2, 3, 4].flatMap((filter) => [filter, ...numbers(12).map((value) => value ^ (31 * filter))]);
    for (const [colour, width] of [[0, 12], [2, 4], [6, 3]] as const) {
      const bytes = png({ width, height: 5, depth: 8, colour }, Uint8Array.from(rows));
      const theirs = [...decode(bytes).data];
      const opaque = colour === 6 ? theirs.flatMap((value, index) => (index % 4 === 3 ? [] : [onWhite(value, theirs[index - (index % 4) + 3] ?? 0)])) : theirs;
      expect([...read(bytes).pixels]).toEqual(opaque);
    }
  });

  it.each([
    ['one bit', 1, [0b10100000], [255, 0, 255]],
    ['two bits', 2, [0b00011011], [0, 85, 170]],
    ['four bits', 4, [0x0f, 0x80], [0, 255, 136]],
  ] as const)('of %s a pixel', (_, depth, bytes, expected) => {
    expect([...read(png({ width: 3, height: 1, depth, colour: 0 }, Uint8Array.from([0, ...bytes]))).pixels]).toEqual([...expected]);
  });

  it('with a palette', () => {
    const palette = chunk('PLTE', Uint8Array.from([1, 2, 3, 200, 100, 50]));
    expect([...read(png({ width: 2, height: 1, depth: 8, colour: 3 }, Uint8Array.from([0, 1, 0]), palette)).pixels]).toEqual([200, 100, 50, 1, 2, 3]);
  });
});

describe('what is no such PNG is named, and costs nothing', () => {
  const whole = encode({ width: 7, height: 6, channels: 1, data: numbers(42) });
  it.each([
    ['text', Buffer.from('hello'), 'it is no PNG'],
    ['nothing', Buffer.alloc(0), 'it is no PNG'],
    ['cut off', whole.slice(0, whole.length - 20), 'it is cut off'],
    ['interlaced', png({ width: 1, height: 1, depth: 8, colour: 0, interlaced: 1 }, Uint8Array.from([0, 0])), 'it is interlaced'],
    ['sixteen bits', png({ width: 1, height: 1, depth: 16, colour: 0 }, Uint8Array.from([0, 0, 0])), 'its pixels are of a kind that is not read here'],
    ['a billion pixels', png({ width: 100_000, height: 100_000, depth: 8, colour: 0 }, Uint8Array.from([0])), 'a picture of 100000 x 100000 is too large, or empty'],
    ['no pixels', png({ width: 0, height: 5, depth: 8, colour: 0 }, Uint8Array.from([0])), 'a picture of 0 x 5 is too large, or empty'],
    ['fewer data than it says', png({ width: 9, height: 9, depth: 8, colour: 0 }, Uint8Array.from([0, 1])), 'its data are damaged, or not as much as its size says'],
    ['a bomb', png({ width: 2, height: 2, depth: 8, colour: 0 }, new Uint8Array(50_000_000)), 'its data are damaged, or not as much as its size says'],
    ['an unknown filter', png({ width: 1, height: 1, depth: 8, colour: 0 }, Uint8Array.from([9, 0])), 'its data are damaged'],
    ['a palette that is not there', png({ width: 1, height: 1, depth: 8, colour: 3 }, Uint8Array.from([0, 0])), 'its palette is missing'],
    ['a chunk of four gigabytes', Buffer.concat([png({ width: 1, height: 1, depth: 8, colour: 0 }, Uint8Array.from([0, 0])).subarray(0, 33), Buffer.from('ffffffff49444154', 'hex'), Buffer.alloc(20)]), 'it is cut off'],
    ['compressed rubbish', Buffer.concat([Buffer.from(png({ width: 1, height: 1, depth: 8, colour: 0 }, null))]), 'it holds no picture'],
  ])('%s', (_, bytes, reason) => {
    expect(readPng(bytes)).toEqual({ kind: 'unread', reason });
  });

  it('whatever bytes are changed', () => {
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      expect(['picture', 'unread']).toContain(readPng(changed).kind);
    }
  });

  it('and its data are inflated no further than its size says', () => {
    expect(deflateSync(Buffer.alloc(50_000_000)).length).toBeLessThan(100_000);
  });
});

describe('a grid', () => {
  const pixels = numbers(3 * 5 * 2 * 4);
  const picture = { width: 15, height: 8, channels: 1, pixels } as const;

  it('is taken apart row by row', () => {
    const tiles = tilesOf(picture, grid);
    expect(tiles).toHaveLength(6);
    // Second row, third column: begins at row 4, column 10.
    expect(tiles?.[5]?.[0]).toBe(pixels[4 * 15 + 10]);
    expect(tiles?.[5]?.[6]).toBe(pixels[5 * 15 + 11]);
  });

  it('may be drawn larger, and with the gaps that libraries leave', () => {
    const [scale, padding] = [2, 2];
    const [width, height] = [3 * 5 * scale + 4 * padding, 2 * 4 * scale + 3 * padding];
    const larger = new Uint8Array(width * height);
    for (let y = 0; y < 8 * scale; y += 1) {
      for (let x = 0; x < 15 * scale; x += 1) {
        const [tileX, tileY] = [Math.floor(x / (5 * scale)), Math.floor(y / (4 * scale))];
        larger[(y + (tileY + 1) * padding) * width + x + (tileX + 1) * padding] = pixels[Math.floor(y / scale) * 15 + Math.floor(x / scale)] ?? 0;
      }
    }
    expect(tilesOf({ width, height, channels: 1, pixels: larger }, grid)).toEqual(tilesOf(picture, grid));
  });

  it('of grey may be saved in colour, and is grey', () => {
    const coloured = Uint8Array.from({ length: 3 * pixels.length }, (_, index) => pixels[Math.floor(index / 3)] ?? 0);
    expect(tilesOf({ ...picture, channels: 3, pixels: coloured }, grid)).toEqual(tilesOf(picture, grid));
  });

  it.each([[16, 8], [8, 15], [15, 7], [180, 90]])('is not seen in %d x %d pixels', (width, height) => {
    expect(tilesOf({ width, height, channels: 1, pixels: new Uint8Array(width * height) }, grid)).toBeNull();
  });
});

describe('what is surely no grid of samples', () => {
  const sample = (seed: number): Uint8Array => Uint8Array.from({ length: 784 }, (_, index) => ((index * (seed + 3)) % 97 < 20 ? 255 : 0));
  const samples = Array.from({ length: 200 }, (_, seed) => sample(seed));

  it('is named', () => {
    expect(flawOf(Array.from({ length: 200 }, () => new Uint8Array(784).fill(128)))).toBe('The picture is blank.');
    expect(flawOf([...samples.slice(0, 50), ...Array.from({ length: 150 }, () => new Uint8Array(784))])).toBe('150 of its 200 tiles are blank.');
    expect(flawOf(Array.from({ length: 200 }, () => sample(1)))).toBe('200 of its 200 tiles are the same picture, not samples of their own.');
  });

  it('and a grid of samples has nothing of it, even where a few repeat', () => {
    expect(flawOf(samples)).toBeNull();
    expect(flawOf([...samples.slice(0, 150), ...Array.from({ length: 50 }, () => sample(1))])).toBeNull();
  });
});
