/** These bytes of an open file, all of them. */
import type { FileHandle } from 'node:fs/promises';
import { Refused } from './problems.ts';

export async function readExactly(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, position + filled);
    if (bytesRead === 0) throw new Refused('A file became shorter while it was read. Hand in files nobody is writing to.');
    filled += bytesRead;
  }
  return bytes;
}
