import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { intakeLimits } from '../../../autograder/intake/intake-limits.ts';
import type { Intake } from '../../../contract/submission.ts';
import { tarOf } from './downloads.ts';
import { type RawEntry, rawZip } from './raw-zip.ts';
import { complete, scratchFolder, zipOf, zipReaderIn } from './zips.ts';

const zip = zipReaderIn(scratchFolder());
const limits = { ...intakeLimits, entries: 20, entriesInAll: 40, files: 5, fileBytes: 2_000, totalBytes: 5_000 };

const HARMFUL_PATH = /^\/|^[a-z]:|(?:^|\/)\.\.?(?:\/|$)|\\|[\p{Cc}\p{Cf}]/iu;
const HARMFUL_SENTENCE = /[\p{Cc}\p{Cf}]/u;

/** What is wrong with what came out: limits broken, paths or sentences that could do harm. Nothing, whatever went in. */
function dangers(intake: Intake): readonly string[] {
  if (intake.kind === 'refused') return [intake.refusal.reason].filter((reason) => HARMFUL_SENTENCE.test(reason) || !/^.{20,}\.$/u.test(reason));
  const { code, written, notes, attachments } = intake.submission;
  const files = [...code, ...written];
  const total = files.reduce((sum, { text }) => sum + text.length, 0);
  return [
    ...files.filter(({ path, text }) => HARMFUL_PATH.test(path) || text.length > limits.fileBytes).map(({ path }) => path),
    ...[...notes, ...attachments.map(({ name }) => name)].filter((sentence) => HARMFUL_SENTENCE.test(sentence)),
    ...(files.length > limits.files ? [`${files.length} files`] : []),
    ...(new Set(files.map(({ path }) => path.toLowerCase())).size < files.length ? ['twins'] : []),
    ...(total > limits.totalBytes ? [`${total} bytes`] : []),
  ];
}

test('random bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, signed) => {
      expect(dangers(await zip.intake(Buffer.concat([Buffer.from(signed ? 'PK\x05\x06' : ''), bytes]), limits))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('good zips with a few bytes changed, cut out or put in', async () => {
  const files = { ...complete, 'größe.ts': 'x'.repeat(500), 'answers.md': '42', 'plot.png': 'x' };
  const zips = [await zipOf(files), await zipOf(files, { compress: false }), await zipOf(files, { forceZip64Format: true }, { forceZip64Format: true })];
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(8), put: fc.uint8Array({ maxLength: 8 }), fromEnd: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...zips), fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), async (whole, changes, inPlace) => {
      let bytes = whole;
      for (const { at, cut, put, fromEnd } of changes) {
        // Half of the changes go to the directory at the end, where most of the meaning is.
        const place = fromEnd ? bytes.length - Math.floor(at * Math.min(400, bytes.length)) : Math.floor(at * bytes.length);
        bytes = Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + (inPlace ? put.length : cut))]);
      }
      expect(dangers(await zip.intake(bytes, limits))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('good tars with a few bytes changed', async () => {
  const files = { ...complete, 'größe.ts': 'x'.repeat(500), 'answers.md': '42', [`${'long/'.repeat(30)}x.ts`]: 'x' };
  const tars = [tarOf(files), tarOf(files, '--format=pax'), tarOf(files, '--format=ustar'), tarOf(files, '-z')];
  const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), put: fc.uint8Array({ minLength: 1, maxLength: 4 }), isHeader: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...tars), fc.array(change, { minLength: 1, maxLength: 4 }), fc.boolean(), async (whole, changes, isMended) => {
      const bytes = Buffer.from(whole);
      for (const { at, put, isHeader } of changes) {
        const place = Math.floor(at * bytes.length);
        bytes.set(put, isHeader ? Math.min(place - (place % 512) + (place % 156), bytes.length - 4) : Math.min(place, bytes.length - 4));
      }
      if (isMended) mendChecksums(bytes);
      expect(dangers(await zip.intake(bytes, limits))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});

/** So that a change gets past the checksum: every block that looks like a header gets its own. */
function mendChecksums(tar: Buffer): void {
  for (let at = 0; at + 512 <= tar.length; at += 512) {
    const block = tar.subarray(at, at + 512);
    if (block.toString('latin1', 257, 262) !== 'ustar') continue;
    block.fill(0x20, 148, 156);
    block.write(`${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  }
}

test('well-formed zips of hostile entries', async () => {
  const part = fc.constantFrom('vae', '.ts', '/', '..', '\\', 'gmvae.ts', 'vae.ts', 'answers.md', 'node_modules', 'C:', 'con', ' ', '.', '\0', '\n', '\u202e', 'é', 'e\u0301', 'VAE', '.png', '.zip');
  const entry: fc.Arbitrary<RawEntry> = fc.record(
    {
      name: fc.oneof(fc.constantFrom('vae.ts', 'gmvae.ts'), fc.array(part, { maxLength: 6 }).map((parts) => parts.join(''))),
      content: fc.string({ maxLength: 3_000 }),
      packed: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
      method: fc.constantFrom(0, 8, 8, 8, 9, 99),
      flags: fc.constantFrom(0, 1, 8, 0x40, 0x800),
      mode: fc.constantFrom(0, 0o100644, 0o120777, 0o010644, 0o040755, 0o177777),
      size: fc.oneof(fc.nat(4_000), fc.constant(0xffffffff)),
      packedSize: fc.oneof(fc.nat(4_000), fc.constant(0xffffffff)),
      offset: fc.oneof(fc.nat(2_000), fc.constant(0xffffffff)),
      extra: fc.oneof(
        fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
        fc.uint8Array({ minLength: 28, maxLength: 28 }).map((bytes) => Buffer.concat([Buffer.from([1, 0, 28, 0]), bytes])),
      ),
    },
    { requiredKeys: ['name'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 8 }), fc.option(fc.nat(65_535), { freq: 10, nil: undefined }), async (entries, count) => {
      expect(dangers(await zip.intake(rawZip(entries, count), limits))).toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});
