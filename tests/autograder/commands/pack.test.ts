import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { assignments } from '../../../assignments/assignments.ts';
import { UsageError } from '../../../autograder/commands/console.ts';
import { runPack } from '../../../autograder/commands/pack.ts';
import { findHandIns, readHandIn } from '../../../autograder/intake/intake.ts';
import { projectRoot } from '../../../autograder/paths.ts';

const rules = assignments.get('cs236-hw2')?.handIn;
let folder: string;
let lines: string[];
const console = { print: (line: string) => void lines.push(line), draw: () => undefined, interactive: false, signal: new AbortController().signal };
const at = (name: string): string => path.join(folder, name);

beforeEach(() => {
  lines = [];
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'elbow-pack-')), 'my häusaufgabe 2');
  cpSync(path.join(projectRoot, 'student-template', 'cs236-hw2'), folder, { recursive: true, filter: (source) => !source.includes('node_modules') });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(path.dirname(folder), { recursive: true });
});

async function readAt(location: string) {
  if (rules === undefined) throw new Error('no such assignment');
  const { handIns } = await findHandIns([location], { rules });
  const [handIn] = handIns;
  if (handIn === undefined) throw new Error('nothing was found');
  return readHandIn(handIn, rules);
}

describe('elbow pack', () => {
  test('makes a zip that the grader reads as it reads the folder, without the rest', async () => {
    mkdirSync(at('node_modules/a'), { recursive: true });
    writeFileSync(at('node_modules/a/index.js'), 'x');
    writeFileSync(at('plots.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff]));
    writeFileSync(at('more.ts'), 'export const more = 1;\r\n');
    writeFileSync(at('diary.txt'), 'x');
    symlinkSync('/etc/hostname', at('secret.ts'));
    await runPack(folder, { student: 's1234567' }, console);
    const [folderRead, zipRead] = [await readAt(folder), await readAt(at('s1234567.zip'))];
    if (folderRead.kind === 'refused' || zipRead.kind === 'refused') throw new Error('refused');
    const { code, written, attachments, results } = folderRead.submission;
    expect(zipRead.submission).toEqual({ student: { id: 's1234567' }, source: 's1234567.zip', code, written, attachments, results, notes: [] });
    expect(attachments.map(({ name }) => name)).toEqual(['plots.png']);
  });

  test('prints the receipt of what it wrote, and the same folder gives the same bytes', async () => {
    await runPack(folder, { student: 's1' }, console);
    const first = readFileSync(at('s1.zip'));
    expect(lines.at(-1)).toBe(`Receipt  sha256 ${createHash('sha256').update(first).digest('hex')}`);
    expect(lines.join('\n')).toContain('  vae.ts  (');
    vi.stubEnv('TZ', 'Pacific/Auckland');
    await runPack(folder, { student: 's1', out: at('again.zip') }, console);
    expect(readFileSync(at('again.zip'))).toEqual(first);
  });

  test('says what is missing, as it was given, or not asked for', async () => {
    rmSync(at('ssvae.ts'));
    rmSync(at('derivations/fsvae-elbo-derivation.md'));
    expect(await runPack(folder, { student: 's1' }, console)).toBe(1);
    expect(lines.filter((line) => line.startsWith('!'))).toEqual([
      '! ssvae.ts is missing',
      '! derivations/fsvae-elbo-derivation.md is missing',
      '! distributions.ts has 3 functions that are not written yet',
      '! fsvae.ts has a function that is not written yet',
      '! gmvae.ts has 2 functions that are not written yet',
      '! vae.ts has 2 functions that are not written yet',
      '! answers.md stands as it was given',
      '! derivations/iwae-lower-bound-proof.md stands as it was given',
      '! no picture or PDF, and the assignment asks for some',
    ]);
  });

  test('finds nothing missing in complete work', async () => {
    writeFileSync(at('plots.pdf'), '%PDF');
    cpSync(path.join(projectRoot, 'tests/submissions/cs236-hw2/complete'), folder, { recursive: true, filter: (source) => !source.endsWith('expect.json') });
    for (const name of rules?.written ?? []) writeFileSync(at(name), 'mine');
    expect(await runPack(folder, { student: 's1' }, console)).toBe(0);
    expect(await runPack(folder, { student: 's1' }, console)).toBe(0);
    expect(lines.join('\n')).not.toMatch(/!|Left alone/);
  });

  test('counts the stubs of a Python hand-in too', async () => {
    cpSync(path.join(projectRoot, 'student-template', 'cs236-hw2-python'), folder, { recursive: true });
    for (const name of rules?.code ?? []) rmSync(at(name));
    await runPack(folder, { student: 's1' }, console);
    expect(lines).toContain('! codebase/models/vae.py has 2 functions that are not written yet');
  });

  test.each(['../up', '', 'a b', 'con', '=1'])('refuses the student id %j', async (student) => {
    await expect(runPack(folder, { student }, console)).rejects.toThrow(/cannot be a student id/);
  });

  test('refuses what the grader would refuse, in its words', async () => {
    rmSync(at('vae.ts'));
    symlinkSync('/etc/hostname', at('vae.ts'));
    await expect(runPack(folder, { student: 's1' }, console)).rejects.toThrow(/vae\.ts is a link to another file/);
    await expect(runPack(path.dirname(folder), { student: 's1' }, console)).rejects.toThrow(UsageError);
  });
});
