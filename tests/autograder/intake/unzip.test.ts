import { execFileSync } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { fileSource } from '../../../autograder/intake/byte-source.ts';
import { intakeLimits } from '../../../autograder/intake/intake.ts';
import { listZip } from '../../../autograder/intake/unzip.ts';
import { type RawEntry, rawZip } from './raw-zip.ts';
import { complete, paths, scratchFolder, zipOf, zipReaderIn } from './zips.ts';

const scratch = scratchFolder();
const zip = zipReaderIn(scratch);
const vae: RawEntry = { name: 'vae.ts', content: 'export const vae = 1;\n' };
const gmvae: RawEntry = { name: 'gmvae.ts', content: 'export const gmvae = 2;\n' };

describe('zips as programs write them', () => {
  const received = { code: Object.entries(complete).map(([path, text]) => ({ path, text })), notes: [] };

  test.each([
    ['compressed', {}, {}],
    ['stored', { compress: false }, {}],
    ['zip64', { forceZip64Format: true }, { forceZip64Format: true }],
  ])('%s', async (_, options, end) => {
    expect(await zip.submission(await zipOf(complete, options, end))).toMatchObject(received);
  });

  test('one that was streamed, sizes after the data', async () => {
    const { ZipFile } = await import('yazl');
    const { Readable } = await import('node:stream');
    const { buffer } = await import('node:stream/consumers');
    const streamed = new ZipFile();
    for (const [name, text] of Object.entries(complete)) streamed.addReadStream(Readable.from([Buffer.from(text)]), name);
    streamed.end();
    expect(await zip.submission(await buffer(streamed.outputStream))).toMatchObject(received);
  });

  test('macOS: a folder, AppleDouble twins and __MACOSX', async () => {
    const files = { 'hw2/vae.ts': complete['vae.ts'] ?? '', 'hw2/gmvae.ts': complete['gmvae.ts'] ?? '', '__MACOSX/hw2/._vae.ts': 'x', 'hw2/.DS_Store': 'x', 'hw2/._gmvae.ts': 'x' };
    expect(await zip.submission(await zipOf(files))).toMatchObject(received);
  });

  test('PowerShell 5: backslashes between folders', async () => {
    const bytes = rawZip([{ name: 'hw2\\' }, { ...vae, name: 'hw2\\vae.ts' }, { ...gmvae, name: 'hw2\\gmvae.ts' }]);
    expect(await zip.submission(bytes)).toMatchObject(received);
  });

  test("python's zipfile and the zip command, where they exist", async () => {
    for (const [program, ...parameters] of [
      ['python3', '-c', 'import sys, zipfile\nwith zipfile.ZipFile("made.zip", "w", zipfile.ZIP_DEFLATED) as z:\n  z.write("vae.ts"); z.write("gmvae.ts")'],
      ['python3', '-c', 'import zipfile, io\nb = io.BytesIO()\nclass S:\n  def __init__(s, f): s.f = f\n  def write(s, d): return s.f.write(d)\n  def flush(s): pass\nwith open("made.zip", "wb") as f:\n  with zipfile.ZipFile(S(f), "w", zipfile.ZIP_DEFLATED) as z:\n    z.write("vae.ts"); z.write("gmvae.ts")'],
      ['zip', '-q', 'made.zip', 'vae.ts', 'gmvae.ts'],
    ] as const) {
      for (const [name, text] of Object.entries(complete)) await writeFile(join(scratch.path, name), text);
      if (!ran(program, parameters)) continue;
      expect(await zip.submission(await readFile(join(scratch.path, 'made.zip')))).toMatchObject(received);
    }
  });

  test('names: ./ in front, double slashes, UTF-8 with and without saying so, code page 437', async () => {
    const extra = { content: 'export const more = 1;\n' };
    const bytes = rawZip([
      { ...vae, name: './vae.ts' },
      gmvae,
      { ...extra, name: 'a//b.ts' },
      { ...extra, name: 'größe.ts', flags: 0 },
      { ...extra, name: 'e\u0301.ts' },
      { ...extra, name: Buffer.from([0x81, 0x2e, 0x74, 0x73]), flags: 0 },
      { name: '.', content: 'nothing' },
    ]);
    expect(paths((await zip.submission(bytes)).code)).toEqual(['vae.ts', 'gmvae.ts', 'größe.ts', '\u00e9.ts', 'ü.ts', 'a/b.ts']);
  });

  test('faults in files nobody reads cost nothing', async () => {
    const bytes = rawZip([
      vae,
      gmvae,
      { name: 'data.bin', content: 'abc', crc: 1, size: 7, method: 0 },
      { name: 'photo.raw', content: 'abc', flags: 1 },
      { name: 'Icon\r', content: '' },
      { name: 'weights.pt', content: 'abc', method: 14, offset: 0xfffffffe },
    ]);
    const { code, notes } = await zip.submission(bytes);
    expect(paths(code)).toEqual(['vae.ts', 'gmvae.ts']);
    expect(notes).toEqual(['Left alone, because the assignment does not ask for it: Icon\\u{d}, data.bin, photo.raw, weights.pt.']);
  });
});

function ran(program: string, parameters: readonly string[]): boolean {
  try {
    execFileSync(program, [...parameters], { cwd: scratch.path, stdio: 'pipe' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

describe('refused, with a reason', () => {
  test.each<[string, readonly RawEntry[], RegExp]>([
    ['zip-slip', [vae, gmvae, { name: '../../x.ts' }], /"\.\.\/\.\.\/x\.ts", a path that leads out/],
    ['zip-slip inside', [{ ...vae, name: 'hw2/../../vae.ts' }], /leads out/],
    ['zip-slip with backslashes', [vae, gmvae, { name: '..\\x.ts' }], /leads out/],
    ['zip-slip in a skipped folder', [vae, gmvae, { name: 'node_modules/../../x' }], /leads out/],
    ['absolute', [vae, gmvae, { name: '/etc/passwd' }], /absolute path/],
    ['network share', [vae, gmvae, { name: '\\\\server\\share\\x' }], /absolute path/],
    ['drive letter', [vae, gmvae, { name: 'C:\\x.ts' }], /absolute path/],
    ['NUL in a name', [vae, gmvae, { name: 'x.ts\0.png' }], /NUL character \("x\.ts\\u\{0\}\.png"\)/],
    ['path too long', [vae, gmvae, { name: 'a/'.repeat(600) + 'x' }], /longer than 1024 bytes/],
    ['link among the declared files', [{ ...vae, mode: 0o120777 }, gmvae], /vae\.ts is a link to another file/],
    ['pipe among the declared files', [{ ...vae, mode: 0o010644 }, gmvae], /vae\.ts is not an ordinary file/],
    ['password', [{ ...vae, flags: 1 }, gmvae], /vae\.ts is encrypted with a password/],
    ['strong encryption', [{ ...vae, flags: 0x41 }, gmvae], /encrypted with a password/],
    ['compressed by another method', [{ ...vae, method: 14, packed: Buffer.from('lzma') }, gmvae], /method 14/],
    ['wrong checksum', [{ ...vae, crc: 1 }, gmvae], /vae\.ts in the zip is damaged/],
    ['not deflated at all', [{ ...vae, packed: Buffer.from('not deflated') }, gmvae], /vae\.ts in the zip is damaged/],
    ['says it is smaller', [{ ...vae, size: 3 }, gmvae], /vae\.ts does not unpack to the size/],
    ['says it is larger', [{ ...vae, size: 300 }, gmvae], /vae\.ts does not unpack to the size/],
    ['stored, and the sizes differ', [{ ...vae, method: 0, size: 3 }, gmvae], /vae\.ts does not unpack to the size/],
    ['says it is empty', [{ ...vae, size: 0 }, gmvae], /vae\.ts does not unpack to the size/],
    ['padded with nothing', [{ ...vae, packed: Buffer.alloc(100_000) }, gmvae], /vae\.ts does not unpack to the size/],
    ['data beyond the end', [{ ...vae, offset: 0xffffff }, gmvae], /vae\.ts in the zip is damaged/],
    ['data past the end', [{ ...vae, packedSize: 60_000 }, gmvae], /vae\.ts in the zip is damaged/],
    ['extra field cut short', [{ ...vae, extra: Buffer.from([1, 0, 50, 0]) }, gmvae], /The zip is damaged/],
    ['named twice', [vae, gmvae, vae], /vae\.ts is in the hand-in twice/],
    ['twins by case', [vae, gmvae, { name: 'VAE.TS' }], /vae\.ts and VAE\.TS|VAE\.TS and vae\.ts/],
    ['twins by accent', [vae, gmvae, { name: '\u00e9.ts' }, { name: 'e\u0301.ts' }], /is in the hand-in twice/],
    ['control character', [vae, gmvae, { name: 'a\nb.ts' }], /a\\u\{a\}b\.ts cannot be read/],
    ['bidirectional override', [vae, gmvae, { name: 'a\u202eb.ts' }], /invisible character/],
    ['reserved name', [vae, gmvae, { name: 'aux.ts' }], /Windows cannot store the name "aux\.ts"/],
    ['trailing dot', [vae, gmvae, { name: 'more./a.ts' }], /ends with a dot or a space/],
    ['one long name', [vae, gmvae, { name: `${'x'.repeat(300)}.ts` }], /longer than 255 bytes/],
  ])('%s', async (_, entries, reason) => {
    expect(await zip.reason(rawZip(entries))).toMatch(reason);
  });

  test('damaged or cut short', async () => {
    const whole = await zipOf(complete);
    for (const bytes of [whole.subarray(0, 100), whole.subarray(0, -1), Buffer.from('PK\x03\x04'), Buffer.from('hello'), Buffer.alloc(5000)]) {
      expect(await zip.reason(bytes)).toMatch(/^The zip is damaged or cut short\. .* hand it in once more\.$/);
    }
  });

  test('offsets as large as 64 bits go do not throw where nobody can catch it', async () => {
    const locator = Buffer.alloc(20, 0xff);
    locator.write('PK\x06\x07');
    const bytes = Buffer.concat([locator, rawZip([])]);
    expect(await zip.reason(bytes)).toMatch(/is damaged or cut short/);
  });

  test('more files than it counts, as some writers leave it beyond 65,535', async () => {
    expect(await zip.reason(rawZip([vae, gmvae], 1))).toMatch(/more files than it says/);
  });
});

describe('bombs', () => {
  // The small one is within what a packed file may be larger than its content, so inflating has to stop by itself.
  test.each([60, 10 * 1024])('%i MiB of zeros that claim to be small are never unpacked', async (megabytes) => {
    const bytes = rawZip([{ ...vae, packed: bombOf(megabytes), size: 1000 }, gmvae]);
    const before = process.memoryUsage().rss;
    const started = process.cpuUsage();
    expect(await zip.reason(bytes)).toMatch(/does not unpack to the size/);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  test('one that is small on disk and claims what it is', async () => {
    expect(await zip.reason(rawZip([{ ...vae, content: Buffer.alloc(2 * 1024 * 1024) }, gmvae]))).toMatch(/vae\.ts is larger than 1 MiB/);
  });

  test('one inside another is no different', async () => {
    const inner = rawZip([{ name: 'vae.ts', packed: bombOf(1024), size: 1000 }]);
    expect(await zip.reason(rawZip([{ name: 'inner.zip', content: inner }]))).toMatch(/does not unpack to the size/);
  });

  test('many entries that share the same bytes', async () => {
    const content = Buffer.alloc(900 * 1024, 'x');
    const shared = { content, offset: 0 };
    const first = { name: 'vae.ts', content };
    const others = Array.from({ length: 62 }, (_, index) => ({ ...shared, packed: Buffer.alloc(0), packedSize: deflateRawSync(content).length, name: `extra${index}.ts` }));
    const { code, notes } = await zip.submission(rawZip([first, ...others, gmvae]));
    expect(code.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(intakeLimits.totalBytes);
    expect(notes.join('\n')).toMatch(/brings the hand-in above 48 MiB/);
    expect(notes.at(-1)).toMatch(/more files were not read for the same reasons/);
  });

  test('more files than anyone hands in; node_modules does not count, until it does', async () => {
    expect(await zip.reason(rawZip([vae, gmvae, ...many('data', 1999)]))).toMatch(/more than 2,000 files/);
    const { notes } = await zip.submission(rawZip([vae, gmvae, ...many('node_modules', 5000), ...many('.git', 10)]));
    expect(notes).toEqual(['node_modules (5,000 files) was left alone: packages are provided, so leave it out of the next hand-in.', '.git was left alone.']);
    const few = { ...intakeLimits, entriesInAll: 100 };
    expect(await zip.reason(rawZip([vae, gmvae, ...many('node_modules', 100)]), few)).toMatch(/more than 100 files/);
    expect(await zip.reason(rawZip(Array.from({ length: 101 }, (_, index) => ({ name: `${index}/` }))), few)).toMatch(/more than 100 files/);
  });
});

function many(folder: string, count: number): readonly RawEntry[] {
  return Array.from({ length: count }, (_, index) => ({ name: `${folder}/${index}.txt` }));
}

/** This many MiB of zeros, deflated, without ever holding them. */
function bombOf(megabytes: number): Buffer {
  // A deflate stream cut at a byte boundary (full flush) may be repeated.
  const block = deflateRawSync(Buffer.alloc(1024 * 1024), { finishFlush: 3 });
  return Buffer.concat(Array.from({ length: megabytes }, () => block));
}

describe('faults that are not the student’s are thrown', () => {
  test('an error of the disk', async () => {
    const path = join(scratch.path, 'disk.zip');
    await writeFile(path, await zipOf(complete));
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const fault = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO', syscall: 'read' });
      const read = vi.spyOn(file, 'read').mockRejectedValue(fault);
      await expect(listZip(fileSource(file, size), intakeLimits)).rejects.toBe(fault);
      read.mockRestore();
      // The disk may also fail later: after the list, and when a file is read.
      const listing = await listZip(fileSource(file, size), intakeLimits);
      vi.spyOn(file, 'read').mockRejectedValue(fault);
      expect(listing.entries).toHaveLength(2);
    } finally {
      await file.close();
    }
  });

  test('a bug of ours is not called damage', async () => {
    const path = join(scratch.path, 'bug.zip');
    await writeFile(path, await zipOf(complete));
    const file = await open(path);
    try {
      vi.spyOn(file, 'read').mockRejectedValue(new TypeError('a bug'));
      await expect(listZip(fileSource(file, (await file.stat()).size), intakeLimits)).rejects.toThrow(TypeError);
    } finally {
      await file.close();
    }
  });

  test('a file that shrinks while it is read is refused', async () => {
    const path = join(scratch.path, 'short.zip');
    await writeFile(path, await zipOf(complete));
    const file = await open(path);
    try {
      await expect(listZip(fileSource(file, (await file.stat()).size + 10), intakeLimits)).rejects.toThrow(/became shorter/);
    } finally {
      await file.close();
    }
  });
});
