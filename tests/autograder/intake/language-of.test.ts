/** Which language a hand-in is in, where the templates of both lie in one folder. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { readHandIn } from '../../../autograder/intake/intake.ts';
import { projectRoot } from '../../../autograder/paths.ts';

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'language-of-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const template = path.join(projectRoot, 'student-template/cs236-hw2');
let made = 0;

/** A hand-in made of template folders, each put where it is said, without some files. */
async function handIn(folders: Readonly<Record<string, string>>, missing: readonly string[] = []) {
  const folder = path.join(work, `${(made += 1)}`);
  for (const [place, from] of Object.entries(folders)) fs.cpSync(path.join(template, from), path.join(folder, place), { recursive: true });
  for (const name of missing) fs.rmSync(path.join(folder, name), { recursive: true });
  const intake = await readHandIn({ student: { id: 's1' }, source: 's1', path: folder }, assignment.handIn);
  if (intake.kind === 'refused') throw new Error(intake.refusal.reason);
  const { language, code } = intake.submission;
  return { language, code: code.map(({ path: name }) => name).filter((name) => !name.startsWith('given/')) };
}

describe('the language of a hand-in', () => {
  it('is that of the template, whole as it was given', async () => {
    expect((await handIn({ '.': '.' })).language).toBeUndefined();
  });

  it.each([['at the top', '.', ''], ['in a folder', 'my-work', 'my-work/']])('stays that of the template %s where files of it are missing', async (_, place, prefix) => {
    const { language, code } = await handIn({ [place]: '.' }, ['ssvae.ts', 'fsvae.ts', 'gmvae.ts'].map((name) => prefix + name));
    expect(language).toBeUndefined();
    expect(code.toSorted()).toEqual(['distributions.ts', 'vae.ts']);
  });

  it.each([['as it is', '.'], ['in a folder', 'hw2']])('is Python for its template alone, %s', async (_, place) => {
    expect((await handIn({ [place]: 'python' })).language).toBe('python');
  });

  it('is the one with more files where neither lies in the other', async () => {
    const { language } = await handIn({ 'old-attempt': '.', new: 'python' }, ['old-attempt/python', 'old-attempt/ssvae.ts', 'old-attempt/vae.ts']);
    expect(language).toBe('python');
  });
});
