import { expect, test } from 'vitest';
import { archiveKind, isArchiveName, withoutArchiveEnding } from '../../../autograder/intake/archive-kind.ts';

test.each([
  ['PK\x03\x04rest', 'zip'],
  ['PK\x05\x06', 'zip'],
  ['Rar!\x1a\x07\x01\x00', 'a RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['\x1f\x8b\x08', 'a tar.gz archive'],
  ['x'.repeat(257) + 'ustar', 'a tar archive'],
  ['%PDF-1.7', 'a PDF'],
  ['\n<!DOCTYPE html><title>Sign in', 'a web page'],
  ['export const vae', null],
  ['', null],
])('%j', (head, kind) => {
  expect(archiveKind(Buffer.from(head, 'latin1'))).toBe(kind);
});

test.each([
  ['jane.zip', 'jane'],
  ['jane.ZIP', 'jane'],
  ['jane.tar.gz', 'jane'],
  ['jane.tgz', 'jane'],
  ['jane.rar', 'jane'],
  ['jane.hw2', null],
  ['zip', null],
])('%s', (name, bare) => {
  expect(isArchiveName(name)).toBe(bare !== null);
  expect(withoutArchiveEnding(name)).toBe(bare ?? name);
});
