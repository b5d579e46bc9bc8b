/**
 * Reads the plain kind of PNG: not interlaced, up to 8 bits a channel. Whatever else a picture is, a person looks at it.
 * A student's file: nothing is allocated before the header's size is judged, and no more is inflated than the header says.
 * Source: the PNG specification (third edition), sections 5 (chunks), 9 (filters) and 11.2.2 (header).
 */
import { inflateSync } from 'node:zlib';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1: grey; 3: red, green and blue. */
  readonly channels: 1 | 3;
  /** Rows from the top, 0 to 255; what is transparent stands on white. */
  readonly pixels: Uint8Array;
}

export type PngReading = { readonly kind: 'picture'; readonly picture: Picture } | { readonly kind: 'unread'; readonly reason: string };

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** A grid of 200 pictures of 32 x 32, drawn four times as large, has 3.3 million. */
const MOST_PIXELS = 8_000_000;
const MOST_BYTES = 32 << 20;

/** Samples a pixel, by colour type. */
const SAMPLES: ReadonlyMap<number, number> = new Map([[0, 1], [2, 3], [3, 1], [4, 2], [6, 4]]);

interface Header {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly samples: number;
}

interface Chunks {
  readonly header: Header;
  readonly palette: Uint8Array;
  readonly data: Uint8Array;
}

export function readPng(bytes: Uint8Array): PngReading {
  if (SIGNATURE.some((byte, index) => bytes[index] !== byte)) return unread('it is no PNG');
  if (bytes.length > MOST_BYTES) return unread(`it is larger than ${MOST_BYTES >> 20} MiB`);
  const chunks = chunksOf(bytes);
  if (typeof chunks === 'string') return unread(chunks);
  const { header } = chunks;
  const stride = Math.ceil((header.width * header.samples * header.depth) / 8);
  const raw = inflated(chunks.data, (stride + 1) * header.height);
  if (raw === null) return unread('its data are damaged, or not as much as its size says');
  if (!unfilter(raw, stride, header)) return unread('its data are damaged');
  return { kind: 'picture', picture: pictureOf(raw, stride, chunks) };
}

function unread(reason: string): PngReading {
  return { kind: 'unread', reason };
}

/** The header, the palette and all image data, or what is wrong. Checksums are not looked at: damage shows in the data. */
function chunksOf(bytes: Uint8Array): Chunks | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let header: Header | string | null = null;
  let palette: Uint8Array = new Uint8Array(0);
  for (let at = SIGNATURE.length; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) return 'it is cut off';
    const body = bytes.subarray(at + 8, at + 8 + length);
    at += 12 + length;
    if (header === null) {
      if (type !== 'IHDR' || length !== 13) return 'it does not begin with a header';
      header = headerOf(body);
      if (typeof header === 'string') return header;
    }
    if (type === 'PLTE') palette = body;
    if (type === 'IDAT') data.push(body);
    if (type === 'IEND') break;
  }
  if (header === null || data.length === 0) return 'it holds no picture';
  if (header.colour === 3 && palette.length === 0) return 'its palette is missing';
  return { header, palette, data: Buffer.concat(data) };
}

function headerOf(body: Uint8Array): Header | string {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth = 0, colour = 0, , , interlaced] = body.subarray(8);
  const samples = SAMPLES.get(colour);
  if (width === 0 || height === 0 || width * height > MOST_PIXELS) return `a picture of ${width} x ${height} is too large, or empty`;
  if (samples === undefined || ![1, 2, 4, 8].includes(depth) || (depth < 8 && samples > 1)) return 'its pixels are of a kind that is not read here';
  if (interlaced !== 0) return 'it is interlaced';
  return { width, height, depth, colour, samples };
}

/** Exactly so many bytes, or null. */
function inflated(data: Uint8Array, length: number): Uint8Array | null {
  try {
    const raw = inflateSync(data, { maxOutputLength: length });
    return raw.length === length ? raw : null;
  } catch {
    return null;
  }
}

/** Undoes each row's filter in place. */
function unfilter(raw: Uint8Array, stride: number, { height, samples, depth }: Header): boolean {
  const step = Math.max(1, (samples * depth) / 8);
  for (let row = 0; row < height; row += 1) {
    const start = row * (stride + 1);
    const filter = raw[start] ?? 0;
    if (filter > 4) return false;
    for (let column = 0; column < stride; column += 1) {
      const at = start + 1 + column;
      const left = column < step ? 0 : (raw[at - step] ?? 0);
      const up = row === 0 ? 0 : (raw[at - stride - 1] ?? 0);
      const corner = row === 0 || column < step ? 0 : (raw[at - stride - 1 - step] ?? 0);
      raw[at] = (raw[at] ?? 0) + predicted(filter, left, up, corner);
    }
  }
  return true;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      // Paeth: whichever of the three is nearest to left + up - corner.
      const estimate = left + up - corner;
      const [byLeft, byUp, byCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
      if (byLeft <= byUp && byLeft <= byCorner) return left;
      return byUp <= byCorner ? up : corner;
    }
    default:
      return 0;
  }
}

function pictureOf(raw: Uint8Array, stride: number, { header, palette }: Chunks): Picture {
  const { width, height, depth, colour, samples } = header;
  const isColoured = colour === 2 || colour === 3 || colour === 6;
  const channels = isColoured ? 3 : 1;
  const hasAlpha = colour === 4 || colour === 6;
  const pixels = new Uint8Array(width * height * channels);
  for (let row = 0; row < height; row += 1) {
    const start = row * (stride + 1) + 1;
    for (let column = 0; column < width; column += 1) {
      for (let channel = 0; channel < channels; channel += 1) {
        const at = (row * width + column) * channels + channel;
        if (colour === 3) pixels[at] = palette[3 * sample(raw, start, column, depth) + channel] ?? 0;
        else if (depth < 8) pixels[at] = Math.round((255 * sample(raw, start, column, depth)) / (2 ** depth - 1));
        else pixels[at] = onWhite(raw[start + column * samples + channel] ?? 0, hasAlpha ? (raw[start + column * samples + samples - 1] ?? 0) : 255);
      }
    }
  }
  return { width, height, channels, pixels };
}

/** The number of a pixel that has one sample of this many bits. */
function sample(raw: Uint8Array, start: number, column: number, depth: number): number {
  const bit = column * depth;
  return ((raw[start + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
}

function onWhite(value: number, alpha: number): number {
  return Math.round((value * alpha + 255 * (255 - alpha)) / 255);
}
