import { expect, test } from 'vitest';
import { decodeText } from '../../../autograder/intake/decode-text.ts';

const bytes = (...values: number[]) => Buffer.from(values);
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

test.each<[string, Buffer, string | null]>([
  ['UTF-8', Buffer.from('größe = 1;\n'), 'größe = 1;\n'],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffx'), 'x'],
  ['UTF-16, little end first', utf16('größe\r\n'), 'größe\n'],
  ['UTF-16, big end first', utf16('größe').swap16(), 'größe'],
  ['UTF-16 with half a character at its end', utf16('x').subarray(0, 3), null],
  ['UTF-16 without a mark', Buffer.from('abc', 'utf16le'), null],
  ['UTF-32', bytes(0xff, 0xfe, 0, 0, 0x78, 0, 0, 0), null],
  ['Windows and old Mac line ends', Buffer.from('a\r\nb\rc\n'), 'a\nb\nc\n'],
  ['Latin-1', Buffer.from('// größe\tx\f\r\n', 'latin1'), '// größe\tx\f\n'],
  ['Windows-1252', bytes(0x4a, 0x92, 0x61, 0x69, 0x20, 0x93, 0xe9, 0x94, 0x80, 0x9f), 'J’ai “é”€Ÿ'],
  ['a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), null],
  ['a NUL', Buffer.from('a\0b'), null],
  ['nothing', Buffer.alloc(0), ''],
])('%s', (_, content, text) => {
  expect(decodeText(content)?.text ?? null).toBe(text);
});

test('says when letters may have come out wrong', () => {
  expect(decodeText(Buffer.from('größe', 'latin1'))?.doubt).toMatch(/UTF-8/);
  expect(decodeText(Buffer.from('größe'))?.doubt).toBeUndefined();
});
