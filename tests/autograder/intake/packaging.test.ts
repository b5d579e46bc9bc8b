/** Rules of packaging: each broken one is told by its name, files are read whatever they are called, and `elbow pack` keeps all rules. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { assignment } from '../../../assignments/nyu-hw4/assignment.ts';
import { UsageError } from '../../../autograder/commands/console.ts';
import { runPack } from '../../../autograder/commands/pack.ts';
import { zipOf } from '../../../autograder/commands/zip-of.ts';
import { findHandIns, readHandIn } from '../../../autograder/intake/intake.ts';
import { projectRoot } from '../../../autograder/paths.ts';

const rules = assignment.handIn;
let folder: string;
let lines: string[];
const console = { print: (line: string) => void lines.push(line), draw: () => undefined, interactive: false, signal: new AbortController().signal };

beforeEach(() => {
  lines = [];
  folder = mkdtempSync(path.join(tmpdir(), 'elbow-packaging-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const right = ['conv-vae-jd1234.ts', 'conditional-vae-jd1234.ts', 'answers-jd1234.md', 'hw4-jd1234.pdf', 'hw_4-jd1234.ipynb'];

/** A hand-in with files of these names, as it is read. */
async function readZip(name: string, files: readonly string[]) {
  writeFileSync(path.join(folder, name), await zipOf(files.map((file) => ({ name: file, bytes: Buffer.from(`// ${file}`) }))));
  const { handIns } = await findHandIns([folder], { rules });
  const [handIn, ...others] = handIns;
  if (handIn === undefined || others.length > 0) throw new Error(`${handIns.length} hand-ins were found`);
  const read = await readHandIn(handIn, rules);
  if (read.kind === 'refused') throw new Error(read.refusal.reason);
  return read.submission;
}

describe('a hand-in that keeps all rules', () => {
  test('is its NetID’s, is read under the names asked for, and hears nothing of rules', async () => {
    const { student, code, written, attachments, brokenRules, notes } = await readZip('doe-jane-jd1234-hw4.zip', right);
    expect(student.id).toBe('jd1234');
    expect(code.map(({ path: name }) => name).slice(0, 2)).toEqual(['conv-vae.ts', 'conditional-vae.ts']);
    expect(written.map(({ path: name }) => name)).toEqual(['answers.md']);
    expect(attachments.map(({ name }) => name)).toEqual(['hw4-jd1234.pdf']);
    expect(brokenRules).toBeUndefined();
    expect(notes).toEqual([]);
  });

  test.each(['van-der-berg-jane-jd1234-hw4.zip', 'DOE-JANE-jd1234-HW4.ZIP', 'doe-jane-mary-jd1234-hw4.zip', 'dœ-jané-jd1234-hw4.zip'])('may be called %s', async (name) => {
    const { student, brokenRules } = await readZip(name, right);
    expect([student.id, brokenRules]).toEqual(['jd1234', undefined]);
  });

  test('may have the id in front, in a folder, and the other name of the notebook', async () => {
    const names = ['jd1234_conv-vae.ts', 'jd1234_conditional-vae.ts', 'jd1234.answers.md', 'jd1234-homework.pdf', 'jd1234-hw4_vae.ipynb'];
    const { code, results, brokenRules } = await readZip('doe-jane-jd1234-hw4.zip', names.map((name) => `hw4/${name}`));
    expect(code.map(({ path: name }) => name).slice(0, 2)).toEqual(['conv-vae.ts', 'conditional-vae.ts']);
    expect(results.map(({ path: name }) => name)).toEqual(['hw4_vae.ipynb']);
    expect(brokenRules).toBeUndefined();
  });

  test('needs no notebook where the files of code are there', async () => {
    expect((await readZip('doe-jane-jd1234-hw4.zip', right.filter((name) => !name.endsWith('.ipynb')))).brokenRules).toBeUndefined();
  });
});

describe('a hand-in in Python', () => {
  test.each([[['hw4_vae-jd1234.py', 'asking.py', 'hw4-jd1234.pdf']], [['hw_4-jd1234.ipynb', 'hw4-jd1234.pdf']]])('of %j keeps the rules too', async (files) => {
    const { language, brokenRules } = await readZip('doe-jane-jd1234-hw4.zip', files);
    expect([language, brokenRules?.map(({ rule }) => rule)]).toEqual(['python', undefined]);
  });
});

describe('a folder', () => {
  const readFolder = async (given: string) => {
    const { handIns } = await findHandIns([given], { rules });
    const read = handIns[0] === undefined ? undefined : await readHandIn(handIns[0], rules);
    if (read?.kind !== 'submission' || handIns.length > 1) throw new Error(`${handIns.length} hand-ins were read`);
    return read.submission;
  };
  const unpacked = (name: string, files: readonly string[]): string => {
    const own = path.join(folder, name);
    for (const file of files) {
      mkdirSync(path.dirname(path.join(own, file)), { recursive: true });
      writeFileSync(path.join(own, file), `// ${file}`);
    }
    return own;
  };

  test.each([
    ['in a class', () => folder],
    ['by itself', () => path.join(folder, 'doe-jane-jd1234-hw4')],
  ])('called like the archive is the archive, opened: %s', async (_, given) => {
    unpacked('doe-jane-jd1234-hw4', right);
    const { student, code, brokenRules } = await readFolder(given());
    expect([student.id, code.map(({ path: name }) => name).slice(0, 2), brokenRules]).toEqual(['jd1234', ['conv-vae.ts', 'conditional-vae.ts'], undefined]);
  });

  test('by itself is known by its files, with the id in front or behind, whatever it is called', async () => {
    const { code, brokenRules = [] } = await readFolder(unpacked('homework', ['jd1234_conv-vae.ts', 'conditional-vae-jd1234.ts', 'hw4-jd1234.pdf']));
    expect(code.map(({ path: name }) => name)).toEqual(expect.arrayContaining(['jd1234_conv-vae.ts', 'conditional-vae-jd1234.ts']));
    expect(brokenRules.map(({ rule }) => rule)).toContain('archive-name');
  });

  test('of hand-ins is none, though a file in it is called almost like one that is asked for', async () => {
    unpacked('doe-jane-jd1234-hw4', right);
    writeFileSync(path.join(folder, 'my-own-conv-vae-of-last-year.ts'), '');
    const { handIns } = await findHandIns([folder], { rules });
    expect(handIns.map(({ student }) => student.id)).toEqual(['jd1234']);
  });
});

describe('a broken rule is named, and only that', () => {
  test.each([
    ['archive-name', 'jd1234.zip', right, 'The file is called jd1234.zip: one ZIP file called lastname-firstname-netid-hw4.zip is asked for.'],
    ['archive-name', 'doe-jane-jd1234-hw5.zip', right, 'doe-jane-jd1234-hw5.zip'],
    ['one-pdf', 'doe-jane-jd1234-hw4.zip', right.filter((name) => !name.endsWith('.pdf')), 'One PDF is asked for, and there is none.'],
    ['one-pdf', 'doe-jane-jd1234-hw4.zip', [...right, 'more-jd1234.pdf'], 'there are 2'],
    ['one-notebook', 'doe-jane-jd1234-hw4.zip', [...right, 'hw4_vae-jd1234.ipynb'], 'hw4_vae.ipynb'],
    ['one-notebook', 'doe-jane-jd1234-hw4.zip', right.filter((name) => !/ipynb|conv/.test(name)), 'there is none'],
    ['id-in-names', 'doe-jane-jd1234-hw4.zip', right.map((name) => name.replace('answers-jd1234', 'answers')), 'The NetID jd1234 is asked for in every file name, and is missing from answers.md.'],
  ])('%s: %s', async (rule, archive, files, says) => {
    const { brokenRules = [], notes } = await readZip(archive, files);
    expect(brokenRules.map((broken) => broken.rule)).toEqual([rule]);
    expect(brokenRules[0]?.message).toContain(says);
    expect(notes).toEqual(expect.arrayContaining(brokenRules.map(({ message }) => message)));
  });

  test('all of them, where nothing is as it was asked for', async () => {
    const { code, brokenRules = [] } = await readZip('my homework.zip', ['conv-vae.ts', 'answers.md']);
    expect(code.map(({ path: name }) => name)).toEqual(['conv-vae.ts']);
    expect(brokenRules.map(({ rule }) => rule)).toEqual(['archive-name', 'one-pdf', 'one-notebook', 'id-in-names']);
    // Nobody's NetID is "my_homework".
    expect(brokenRules.at(-1)?.message).toBe('The NetID is asked for in every file name, and is missing from conv-vae.ts, answers.md.');
  });

  test('given files and those of the template are not the student’s to name', async () => {
    expect((await readZip('doe-jane-jd1234-hw4.zip', [...right, 'given/interfaces.ts', 'package.json', 'tsconfig.json'])).brokenRules).toBeUndefined();
  });
});

describe('elbow pack', () => {
  test('keeps every rule but the PDF that only a student can add, and says that one', async () => {
    const work = path.join(folder, 'work');
    cpSync(path.join(projectRoot, 'student-template/nyu-hw4'), work, { recursive: true, filter: (source) => !source.includes('node_modules') });
    await runPack(work, { student: 'jd1234', name: 'Jane Doe' }, console);
    expect(lines.filter((line) => line.startsWith('!') && !line.includes('as it was given'))).toEqual(['! conditional-vae.ts has 4 functions that are not written yet', '! conv-vae.ts has 5 functions that are not written yet', '! no picture or PDF, and the assignment asks for some', '! One PDF is asked for, and there is none.']);
    writeFileSync(path.join(work, 'theory.pdf'), '%PDF-1.7');
    writeFileSync(path.join(work, 'hw_4.ipynb'), '{"cells": []}');
    await runPack(work, { student: 'jd1234', name: 'Jane Doe', out: path.join(folder, 'doe-jane-jd1234-hw4.zip') }, console);
    rmSync(work, { recursive: true });
    const { handIns } = await findHandIns([folder], { rules });
    const read = handIns[0] === undefined ? undefined : await readHandIn(handIns[0], rules);
    if (read?.kind !== 'submission') throw new Error('nothing was read');
    expect(read.submission.brokenRules).toBeUndefined();
    expect([read.submission.student.id, read.submission.attachments.map(({ name }) => name)]).toEqual(['jd1234', ['theory-jd1234.pdf']]);
    expect(read.submission.written.map(({ path: name }) => name).toSorted()).toEqual([...rules.written].toSorted());
  });

  test('asks for the name that the zip is to bear', async () => {
    const work = path.join(folder, 'work');
    mkdirSync(work);
    writeFileSync(path.join(work, 'conv-vae.ts'), '');
    await expect(runPack(work, { student: 'jd1234', assignment: 'nyu-hw4' }, console)).rejects.toThrow(UsageError);
  });
});
