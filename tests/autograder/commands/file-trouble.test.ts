/** What the machine refuses is told in a sentence, and what may be a fault of ours keeps its stack. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fileTrouble } from '../../../autograder/commands/file-trouble.ts';
import { elbow } from '../../end-to-end/command-line.ts';

test('is named with its file and what to do', async () => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'elbow-trouble-'));
  const file = path.join(folder, 'file');
  await fs.writeFile(file, '');
  const below = await fs.writeFile(path.join(file, 'x'), '').catch((error: unknown) => error);
  expect(fileTrouble(below)).toBe(`${path.join(file, 'x')} could not be read or written. A file stands where a folder is wanted. Name another place.`);
  const onto = await fs.writeFile(folder, '').catch((error: unknown) => error);
  expect(fileTrouble(onto)).toContain('It is a folder, and a file is wanted.');
  const { code, stderr } = await elbow('kit', 'nyu-hw4', '--out', path.join(file, 'kit.zip'));
  expect(stderr).toMatch(/^\S+ could not be read or written\. A file stands where a folder is wanted\. Name another place\.$/);
  expect(code).toBe(2);
  await fs.rm(folder, { recursive: true });
});

test('is nothing where a file of ours may be missing', async () => {
  const absent = await fs.readFile('/no/such/file').catch((error: unknown) => error);
  expect(fileTrouble(absent)).toBeNull();
  expect(fileTrouble(new Error('a bug'))).toBeNull();
  expect(fileTrouble('EROFS')).toBeNull();
});
