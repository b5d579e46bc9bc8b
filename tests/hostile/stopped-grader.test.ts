/** A grader that is stopped in the middle of a hostile batch leaves nothing that runs, and nothing that the next one does not clear away. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import { descendants, stillRunning } from '../autograder/sandbox/processes.ts';
import { elbow, projectRoot } from '../end-to-end/command-line.ts';
import { readCorpus } from './corpus.ts';
import { writeFiles } from './grade-hostile.ts';
import { controlGroups } from './leftovers.ts';

const box = await inspectBox();
/** Each waits for a minute a task: at work when the grader is stopped, and long after, were they not ended with it. */
const BUSY = ['waits-for-ever', 'never-settles', 'drips-its-answer'];

describe.skipIf(box.status !== 'present')('a grader in the middle of hostile hand-ins', () => {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'stopped-'));
  const batch = path.join(work, 'batch');

  beforeAll(() => {
    for (const { name, files } of readCorpus({}).filter(({ name: attack }) => BUSY.includes(attack))) writeFiles(path.join(batch, name), files);
  });
  afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

  async function stopped(signal: 'SIGINT' | 'SIGKILL') {
    const [out, temporary] = ['out', 'temporary'].map((name) => path.join(work, signal, name)) as [string, string];
    fs.mkdirSync(temporary, { recursive: true });
    const command = [path.join(projectRoot, 'bin/elbow.mjs'), 'grade', batch, '--assignment', 'cs236-hw2', '--out', out, '--jobs', '2'];
    const grader = spawn(process.execPath, command, { stdio: 'ignore', env: { ...process.env, TMPDIR: temporary } });
    const ended = once(grader, 'exit');
    const pid = Number(grader.pid);
    // Two hand-ins at work and one box ready for the next; each box is two processes and bubblewrap's own.
    const boxes = (): readonly string[] => [...descendants(pid)].filter(isBubblewrap);
    while (!fs.existsSync(path.join(out, 'students')) || boxes().length < 3) {
      expect(grader.exitCode, 'it ended before it was stopped').toBeNull();
      await sleep(20);
    }
    await sleep(500);
    const running = [...descendants(pid)];
    grader.kill(signal);
    const [code] = (await ended) as [number | null];
    return { pid, code, running: await stillRunning(running), started: running.length, temporary: fs.readdirSync(temporary), groups: () => controlGroups(pid), reports: fs.readdirSync(path.join(out, 'students')) };
  }

  it('and stopped by Ctrl-C leaves nothing at all', async () => {
    const { code, started, running, temporary, groups } = await stopped('SIGINT');
    expect(code).toBe(130);
    expect(started).toBeGreaterThan(3);
    expect({ running, temporary, groups: groups() }).toEqual({ running: [], temporary: [], groups: [] });
  });

  it('and killed leaves nothing that runs, and groups only until the next grader', async () => {
    const { started, running, temporary, groups, reports } = await stopped('SIGKILL');
    expect(started).toBeGreaterThan(3);
    expect({ running, temporary }).toEqual({ running: [], temporary: [] });
    expect(reports.filter((name) => !name.endsWith('.html'))).toEqual([]);
    // Any grader that starts does this; another one's may have come first.
    await elbow('doctor', '--json');
    expect(groups()).toEqual([]);
  });
});

function isBubblewrap(name: string): boolean {
  try {
    return fs.readFileSync(`/proc/${name.split('@')[0]}/comm`, 'utf8').trim() === 'bwrap';
  } catch {
    return false;
  }
}
