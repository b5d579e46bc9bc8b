/** Bytes to be read from anywhere: an open file, or an archive that lay inside another. */
import type { FileHandle } from 'node:fs/promises';
import { readExactly } from './read-exactly.ts';

export interface ByteSource {
  readonly size: number;
  /** Exactly these bytes, all of them within the size. */
  readonly bytes: (position: number, length: number) => Promise<Buffer>;
}

export function fileSource(file: FileHandle, size: number): ByteSource {
  return { size, bytes: (position, length) => readExactly(file, position, length) };
}

export function bufferSource(buffer: Buffer): ByteSource {
  return { size: buffer.length, bytes: (position, length) => Promise.resolve(buffer.subarray(position, position + length)) };
}

/** From the first byte to the last. */
export async function* chunksOf(source: ByteSource, chunk = 64 * 1024): AsyncGenerator<Buffer> {
  for (let position = 0; position < source.size; position += chunk) yield await source.bytes(position, Math.min(chunk, source.size - position));
}
