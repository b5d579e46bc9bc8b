/** Which language a hand-in is in. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { readHandIn } from '../../../autograder/intake/intake.ts';
import { projectRoot } from '../../../autograder/paths.ts';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'language-of-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const TYPESCRIPT = 'cs236-hw2';
const PYTHON = 'cs236-hw2-python';
let made = 0;

/** A hand-in made of template folders, each put where it is said, without some files. */
async function languageOf(folders: Readonly<Record<string, string>>, missing: readonly string[] = []) {
  const folder = path.join(work, `${(made += 1)}`);
  for (const [place, template] of Object.entries(folders)) fs.cpSync(path.join(projectRoot, 'student-template', template), path.join(folder, place), { recursive: true });
  for (const name of missing) fs.rmSync(path.join(folder, name), { recursive: true });
  const intake = await readHandIn({ student: { id: 's1' }, source: 's1', path: folder }, assignment.handIn);
  if (intake.kind === 'refused') throw new Error(intake.refusal.reason);
  return intake.submission.language;
}

describe('the language of a hand-in', () => {
  it.each([['as it is', '.'], ['in a folder', 'hw2']])('is that of the template, %s', async (_, place) => {
    expect(await languageOf({ [place]: TYPESCRIPT })).toBeUndefined();
    expect(await languageOf({ [place]: PYTHON })).toBe('python');
  });

  it('is the one with more files where both lie there', async () => {
    expect(await languageOf({ 'old-attempt': TYPESCRIPT, new: PYTHON }, ['old-attempt/ssvae.ts', 'old-attempt/vae.ts'])).toBe('python');
    expect(await languageOf({ 'old-attempt': PYTHON, new: TYPESCRIPT }, ['old-attempt/codebase/models/vae.py'])).toBeUndefined();
  });

  it('is the assignment’s own where both have as many', async () => {
    expect(await languageOf({ a: PYTHON, b: TYPESCRIPT })).toBeUndefined();
  });
});
