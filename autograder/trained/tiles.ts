/** What is surely no grid of samples, whoever looks at it: nothing to see, or the same again and again. */

/** Of 255; the faintest stroke that counts, for pictures that a model of a few steps draws are faint. */
const FAINTEST = 24;

/** Tiles whose pixels differ by less than this on average show the same. */
const SAME = 2;

/** Samples repeat themselves rarely; a grid in which this part of the tiles is one picture is no grid of samples. */
const REPEATED_PART = 0.5;

/** The sentence that says so, or null. */
export function flawOf(tiles: readonly Uint8Array[]): string | null {
  const blank = tiles.filter((tile) => contrast(tile) < FAINTEST).length;
  if (blank > REPEATED_PART * tiles.length) return blank === tiles.length ? 'The picture is blank.' : `${blank} of its ${tiles.length} tiles are blank.`;
  const repeated = mostRepeated(tiles);
  if (repeated > REPEATED_PART * tiles.length) return `${repeated} of its ${tiles.length} tiles are the same picture, not samples of their own.`;
  return null;
}

function contrast(tile: Uint8Array): number {
  return tile.reduce((most, value) => Math.max(most, value), 0) - tile.reduce((least, value) => Math.min(least, value), 255);
}

/** How often the tile occurs that occurs most often. */
function mostRepeated(tiles: readonly Uint8Array[]): number {
  return Math.max(0, ...tiles.map((tile) => tiles.filter((other) => difference(tile, other) < SAME).length));
}

function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / Math.max(1, a.length);
}
