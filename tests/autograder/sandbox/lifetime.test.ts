/** Nothing outlives its child, and no child outlives the grader. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../autograder/paths.ts';
import { killEveryChild, startChild } from '../../../autograder/sandbox/sandbox.ts';
import { askStudent, describeIsolated, isolations, launchOf, openStudent, question } from '../session/student-session.ts';
import { descendants, stillRunning } from './processes.ts';

const CEILING = { cpuSeconds: 60, memoryMegabytes: 512, processes: 64, openFiles: 64 };

/** Another program of its own, which lets go of its parent and would run for an hour. */
const DAEMON = `
export function run() {
  const { spawn } = process.getBuiltinModule('child_process');
  spawn(process.execPath, ['-e', 'setTimeout(() => 0, 3.6e6)'], { detached: true, stdio: 'inherit', env: {} }).unref();
  return 7;
}`;

let folder = '';
beforeAll(async () => {
  // The transform's own helper process starts with its first use and stays.
  await askStudent('export const run = () => 1;', { isolation: 'none' });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-lifetime-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

for (const isolation of isolations) {
  describeIsolated(isolation)(`isolation ${isolation}: a child`, () => {
    it('is gone, with its pipes, once it is closed', async () => {
      const before = descendants();
      const child = startChild(launchOf('cpu'), isolation, CEILING);
      await new Promise((ready) => child.channel.once('data', ready));
      const started = [...descendants()].filter((name) => !before.has(name));
      expect(started.length).toBeGreaterThan(0);
      child.kill();
      await child.closed;
      expect(await stillRunning(started)).toEqual([]);
    });

    it('tells its CPU time while it lives', async () => {
      const child = startChild(launchOf('cpu'), isolation, CEILING);
      await new Promise((ready) => child.channel.once('data', ready));
      await sleep(50);
      expect(child.cpuSeconds()).toBeGreaterThan(0);
      expect(child.cpuSeconds()).toBeLessThan(10);
      child.kill();
      await child.closed;
    });

    it('ends by itself when the grader hangs up', async () => {
      const child = startChild(launchOf('cpu'), isolation, CEILING);
      await new Promise((ready) => child.channel.once('data', ready));
      child.channel.end();
      expect(await child.closed).toEqual({ code: 0, signal: null, outOfMemory: false });
    });

    it('can be ended with all others at once, and twice', async () => {
      const children = [1, 2].map(() => startChild(launchOf('cpu'), isolation, CEILING));
      killEveryChild();
      killEveryChild();
      const endings = await Promise.all(children.map((child) => child.closed));
      expect(endings.every(({ code }) => code !== 0)).toBe(true);
    });
  });
}

describeIsolated('bubblewrap')('a daemon that a student’s code starts', () => {
  it('does not start in the box', async () => {
    const before = descendants();
    const { session } = await openStudent(DAEMON, { isolation: 'bubblewrap', belt: false });
    const boxed = [...descendants()].filter((name) => !before.has(name));
    session.startTask();
    expect(await session.ask(question())).toMatchObject({ kind: 'threw', error: { message: expect.stringContaining('EPERM') } });
    const after = [...descendants()].filter((name) => !before.has(name));
    expect(after.filter((name) => !boxed.includes(name))).toEqual([]);
    await session.close();
    expect(await stillRunning(boxed)).toEqual([]);
  });
});

describe('a daemon without the box', () => {
  it('cannot make the grader wait, though it holds the pipes', async () => {
    const before = descendants();
    const { session } = await openStudent(DAEMON, { isolation: 'none', belt: false });
    session.startTask();
    expect(await session.ask(question())).toMatchObject({ kind: 'returned' });
    const started = [...descendants()].filter((name) => !before.has(name));
    expect(started.length).toBeGreaterThan(1);
    await session.close();
    // This is what the box is for: here it is ended by hand.
    for (const name of await stillRunning(started, 0)) process.kill(Number(name.split('@')[0]), 'SIGKILL');
    expect(await stillRunning(started)).toEqual([]);
  });
});

describeIsolated('bubblewrap')('when the grader is killed', () => {
  it('so is a child that would run for ever', async () => {
    // A grader of its own, as a plain program: it starts a child in the box, and waits.
    const source = path.join(folder, 'grader.mjs');
    await build({
      stdin: {
        contents: `import { startChild } from ${JSON.stringify(path.join(projectRoot, 'autograder/sandbox/sandbox.ts'))};
          const child = startChild(${JSON.stringify({ program: process.execPath, arguments: ['-e', "require('fs').writeSync(3, 'up'); for (;;);"], files: [], environment: {} })}, 'bubblewrap', ${JSON.stringify(CEILING)});
          child.channel.once('data', () => process.stdout.write('up'));
          setInterval(() => 0, 1000);`,
        resolveDir: folder,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: source,
      logLevel: 'silent',
    });
    const grader = spawn(process.execPath, [source], { stdio: ['ignore', 'pipe', 'ignore'] });
    await new Promise((up) => grader.stdout.once('data', up));
    const started = [...descendants(grader.pid)];
    expect(started.length).toBeGreaterThan(0);
    grader.kill('SIGKILL');
    expect(await stillRunning(started)).toEqual([]);
  });
});
