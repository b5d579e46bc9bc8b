/** Texts on which a compiler never ends, dies or writes gigabytes cost the file that holds them, and no other. */
import { describe, expect, it } from 'vitest';
import { transformFiles } from '../../../../autograder/languages/typescript/transform.ts';

const HONEST = { path: 'honest.ts', text: 'export const f = (x: number): number => x + 1;' };

const doublings = Array.from({ length: 40 }, (_, index) => `a${index + 1} = a${index} + a${index}`).join(', ');

const bombs: readonly (readonly [string, string])[] = [
  ['an arrow function in every branch, which takes twice the time for each', `export const x = ${'a ? (b) : c => '.repeat(60)}1;`],
  ['brackets nested half a million deep', `export const x = ${'('.repeat(500_000)}1${')'.repeat(500_000)};`],
  ['functions nested thousands deep', 'function f(){'.repeat(4600) + '}'.repeat(4600)],
  ['an enum whose last string is terabytes long', `enum E { a0 = "xxxxxxxx", ${doublings} }; export const x = E.a40.length;`],
];

describe('a text made against the compiler', () => {
  it.each(bombs)('costs only itself: %s', async (_, text) => {
    const hostile = { path: 'hostile.ts', text };
    const [mine, others] = await Promise.all([transformFiles([hostile, HONEST]), transformFiles([HONEST, { path: 'wrong.ts', text: 'let 1;' }])]);
    expect(mine.files[0]?.broken).toMatch(/^hostile\.ts could not be compiled with the time and memory that a file gets/);
    expect(mine.files[1]?.code).toContain('x+1');
    expect(others.files[0]?.code).toContain('x+1');
    expect(others.files[1]?.broken).toMatch(/^wrong\.ts does not compile: .* \(wrong\.ts:1:5\)\n {4}let 1;$/);
    const { files } = await transformFiles([HONEST]);
    expect(files[0]?.code).toContain('x+1');
  });

  it('does not grow on the way: seventy thousand characters of nested ifs', async () => {
    const { files } = await transformFiles([{ path: 'deep.ts', text: `${'if(a)'.repeat(12_000)};` }]);
    expect(files[0]?.code?.length).toBeLessThan(200_000);
  });
});

describe('a text compiled in a process of its own', () => {
  // An enum, or more than 64 KiB, is what sends it there.
  const padding = `\n// ${'x'.repeat(70_000)}`;

  it('gives the same code as the shared compiler does', async () => {
    const text = `import { y } from './other.ts';\nexport const f = (x: number) => x + y;\n`;
    const [short, long] = await Promise.all([transformFiles([{ path: 'a.ts', text }]), transformFiles([{ path: 'a.ts', text: text + padding }])]);
    expect(long.files[0]?.code?.trim()).toBe(short.files[0]?.code?.trim());
    const at = (short.files[0]?.code ?? '').indexOf('x+');
    expect(long.locate('a.ts', 1, at + 1)).toEqual(short.locate('a.ts', 1, at + 1));
  });

  it('is told the same about a mistake', async () => {
    const text = 'export const a = 1 2;';
    const [short, long] = await Promise.all([transformFiles([{ path: 'a.ts', text }]), transformFiles([{ path: 'a.ts', text: text + padding }])]);
    expect(long.files[0]?.broken).toBe(short.files[0]?.broken);
  });

  it('knows an honest enum', async () => {
    const { files } = await transformFiles([{ path: 'a.ts', text: 'enum Kind { A, B }\nexport const x = Kind.B;' }]);
    expect(files[0]?.code).toContain('exports');
  });
});
