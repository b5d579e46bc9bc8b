/**
 * Random access to a zip for yauzl. Two reasons for not using yauzl's own: offsets in a
 * hostile zip reach 2^64, which Node's fs.read answers by throwing inside yauzl's callback, where
 * nobody can catch it; and reading the directory through a window is two reads, not two an entry.
 */
import { RandomAccessReader } from 'yauzl';
import type { ByteSource } from './byte-source.ts';

// The published types stop at version 2.
declare module 'yauzl' {
  interface Entry {
    readonly fileNameRaw: Buffer;
  }
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    readLocalFileHeaderPromise(entry: Entry, options: { readonly minimal: true }): Promise<{ readonly fileDataStart: number }>;
  }
  export function getFileNameLowLevel(flags: number, raw: Buffer, extra: Entry['extraFields'], strict: boolean): string;
}

const WINDOW = 64 * 1024;

export class ZipReader extends RandomAccessReader {
  readonly #source: ByteSource;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null, bytes?: number) => void): void {
    this.bytes(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset);
        callback(null, length);
      },
      (error: Error) => {
        callback(error);
      },
    );
  }

  /** Exactly these bytes. */
  async bytes(position: number, length: number): Promise<Buffer> {
    if (!(position >= 0 && position + length <= this.#source.size)) throw new Error('the zip points outside itself');
    if (length > WINDOW) return this.#source.bytes(position, length);
    const inside = position >= this.#start && position + length <= this.#start + this.#window.length;
    if (!inside) {
      this.#window = await this.#source.bytes(position, Math.min(WINDOW, this.#source.size - position));
      this.#start = position;
    }
    return this.#window.subarray(position - this.#start, position - this.#start + length);
  }
}
