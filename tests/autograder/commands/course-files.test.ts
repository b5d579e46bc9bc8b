/** Which homework a folder holds: homeworks share file names. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assignments } from '../../../assignments/assignments.ts';
import { recogniseAssignment } from '../../../autograder/commands/course-files.ts';
import { projectRoot } from '../../../autograder/paths.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-recognise-'));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('the folder of a student', () => {
  it.each([...assignments.keys()])('is recognised by the files of %s', (id) => {
    expect(recogniseAssignment(path.join(projectRoot, 'student-template', id)).id).toBe(id);
  });

  it('with a single file that several homeworks have asks for the name', () => {
    fs.writeFileSync(path.join(folder, 'vae.ts'), '');
    expect(() => recogniseAssignment(folder)).toThrow(/This folder fits .*cs236-hw2.* and .*: say which with --assignment/);
  });

  it('without any is told what is looked for', () => {
    fs.rmSync(path.join(folder, 'vae.ts'));
    fs.writeFileSync(path.join(folder, 'answers.md'), '');
    expect(() => recogniseAssignment(folder)).toThrow(/No hand-in in .*\n.*cs236-hw2: /);
  });
});
