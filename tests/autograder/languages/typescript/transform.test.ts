/** One file to CommonJS by itself: nothing outside it is read, and every line can be found again. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { transformFiles } from '../../../../autograder/languages/typescript/transform.ts';

async function transformed(text: string, file = 'answer.ts') {
  const { files, locate } = await transformFiles([{ path: file, text }]);
  return { code: files[0]?.code ?? '', broken: files[0]?.broken ?? '', locate };
}

describe('a transformed file', () => {
  it.each(['../secret', './given.ts', '/etc/passwd', 'node:fs', '@tensorflow/tfjs', '../../fixtures/cs236-hw2/vae.json'])(
    'asks for %s when it runs, and holds nothing of it',
    async (specifier) => {
      const { code } = await transformed(`import * as x from '${specifier}'; export const y = x;`);
      expect(code).toContain(`require("${specifier}")`);
      expect(code.length).toBeLessThan(2500);
    },
  );

  it('is the same whatever tsconfig.json lies around', async () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-tsconfig-'));
    const before = process.cwd();
    const text = `import x from '#secret'; class A { b = 1; } export const y = [x, A];`;
    const plain = await transformed(text);
    try {
      fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { paths: { '#secret': ['/etc/passwd'] }, target: 'es5', experimentalDecorators: true } }));
      process.chdir(folder);
      expect((await transformed(text, path.join(folder, 'answer.ts'))).code).toBe(plain.code);
    } finally {
      process.chdir(before);
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });

  it('leads each place back to the line and column in the student’s own text', async () => {
    const lines = ['interface A {', '  a: number;', '}', 'type B = A;', 'export const f = (x: B): number => {', '  return boom(x.a);', '};'];
    const { code, locate } = await transformed(lines.join('\n'));
    const line = code.split('\n').findIndex((text) => text.includes('boom'));
    const column = code.split('\n')[line]?.indexOf('boom') ?? -1;
    expect(locate('answer.ts', line + 1, column + 1)).toEqual({ line: 6, column: 10 });
  });

  it('leaves a place alone that it knows nothing of', async () => {
    const { locate } = await transformed('export const a = 1;');
    expect(locate('other.ts', 12, 5)).toEqual({ line: 12, column: 5 });
    expect(locate('answer.ts', 10_000, 1)).toMatchObject({ line: expect.any(Number) });
  });

  it.each<[string, string, RegExp]>([
    ['a missing bracket', 'export function f() {', /^answer\.ts does not compile: Unexpected end of file \(answer\.ts:1:22\)/],
    ['a word too many', 'export const a = 1 2;', /\(answer\.ts:1:20\)\n {4}export const a = 1 2;$/],
    ['top-level await', 'await null;', /^answer\.ts does not compile: Top-level await/],
    ['a decorated parameter', 'class A { f(@log x) {} }', /^answer\.ts does not compile: /],
    ['markup', 'export const a = <div />;', /^answer\.ts does not compile: /],
    ['something else altogether', '\u0000\u0001PK\u0003\u0004', /^answer\.ts does not compile: /],
  ])('is said to be broken, where and why: %s', async (_, text, sentence) => {
    expect((await transformed(text)).broken).toMatch(sentence);
  });

  it('never quotes more than a piece of a line', async () => {
    const { broken } = await transformed(`export const a = '${'x'.repeat(100_000)}' 2;`);
    expect(broken.length).toBeLessThan(500);
  });

  it.each(['\uFEFFexport const a = 1;', 'export const a = 1;\r\nexport const b = 2;\r\n', '#!/usr/bin/env node\nexport const a = 1;', ''])(
    'may begin and end its lines as editors do: %j',
    async (text) => {
      expect((await transformed(text)).broken).toBe('');
    },
  );
});
