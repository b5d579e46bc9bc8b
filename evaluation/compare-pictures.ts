/** Pictures as bytes, held against one another. */

/** Pixel by pixel, on average. */
export function difference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += Math.abs((a[index] ?? 0) - (b[index] ?? 0));
  return sum / Math.max(1, a.length);
}

export function isBlackAndWhite(pictures: Uint8Array): boolean {
  let between = 0;
  for (const value of pictures) if (value > 10 && value < 245) between += 1;
  return between < 0.02 * pictures.length;
}

export function rounded(pictures: Uint8Array): Uint8Array {
  return pictures.map((value) => (value > 127 ? 255 : 0));
}
