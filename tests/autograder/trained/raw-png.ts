/** PNG files byte by byte, for what no honest program writes. */
import { crc32, deflateSync } from 'node:zlib';

interface RawHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: number;
  readonly interlaced?: number;
}

/** @param rows the rows with their filters, before they are compressed; null for no data at all. */
export function png({ width, height, depth, colour, interlaced = 0 }: RawHeader, rows: Uint8Array | null, ...more: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, interlaced], 8);
  const data = rows === null ? [] : [chunk('IDAT', deflateSync(rows))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', header), ...more, ...data, chunk('IEND', Buffer.alloc(0))]);
}

export function chunk(type: string, body: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(typeof crc32 === 'function' ? crc32(named) : 0);
  return Buffer.concat([length, named, sum]);
}
