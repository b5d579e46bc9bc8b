/**
 * docs/adding-an-assignment.md, followed: a homework of ten marks is added to a copy of the project by the files that the
 * guide asks for (entropy-1/, in their places) and a line in each list that it names, and every step's command is run.
 * Then a class hands in.
 */
import { execa } from 'execa';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../autograder/paths.ts';
import { inspectBox } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';

const ID = 'entropy-1';
const MINUTES = 60_000;
const own = path.join(projectRoot, 'tests/adding-an-assignment', ID);
const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';

/** What the project is without its tests, examples and documents. */
const NEEDED = ['assignments', 'autograder', 'bin', 'contract', 'data', 'evaluation', 'fixtures', 'plots', 'reference', 'scripts', 'student-template', 'terms', 'training', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** The lists that the guide names: the homework's line in each, before one that is there. */
const LISTS: readonly (readonly [file: string, before: string, line: string])[] = [
  ['assignments/assignments.ts', 'import { assignment as kth1b }', `import { assignment as entropy1 } from './entropy-1/assignment.ts';\n`],
  ['assignments/assignments.ts', 'kth1b, nyuHw4', 'entropy1, '],
  ['autograder/derivation/tasks/tasks.ts', 'import { gaussianKl }', `import { crossEntropySplit } from './entropy.ts';\n`],
  ['autograder/derivation/tasks/tasks.ts', '  ...[iwaeBounds', '  crossEntropySplit,\n'],
  ['fixtures/recipe/recipes.ts', 'import { coordinateAscent', `import { bernoulliEntropy } from './entropy-1/entropy.ts';\n`],
  ['fixtures/recipe/recipes.ts', '    sampleGaussian,\n', '    bernoulliEntropy,\n'],
  ['fixtures/misconceptions/misconceptions.ts', 'import { catalogue as kth1b }', `import { catalogue as entropy1 } from './entropy-1/catalogue.ts';\n`],
  ['fixtures/misconceptions/misconceptions.ts', `  ['kth-1b'`, `  ['entropy-1', entropy1],\n`],
  ['fixtures/certify/catalogues.ts', 'import { catalogue as kth1bRightVariants }', `import { catalogue as entropy1RightVariants } from '../right-variants/entropy-1/catalogue.ts';\n`],
  ['fixtures/certify/catalogues.ts', `  ['kth-1b'`, `  ['entropy-1', entropy1RightVariants],\n`],
];

let copy: string;

beforeAll(() => {
  copy = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-sixth-'));
  for (const entry of NEEDED) fs.cpSync(path.join(projectRoot, entry), path.join(copy, entry), { recursive: true, filter: (source) => path.basename(source) !== 'node_modules' });
  fs.symlinkSync(path.join(projectRoot, 'node_modules'), path.join(copy, 'node_modules'));
});
afterAll(() => fs.rmSync(copy, { recursive: true, force: true }));

async function run(...command: readonly string[]): Promise<string> {
  const { all, exitCode } = await execa(process.execPath, command, { cwd: copy, all: true, reject: false, env: { ELBOW_NATIVE: 'skip' } });
  if (exitCode !== 0) throw new Error(`${command.join(' ')} ended with ${exitCode}:\n${all}`);
  return all;
}

const elbow = (...parameters: readonly string[]): Promise<string> => run('bin/elbow.mjs', ...parameters);

describe('a homework is added', () => {
  it('by its files, and a line in each list', () => {
    fs.cpSync(own, copy, { recursive: true });
    for (const [file, before, line] of LISTS) {
      const text = fs.readFileSync(path.join(copy, file), 'utf8');
      expect(text.split(before), `${before} in ${file}`).toHaveLength(2);
      fs.writeFileSync(path.join(copy, file), text.replace(before, () => line + before));
    }
  });

  it('whose types are sound', { timeout: 5 * MINUTES }, async () => {
    expect(await run('node_modules/typescript/bin/tsc', '--noEmit', '-p', '.')).toBe('');
  });

  it('whose template comes from the reference', { timeout: MINUTES }, async () => {
    await run('scripts/template.mjs', ID);
    const stub = fs.readFileSync(path.join(copy, 'student-template', ID, 'entropy.ts'), 'utf8');
    expect(stub).toContain(`return unanswered('${ID}/entropy/bernoulli-entropy', { logits });`);
    expect(stub).not.toContain('softplus(logits)');
  });

  it('whose cases are made, and made again the same', { timeout: 10 * MINUTES }, async () => {
    await run('scripts/setup.mjs', '--quiet');
    await elbow('fixtures', 'generate', '--assignment', ID);
    expect(await elbow('fixtures', 'verify', '--assignment', ID)).toContain('is what the reference gives');
  });

  it('and is certified: reference, template, mistakes and right ways get the marks they must', { timeout: 10 * MINUTES }, async () => {
    const told = await elbow('fixtures', 'certify', '--assignment', ID);
    expect(told).toContain('6 known mistakes (6 named rightly)');
    expect(told).toContain('Certified.');
  });
});

describe('and graded', () => {
  const page = (lines: readonly string[]): string => fs.readFileSync(path.join(own, 'student-template', ID, 'derivations/entropy-cross-entropy-split.md'), 'utf8').replace('(your answer)', () => ['```', ...lines, '```'].join('\n'));
  const answer = 'KL(q || p) nats more than the entropy, for each draw.';
  const derivation = ['-E[q(z|x)](log p(z)) = -E[q(z|x)](log q(z|x)) + E[q(z|x)](log q(z|x)) - E[q(z|x)](log p(z))', '= H[q(z|x)] + E[q(z|x)](log(q(z|x) / p(z)))', '= H[q(z|x)] + KL(q(z|x) || p(z))'];
  const entropy = (body: string): string => `import * as tf from '@tensorflow/tfjs';\n\nexport function bernoulliEntropy(logits: tf.Tensor): tf.Tensor {\n  ${body}\n}\n`;
  const RIGHT = 'return tf.sub(tf.softplus(logits), tf.mul(logits, tf.sigmoid(logits)));';

  /** Six hand-ins as students make them, and what a person would give the function, the derivation and the answer. */
  const handIns: Readonly<Record<string, readonly [code: string | null, derivation: readonly string[] | null, answer: string | null, verdicts: readonly (readonly [number, string])[]]>> = {
    'alva-everything': [entropy(RIGHT), derivation, answer, [[5, 'pass'], [3, 'pass'], [0, 'awaiting-person']]],
    'birk-template': [null, null, null, [[0, 'unanswered'], [0, 'unanswered'], [0, 'unanswered']]],
    'cleo-other-way': [entropy('const p = tf.sigmoid(logits);\n  return tf.addN([tf.mul(p, tf.softplus(tf.neg(logits))), tf.mul(tf.sub(1, p), tf.softplus(logits))]);'), null, null, [[5, 'pass'], [0, 'unanswered'], [0, 'unanswered']]],
    'dag-sign': [entropy('return tf.sub(tf.mul(logits, tf.sigmoid(logits)), tf.softplus(logits));'), [...derivation.slice(0, 2), '= H[q(z|x)] - KL(q(z|x) || p(z))'], answer, [[0, 'fail'], [2, 'fail'], [0, 'awaiting-person']]],
    'ebba-log-of-the-sigmoid': [entropy('const p = tf.sigmoid(logits);\n  return tf.neg(tf.add(tf.mul(p, tf.log(p)), tf.mul(tf.sub(1, p), tf.log(tf.sub(1, p)))));'), derivation, null, [[4, 'fail'], [3, 'pass'], [0, 'unanswered']]],
    'finn-throws': [entropy(`throw new Error('not today');`), ['words without a formula'], answer, [[0, 'fail'], [0, 'awaiting-person'], [0, 'awaiting-person']]],
  };
  let out: string;

  beforeAll(async () => {
    const template = path.join(copy, 'student-template', ID);
    for (const [name, [code, lines, words]] of Object.entries(handIns)) {
      const folder = path.join(copy, 'class', name);
      fs.cpSync(template, folder, { recursive: true });
      if (code !== null) fs.writeFileSync(path.join(folder, 'entropy.ts'), code);
      if (lines !== null) fs.writeFileSync(path.join(folder, 'derivations/entropy-cross-entropy-split.md'), page(lines));
      if (words !== null) fs.writeFileSync(path.join(folder, 'answers.md'), fs.readFileSync(path.join(folder, 'answers.md'), 'utf8').replace('(your answer)', words));
    }
    out = path.join(copy, 'reports');
    await elbow('grade', path.join(copy, 'class'), '--assignment', ID, '--out', out, '--isolation', isolation, '--jobs', '2');
  }, 10 * MINUTES);

  const resultOf = (source: string): SubmissionResult | undefined => (JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[]).find((result) => result.source === source);

  it.each(Object.entries(handIns))('%s has the marks that a person would give', (source, [, , , verdicts]) => {
    expect(resultOf(source)?.questions.flatMap((question) => question.tasks.map(({ earned, outcome }) => [earned, outcome]))).toEqual(verdicts);
  });

  it('names the mistakes', () => {
    const named = (source: string): readonly string[] | undefined => resultOf(source)?.questions[0]?.tasks[0]?.diagnosis?.ids;
    expect([named('dag-sign'), named('ebba-log-of-the-sigmoid')]).toEqual([['bernoulli-entropy/sign'], ['bernoulli-entropy/log-of-the-sigmoid']]);
  });

  it('ends at ten of ten, once a person has marked the answer', { timeout: 10 * MINUTES }, async () => {
    const sheet = path.join(out, 'staff/manual-marks.csv');
    const [head = '', ...rows] = fs.readFileSync(sheet, 'utf8').trimEnd().split(/\r?\n/);
    const [student, mark] = ['student_id', 'mark'].map((column) => head.split(',').indexOf(column));
    const filled = rows.map((row) => row.split(',').map((cell, at, cells) => (at === mark && cells[student ?? -1] === 'alva-everything' ? '2' : cell)).join(','));
    fs.writeFileSync(sheet, `${[head, ...filled].join('\n')}\n`);
    await elbow('grade', path.join(copy, 'class'), '--assignment', ID, '--out', out, '--isolation', isolation, '--jobs', '2');
    expect(resultOf('alva-everything')?.grade).toMatchObject({ raw: 10, final: 10, points: 10 });
    expect(resultOf('birk-template')?.grade).toMatchObject({ final: 0 });
  });
});
