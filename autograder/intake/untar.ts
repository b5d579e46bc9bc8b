/**
 * Lists a tar, packed with gzip or not, in one pass and without writing anything. A tar has no directory,
 * so the text files in it are kept as they go by; everything else is passed over.
 */
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { isArchiveName } from './archive-kind.ts';
import { isAttachment } from './attachments.ts';
import { type ByteSource, chunksOf } from './byte-source.ts';
import { type IntakeLimits, mostBytes } from './intake-limits.ts';
import { type Entry, type Listing, ListingBuilder, skippedBecause } from './listing.ts';
import { isSystemError, Refused } from './problems.ts';
import { shown } from './safe-name.ts';
import { safePath } from './safe-path.ts';

const BLOCK = 512;
/** Headers of long names; longer than any name that is read. */
const NAME_RECORD = 64 * 1024;
const AGAIN = 'Put your files into a .zip and hand that in.';

interface Header {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** @throws Refused; errors of the disk come through as they are. */
export async function listTar(source: ByteSource, limits: IntakeLimits, gzipped: boolean): Promise<Listing> {
  const feed = new Feed(gzipped ? unpacked(source) : chunksOf(source), limits.unpackedBytes);
  try {
    return await list(feed, limits);
  } catch (error) {
    // zlib says "incorrect data check" and the like: damage, and the student's to mend.
    if (error instanceof Error && 'code' in error && !isSystemError(error) && String(error.code).startsWith('Z_')) throw damaged();
    throw error;
  } finally {
    await feed.close();
  }
}

function unpacked(source: ByteSource): AsyncIterable<Buffer> {
  // The iterator over its end reports every error; the callback is there because pipeline wants one.
  return pipeline(Readable.from(chunksOf(source)), createGunzip(), () => undefined);
}

async function list(feed: Feed, limits: IntakeLimits): Promise<Listing> {
  const builder = new ListingBuilder(limits);
  let kept = 0;
  let keptLarge = 0;
  let longName: string | undefined;
  for (;;) {
    const block = await feed.take(BLOCK);
    if (block === null || block.every((byte) => byte === 0)) return builder.listing();
    const header = headerOf(block);
    if (header.type === 'L' || header.type === 'x') {
      if (header.size > NAME_RECORD) throw damaged();
      const record = await body(feed, header.size);
      longName = header.type === 'L' ? record.toString('utf8').replace(/\0.*$/s, '') : (paxPath(record.toString('utf8')) ?? longName);
      continue;
    }
    const path = safePath(longName ?? header.name, limits, 'tar');
    longName = undefined;
    const kind = kindOf(header.type);
    const because = skippedBecause(path);
    // Of results and attachments as many are kept as there is room for: too many are no reason to refuse the rest.
    const large = isAttachment(path) || path.endsWith('.safetensors');
    const most = isArchiveName(path) ? limits.archiveBytes : large ? Math.min(limits.resultBytes, limits.resultBytesInAll - keptLarge) : mostBytes(path, limits);
    const wanted = kind === 'file' && because === undefined && header.size <= most;
    const content = wanted ? await body(feed, header.size) : null;
    if (content === null) await feed.skip(padded(header.size));
    if (large) keptLarge += content?.length ?? 0;
    else kept += content?.length ?? 0;
    if (kept > limits.archiveBytes) throw new Refused('The tar holds too much text and too many archives to look at. Hand in only what the assignment asks for.');
    if (kind === 'other' || path === '') builder.count();
    else if (because !== undefined) builder.skip(because, true);
    else builder.add({ path, kind, bytes: header.size, read: () => (content === null ? Promise.reject(new Refused(`${shown(path)} is too large to be read.`)) : Promise.resolve(content)) });
  }
}

async function body(feed: Feed, size: number): Promise<Buffer> {
  const bytes = await feed.take(padded(size));
  if (bytes === null) throw damaged();
  return Buffer.from(bytes.subarray(0, size));
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

function kindOf(type: string): Entry['kind'] | 'other' {
  if (type === '0' || type === '\0' || type === '7') return 'file';
  if (type === '1' || type === '2') return 'link';
  return type === '3' || type === '4' || type === '6' ? 'special' : 'other';
}

function headerOf(block: Buffer): Header {
  const text = (from: number, length: number): string => block.subarray(from, from + length).toString('utf8').replace(/\0.*$/s, '');
  const octal = (from: number, length: number): number => Number.parseInt(text(from, length).trim() || '0', 8);
  // The checksum counts its own eight bytes as blanks.
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  const size = octal(124, 12);
  if (sum !== octal(148, 8) || !Number.isSafeInteger(size) || size < 0) throw damaged();
  const prefix = text(257, 5) === 'ustar' && block[263] === 0x30 ? text(345, 155) : '';
  return { name: prefix === '' ? text(0, 100) : `${prefix}/${text(0, 100)}`, size, type: String.fromCharCode(block[156] ?? 0) };
}

/** Records of the form `30 path=a/very/long/name\n`. */
function paxPath(records: string): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1];
}

function damaged(): Refused {
  return new Refused(`The tar is damaged or cut short, or packed in a way that is not read. ${AGAIN}`);
}

/** Takes exactly so many bytes from a stream of chunks, and never unpacks more than is bearable. */
class Feed {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #most: number;
  #rest: Buffer = Buffer.alloc(0);
  #seen = 0;

  constructor(chunks: AsyncIterable<Buffer>, most: number) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#most = most;
  }

  /** Null at the very end; a tar that ends within what is asked for is damaged. */
  async take(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#rest.length === 0 && !(await this.#next())) {
        if (missing === length) return null;
        throw damaged();
      }
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      parts.push(part);
      missing -= part.length;
    }
    return Buffer.concat(parts);
  }

  async skip(length: number): Promise<void> {
    let missing = length;
    while (missing > 0) {
      if (this.#rest.length === 0 && !(await this.#next())) throw damaged();
      const part = Math.min(missing, this.#rest.length);
      this.#rest = this.#rest.subarray(part);
      missing -= part;
    }
  }

  /** What is left is not unpacked. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done === true) return false;
    this.#rest = value;
    this.#seen += value.length;
    if (this.#seen > this.#most) throw new Refused('The tar unpacks to far more than homework needs. Leave out node_modules and data sets.');
    return true;
  }
}
