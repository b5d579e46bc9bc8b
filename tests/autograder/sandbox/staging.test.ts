/** Files where every user can read them. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isReadableByAll, readableByAll, removeUnused, stage } from '../../../autograder/sandbox/staging.ts';
import { ownedFolder } from '../../../autograder/sandbox/owned-folder.ts';
import { describeIsolated } from '../session/student-session.ts';
import { lines, runInBox } from './run-in-box.ts';

let folder: string;
let store: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-staging-'));
  store = path.join(folder, 'store');
  fs.mkdirSync(store);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function privateFile(name: string, text: string, mode = 0o644): string {
  const file = path.join(folder, 'private', name);
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  fs.writeFileSync(file, text, { mode });
  return file;
}

describe.runIf(process.platform === 'linux')('a file', () => {
  it('is readable by all when it and every folder above it are', () => {
    expect(isReadableByAll(process.execPath)).toBe(true);
    expect(isReadableByAll(privateFile('a', 'x'))).toBe(false);
    fs.chmodSync(folder, 0o755);
    const open = path.join(folder, 'open');
    fs.writeFileSync(open, 'x', { mode: 0o644 });
    expect(isReadableByAll(open)).toBe(true);
    fs.chmodSync(open, 0o600);
    expect(isReadableByAll(open)).toBe(false);
  });

  it('is refused with what to do where it is a folder, which can be gigabytes', () => {
    expect(() => readableByAll(path.dirname(privateFile('a', 'x')))).toThrow(/private cannot be read by the box's user: install it where every user/);
  });

  it('is linked into the store, once', () => {
    const file = privateFile('a', 'x', 0o644);
    const staged = stage(file, store);
    expect(fs.statSync(staged).ino).toBe(fs.statSync(file).ino);
    expect(stage(file, store)).toBe(staged);
    expect(fs.readdirSync(store)).toHaveLength(1);
    expect(fs.statSync(path.dirname(staged)).mode & 0o777).toBe(0o755);
  });

  it('is copied where its permissions are too strict, and keeps its own', () => {
    const text = privateFile('a', 'x', 0o600);
    const program = privateFile('b', 'y', 0o700);
    const staged = [text, program].map((file) => stage(file, store));
    expect(staged.map((file) => fs.statSync(file).mode & 0o777)).toEqual([0o644, 0o755]);
    expect([text, program].map((file) => fs.statSync(file).mode & 0o777)).toEqual([0o600, 0o700]);
    expect(staged.map((file) => fs.readFileSync(file, 'utf8'))).toEqual(['x', 'y']);
  });

  it('that has changed is another', () => {
    const file = privateFile('a', 'x');
    const before = stage(file, store);
    fs.writeFileSync(`${file}.new`, 'z');
    fs.renameSync(`${file}.new`, file);
    const after = stage(file, store);
    expect(after).not.toBe(before);
    expect([before, after].map((staged) => fs.readFileSync(staged, 'utf8'))).toEqual(['x', 'z']);
  });

  it('that nobody wanted for a month is removed, and what a killed grader left', () => {
    const [old, recent] = [stage(privateFile('a', 'x'), store), stage(privateFile('b', 'y'), store)];
    const age = (file: string, days: number) => fs.utimesSync(file, new Date(), new Date(Date.now() - days * 24 * 3600 * 1000));
    age(path.dirname(old), 31);
    age(path.dirname(recent), 29);
    for (const [draft, days] of [['.new-old', 1], ['.new-now', 0]] as const) {
      fs.mkdirSync(path.join(store, draft));
      age(path.join(store, draft), days);
    }
    removeUnused(store);
    expect(fs.readdirSync(store).toSorted()).toEqual(['.new-now', path.basename(path.dirname(recent))].toSorted());
    // Asking for it again makes it young.
    age(path.dirname(recent), 29);
    stage(privateFile('b', 'y'), store);
  });
});

describe.runIf(process.platform === 'linux')('a folder for all graders', () => {
  it('is refused where others could tamper with it', () => {
    expect(ownedFolder([path.join(store, 'fine')])).toBe(path.join(store, 'fine'));
    const open = path.join(store, 'open');
    fs.mkdirSync(path.join(open, 'below'), { recursive: true });
    fs.chmodSync(open, 0o777);
    expect(ownedFolder([path.join(open, 'below')])).toBeNull();
    fs.symlinkSync(path.join(store, 'fine'), path.join(store, 'link'));
    expect(ownedFolder([path.join(store, 'link')])).toBeNull();
    fs.writeFileSync(path.join(store, 'file'), '');
    expect(ownedFolder([path.join(store, 'file'), path.join(store, 'fine')])).toBe(path.join(store, 'fine'));
  });
});

describeIsolated('bubblewrap')('a box', () => {
  it.runIf(process.getuid?.() === 0)('is given files from a folder that is closed to its user', async () => {
    const main = privateFile('main.cjs', "require('fs').writeSync(3, JSON.stringify([__filename, require('fs').readFileSync('/child/text', 'utf8')]));");
    const text = privateFile('text', 'staged');
    const { output, lastWords } = await runInBox({ program: process.execPath, arguments: [{ file: main }], files: [text], environment: {} });
    expect([lastWords, ...lines(output)]).toEqual(['', ['/child/main.cjs', 'staged']]);
    for (const file of [main, text]) {
      const staged = readableByAll(file);
      expect(isReadableByAll(staged)).toBe(true);
      fs.rmSync(path.dirname(staged), { recursive: true });
    }
  });

  it.runIf(process.getuid?.() === 0)('runs a program from a folder that is closed to its user', async () => {
    const program = privateFile('node', '', 0o755);
    fs.copyFileSync(process.execPath, program);
    const { output } = await runInBox({ program, arguments: ['-e', "require('fs').writeSync(3, JSON.stringify(process.version))"], files: [], environment: {} });
    expect(lines(output)).toEqual([process.version]);
    fs.rmSync(path.dirname(readableByAll(program)), { recursive: true });
  });
});
