/** A student's first minutes in Python: the kit is unzipped and installed, and used by its own scripts. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { findPython } from '../../autograder/languages/python/find-python.ts';
import { findHandIns, readHandIn } from '../../autograder/intake/intake.ts';
import { rewritten, rightHandIn } from '../submissions/python/mistakes.ts';
import { elbow } from './command-line.ts';
import { unzipTo } from './unzip-to.ts';

const rules = assignment.handIn;
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-python-kit-'));
const folder = path.join(scratch, 'çà et là', 'cs236-hw2-python');

describe.skipIf(findPython() === null)('a kit for Python that was unzipped and installed', () => {
  beforeAll(async () => {
    const made = await elbow('kit', 'cs236-hw2', '--language', 'python', '--out', path.join(scratch, 'kit.zip'));
    if (made.code !== 0) throw new Error(made.stderr);
    await unzipTo(path.join(scratch, 'kit.zip'), path.dirname(folder));
    await execa('npm', ['install', '--prefer-offline', '--no-package-lock'], { cwd: folder });
  });
  afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

  const script = async (...args: readonly string[]) => {
    const { exitCode, all } = await execa('npm', ['run', '--silent', ...args], { cwd: folder, reject: false, all: true });
    return { code: exitCode, text: all };
  };
  const write = (files: ReturnType<typeof rightHandIn>): void => {
    for (const { path: name, text } of files) fs.writeFileSync(path.join(folder, name), text);
  };

  test('finds its Python', async () => {
    expect(await script('doctor')).toMatchObject({ code: 0, text: expect.stringMatching(/^present +Python +Python 3\.\d+\.\d+ with PyTorch/m) });
  });

  test('checks the untouched template: nothing written yet, nothing odd', async () => {
    const { code, text } = await script('check');
    expect(text).toMatch(/^Negative ELBO of the VAE +6 {2}– not written yet, codebase\/models\/vae\.py:\d+$/m);
    expect(text).toMatch(/^ {3}56 {2}functions still to be written$/m);
    expect(text).toMatch(/^Trained VAE: nelbo, kl, rec +3 {2}– missing, checkpoints\/vae\.pt$/m);
    expect(text).not.toContain('note:');
    expect(code).toBe(1);
  });

  test('names the line of a mistake, and takes right work for right', async () => {
    const right = 'return m + torch.sqrt(v) * torch.randn_like(m)';
    write(rewritten('codebase/utils.py', right, 'return m + v * torch.randn_like(m)'));
    const wrong = await script('check', '--', '--task', 'sample-gaussian');
    expect(wrong.text).toMatch(/^✗ not right yet 0 of 6 .*codebase\/utils\.py:\d+ sample_gaussian$/m);
    expect(wrong.code).toBe(1);
    write(rightHandIn());
    expect((await script('check')).text).toMatch(/^ {3}56 {2}checked here and right/m);
  });

  test('packs what the grader reads as Python', async () => {
    const { text } = await script('pack', 's1234567');
    const zip = path.join(folder, 's1234567.zip');
    expect(text).toContain(`Hand in  ${zip}`);
    const { handIns } = await findHandIns([zip], { rules });
    const [handIn] = handIns;
    if (handIn === undefined) throw new Error('no hand-in was found');
    const intake = await readHandIn(handIn, rules);
    if (intake.kind === 'refused') throw new Error(intake.refusal.reason);
    expect(intake.submission).toMatchObject({ language: 'python', student: { id: 's1234567' }, notes: [] });
  });
});
