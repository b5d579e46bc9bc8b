import { expect, test } from 'vitest';
import { byText, folded, listed, nameProblem, shown } from '../../../autograder/intake/safe-name.ts';

test.each<[string, RegExp]>([
  ['vae.ts', /^null$/],
  ['hw2/größe 2.ts', /^null$/],
  ['王伟/vae.ts', /^null$/],
  ['-rf.ts', /^null$/],
  ['console.ts', /^null$/],
  ['at 12:30.png', /^null$/],
  ['hw2/C:/vae.ts', /drive of Windows/],
  ['con.ts', /Windows/],
  ['hw2/NUL', /Windows/],
  ['LPT¹.tar.ts', /Windows/],
  ['a\tb.ts', /control/],
  ['a\u200bb.ts', /invisible/],
  ['a\\b.ts', /backslash/],
  ['more./a.ts', /dot or a space/],
  ['more /a.ts', /dot or a space/],
  ['é'.repeat(128), /255 bytes/],
])('%j', (path, problem) => {
  expect(String(nameProblem(path))).toMatch(problem);
});

test('one name for all that some file system takes for one', () => {
  expect(folded('VAE.ts')).toBe(folded('vae.TS'));
  expect(folded('E\u0301')).toBe(folded('\u00e9'));
  expect(folded('STRASSE')).toBe(folded('straße'));
  expect(folded('vae.ts')).not.toBe(folded('vae2.ts'));
});

test('names in sentences', () => {
  expect(shown('a\u202e\n.ts')).toBe('a\\u{202e}\\u{a}.ts');
  expect(shown('\u{e0041}')).toBe('\\u{e0041}');
  expect(shown('x'.repeat(500))).toHaveLength(123);
  expect(listed(['a', 'b'])).toBe('a, b');
  expect(listed(['a', 'b', 'c'], 2)).toBe('a, b and 1 more');
});

test('order', () => {
  expect(['b', 'a', 'B', 'a'].toSorted(byText)).toEqual(['B', 'a', 'a', 'b']);
});
