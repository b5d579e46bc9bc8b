/** What goes wrong on the grader's side in the middle of a batch costs no marks, and the same command makes up for it. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import { descendants, stillRunning } from '../autograder/sandbox/processes.ts';
import { filesBelow, projectRoot } from './command-line.ts';

const box = await inspectBox();
const examples = path.join(projectRoot, 'examples/cs236-hw2');
const HAND_INS = ['lena-throws', 'ben-template', 'carla-variance-as-deviation'];
/** Where times and faults stand: these differ from run to run. */
const RUN_DEPENDENT = [path.join('staff', 'times.json'), path.join('staff', 'logs', 'grading.log')];

/** A grading takes seconds, and here several follow one another. */
const PATIENCE = 600_000;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'own-faults-'));
const disk = path.join(work, 'disk');
fs.mkdirSync(disk);
const mounts = process.platform === 'linux' && mount('64k');
if (mounts) unmount();

describe.skipIf(box.status !== 'present')('a fault of the machine in the middle of a batch', () => {
  const batch = path.join(work, 'batch');
  let undisturbed: ReadonlyMap<string, Buffer>;

  beforeAll(async () => {
    for (const name of HAND_INS) fs.cpSync(path.join(examples, name), path.join(batch, name), { recursive: true });
    await grade(path.join(work, 'undisturbed'));
    undisturbed = reportsIn(path.join(work, 'undisturbed'));
  }, PATIENCE);
  afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

  it('is measured against a batch in which all went well', () => {
    expect([...undisturbed.keys()].filter((name) => name.startsWith('students'))).toHaveLength(HAND_INS.length);
    expect(undisturbed.has(path.join('staff', 'grades.csv'))).toBe(true);
  });

  /** --uncertified because what is tried here is not what the certificate is about. */
  async function grade(out: string, flags: readonly string[] = [], handIns = batch) {
    const command = [...flags, path.join(projectRoot, 'bin/elbow.mjs'), 'grade', handIns, '--assignment', 'cs236-hw2', '--out', out, '--jobs', '1', '--uncertified'];
    const before = descendants();
    const run = execa(process.execPath, command, { reject: false, timeout: PATIENCE / 4, cwd: projectRoot, env: { ELBOW_REPORTS: path.join(out, 'students') } });
    const { exitCode: code, stderr, signal } = await run;
    return { code: code ?? 128, signal, stderr, running: await stillRunning([...descendants()].filter((name) => !before.has(name))) };
  }

  function reportsIn(out: string): ReadonlyMap<string, Buffer> {
    // What is kept for a rerun says how long it took.
    return new Map([...filesBelow(out)].filter(([name]) => !RUN_DEPENDENT.includes(name) && !name.startsWith(path.join('staff', 'machine'))));
  }

  /** Whatever was written is whole and says what it says without the fault. */
  function expectWhole(out: string): void {
    for (const [name, bytes] of fs.existsSync(out) ? reportsIn(out) : []) expect(bytes.equals(undisturbed.get(name) ?? Buffer.from('')), `${name} is as it must be`).toBe(true);
  }

  describe.skipIf(!mounts)('a full disk', () => {
    afterAll(unmount);

    it.each([
      { what: 'before the first report', size: '8k', reports: 0 },
      { what: 'between two reports', size: '72k', reports: 1 },
      { what: 'after the last report', size: '220k', reports: 3 },
    ])('$what is named, and with more space the same command goes on', async ({ size, reports }) => {
      mount(size);
      const out = path.join(disk, 'out');
      const { code, stderr, running } = await grade(out);
      expect({ code, running }).toEqual({ code: 2, running: [] });
      expect(stderr).toMatch(/^The disk is full: .+ could not be written\.\nWhat stands in that folder is whole, and no mark is lost\. Free some space, then run the same command again\.$/);
      expect(fs.existsSync(path.join(out, 'students')) ? fs.readdirSync(path.join(out, 'students')) : []).toHaveLength(reports);
      expectWhole(out);
      spawnSync('mount', ['-o', 'remount,size=16m', disk]);
      expect((await grade(out)).code).toBeLessThan(2);
      expect(reportsIn(out)).toEqual(undisturbed);
      unmount();
    }, PATIENCE);

    it('ends the program that measures trained models as well', async () => {
      mount('100k');
      const { code, stderr, running } = await grade(path.join(disk, 'out'), [], path.join(examples, 'ada-perfect'));
      expect({ code, running }).toEqual({ code: 2, running: [] });
      expect(stderr).toMatch(/^The disk is full: /);
      unmount();
    }, PATIENCE);
  });

  it('no memory for the grader leaves whole reports and nothing that runs', async () => {
    const out = path.join(work, 'no-memory');
    const { code, signal, running } = await grade(out, ['--max-old-space-size=64', '--import', path.join(import.meta.dirname, 'eat-memory.mjs')]);
    // V8 ends a program that gets no memory by SIGABRT: nothing of it can run any more.
    expect(signal ?? code).toBe('SIGABRT');
    expect(running).toEqual([]);
    const written = fs.readdirSync(path.join(out, 'students'));
    expect(written.length).toBeGreaterThan(0);
    expect(written.length).toBeLessThan(HAND_INS.length);
    expectWhole(out);
    expect((await grade(out)).code).toBeLessThan(2);
    expect(reportsIn(out)).toEqual(undisturbed);
  }, PATIENCE);
});

function mount(size: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).status === 0;
}

function unmount(): void {
  spawnSync('umount', [disk]);
}
