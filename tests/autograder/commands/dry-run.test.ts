import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runGrade } from '../../../autograder/commands/grade.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'elbow-dry-run-'));
  mkdirSync(path.join(folder, 'batch/ann'), { recursive: true });
  writeFileSync(path.join(folder, 'batch/ann/vae.ts'), 'x');
  writeFileSync(path.join(folder, 'batch/bob \u{1b}[31m.rar'), 'Rar!\x1a\x07');
  writeFileSync(path.join(folder, 'batch/notes.txt'), 'x');
  writeFileSync(path.join(folder, 'class.csv'), 'student_id,name\nann,Ann Lee\ncleo,Cleo Roy\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

test('tells who was found with what and what is odd, and writes nothing', async () => {
  const lines: string[] = [];
  const console = { print: (line: string) => void lines.push(line), draw: () => undefined, interactive: false, signal: new AbortController().signal };
  const options = { assignment: 'cs236-hw2', out: path.join(folder, 'out'), roster: path.join(folder, 'class.csv'), dryRun: true, backend: 'auto', isolation: 'bubblewrap', uncertified: false } as const;
  expect(await runGrade([path.join(folder, 'batch')], options, console)).toBe(1);
  expect(lines).toEqual([
    'Not a hand-in, left alone: notes.txt',
    String.raw`Handed in but not listed: bob \u{1b}[31m.rar (graded as bob_31m)`,
    'No hand-in: cleo (Cleo Roy)',
    'ann (Ann Lee)  from ann',
    '    1 of 5 code files, 0 of 3 written files',
    ...['distributions', 'gmvae', 'ssvae', 'fsvae'].map((name) => `    ${name}.ts is missing.`),
    String.raw`bob_31m  from bob \u{1b}[31m.rar`,
    expect.stringMatching(/^ {4}REFUSED: .* is a RAR archive, which is not read\. Put your files into a \.zip/),
    '',
    '2 hand-ins found, 1 of them refused; 1 on the roster without one. Nothing was run or written.',
  ]);
});

test('of code and write-up in two collections says once what holds for both, and how much came', async () => {
  for (const [collection, file] of [['code', 'vae.ts'], ['texts', 'answers.md']] as const) {
    mkdirSync(path.join(folder, collection), { recursive: true });
    writeFileSync(path.join(folder, collection, `leeann_LATE_501_900${collection.length}_${file}`), 'x');
  }
  const lines: string[] = [];
  const console = { print: (line: string) => void lines.push(line), draw: () => undefined, interactive: false, signal: new AbortController().signal };
  const options = { assignment: 'cs236-hw2', out: path.join(folder, 'out'), dryRun: true, backend: 'auto', isolation: 'bubblewrap', uncertified: false } as const;
  await runGrade([path.join(folder, 'code'), path.join(folder, 'texts')], options, console);
  expect(lines.filter((line) => !line.startsWith('    '))).toEqual([
    'Late, says Canvas: leeann (501)',
    '501 (leeann)  from leeann_LATE_501_9004_vae.ts and 1 more',
    '',
    '1 hand-in found, 0 of them refused; 0 on the roster without one. Nothing was run or written.',
  ]);
});
