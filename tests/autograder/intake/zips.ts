/** Zips for the tests: honest ones by yazl, and ones no honest program makes, written byte by byte. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll } from 'vitest';
import { type EndOptions, type Options, ZipFile } from 'yazl';
import { crc32 } from '../../../autograder/intake/crc32.ts';
import { readHandIn } from '../../../autograder/intake/intake.ts';
import type { IntakeLimits } from '../../../autograder/intake/intake-limits.ts';
import type { HandInRules } from '../../../contract/rubric.ts';
import type { Submission } from '../../../contract/submission.ts';

export const rules: HandInRules = {
  code: ['vae.ts', 'gmvae.ts'],
  extraCode: ['.ts', '.js'],
  scaffolding: ['README.md', 'tsconfig.json'],
  written: ['answers.md', 'derivations/bound.md'],
  given: ['given/reduce.ts'],
};

/** The least a complete hand-in holds. */
export const complete: Readonly<Record<string, string>> = { 'vae.ts': 'export const vae = 1;\n', 'gmvae.ts': 'export const gmvae = 2;\n' };

export function zipOf(files: Readonly<Record<string, string | Buffer>>, options: Partial<Options> = {}, end: Partial<EndOptions> = {}): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name, options);
  zip.end({ forceZip64Format: false, ...end });
  return buffer(zip.outputStream);
}

export interface RawEntry {
  readonly name: string | Buffer;
  readonly content?: string | Buffer;
  /** Compressed bytes as they are, instead of the deflated content. */
  readonly packed?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  readonly mode?: number;
  readonly size?: number;
  readonly packedSize?: number;
  readonly crc?: number;
  readonly extra?: Buffer;
  readonly offset?: number;
}

/** A zip that says exactly what it is told to. `count` overrides the number of entries it claims. */
export function rawZip(entries: readonly RawEntry[], count = entries.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const packed = entry.packed ?? (method === 0 ? content : deflateRawSync(content));
    const extra = entry.extra ?? Buffer.alloc(0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc32(content), 10);
    common.writeUInt32LE(entry.packedSize ?? packed.length, 14);
    common.writeUInt32LE(entry.size ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, packed]);
    parts.push(local);
    common.writeUInt16LE(extra.length, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
    tail.writeUInt32LE(entry.offset ?? offset, 10);
    // Version made by 3: a Unix, whose modes count.
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03'), common, tail, name, extra]));
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** A folder that exists while the file's tests run. */
export function scratchFolder(): { readonly path: string } {
  const scratch = { path: '' };
  beforeAll(async () => {
    scratch.path = await mkdtemp(join(tmpdir(), 'intake-'));
  });
  afterAll(() => rm(scratch.path, { recursive: true, force: true }));
  return scratch;
}

export function zipReaderIn(scratch: { readonly path: string }) {
  return {
    /** What becomes of a zip with these bytes. */
    async intake(bytes: Buffer, limits?: IntakeLimits, asked: HandInRules = rules) {
      const path = join(scratch.path, 'hw2.zip');
      await writeFile(path, bytes);
      return readHandIn({ student: { id: 'jane' }, source: 'hw2.zip', path }, asked, limits);
    },
    async submission(bytes: Buffer, limits?: IntakeLimits, asked: HandInRules = rules): Promise<Submission> {
      const intake = await this.intake(bytes, limits, asked);
      if (intake.kind === 'refused') throw new Error(`refused: ${intake.refusal.reason}`);
      return intake.submission;
    },
    async reason(bytes: Buffer, limits?: IntakeLimits, asked: HandInRules = rules): Promise<string> {
      const intake = await this.intake(bytes, limits, asked);
      if (intake.kind !== 'refused') throw new Error('was not refused');
      return intake.refusal.reason;
    },
  };
}

export function paths(files: readonly { readonly path: string }[]): readonly string[] {
  return files.map(({ path }) => path);
}
