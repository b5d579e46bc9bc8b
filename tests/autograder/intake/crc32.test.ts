import { expect, test } from 'vitest';
import { crc32 } from '../../../autograder/intake/crc32.ts';

test.each([
  ['', 0],
  ['123456789', 0xcbf43926],
  ['The quick brown fox jumps over the lazy dog', 0x414fa339],
])('%j', (text, sum) => {
  expect(crc32(Buffer.from(text))).toBe(sum);
});
