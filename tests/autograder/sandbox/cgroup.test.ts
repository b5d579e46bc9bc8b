/** Control groups: where they can be made on machines of several kinds, and what one does on this one. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../../../autograder/paths.ts';
import { type CgroupPlace, ownFolders } from '../../../autograder/sandbox/cgroup-folders.ts';
import { cgroupPlace, makeCgroup, removeAbandoned } from '../../../autograder/sandbox/cgroup.ts';
import { describeIsolated } from '../session/student-session.ts';
import { lines, runInBox, script } from './run-in-box.ts';

let root: string;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-cgroup-'));
});
afterEach(() => fs.rmSync(root, { recursive: true }));

/** Another machine: files by path. */
function machine(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  }
}

const mount = (shows: string, at: string, type: string, options = ''): string => `30 23 0:27 ${shows} ${at} rw,nosuid - ${type} ${type} rw,${options}\n`;
const CGROUP2 = mount('/', '/sys/fs/cgroup', 'cgroup2');

function places(): readonly CgroupPlace[] {
  return ownFolders(root).places.map(({ version, memory, pids }) => ({ version, memory: memory.replace(root, ''), pids: pids.replace(root, '') }));
}

describe('a place for groups', () => {
  it('is our own folder of each old hierarchy', () => {
    machine({
      'proc/self/cgroup': '8:pids:/\n4:memory:/user/me\n0::/\n',
      'proc/self/mountinfo': mount('/', '/sys/fs/cgroup/memory', 'cgroup', 'memory') + mount('/', '/sys/fs/cgroup/pids', 'cgroup', 'pids'),
      'sys/fs/cgroup/memory/user/me/tasks': '',
      'sys/fs/cgroup/pids/tasks': '',
    });
    expect(places()).toEqual([{ version: 1, memory: '/sys/fs/cgroup/memory/user/me', pids: '/sys/fs/cgroup/pids' }]);
  });

  it('is found in a container that sees only its own part of the tree', () => {
    machine({
      'proc/self/cgroup': '8:pids:/docker/abc\n4:memory:/docker/abc\n',
      'proc/self/mountinfo': mount('/docker/abc', '/sys/fs/cgroup/memory', 'cgroup', 'memory') + mount('/docker/abc', '/sys/fs/cgroup/pids', 'cgroup', 'pids'),
      'sys/fs/cgroup/memory/tasks': '',
      'sys/fs/cgroup/pids/tasks': '',
    });
    expect(places()).toEqual([{ version: 1, memory: '/sys/fs/cgroup/memory', pids: '/sys/fs/cgroup/pids' }]);
  });

  it('is the nearest folder above whose children are counted', () => {
    const slice = 'sys/fs/cgroup/user.slice/app.slice';
    machine({
      'proc/self/cgroup': '0::/user.slice/app.slice/terminal.scope\n',
      'proc/self/mountinfo': CGROUP2,
      [`${slice}/terminal.scope/cgroup.controllers`]: 'memory pids\n',
      [`${slice}/terminal.scope/cgroup.subtree_control`]: '\n',
      [`${slice}/terminal.scope/cgroup.procs`]: '1\n2\n',
      [`${slice}/cgroup.subtree_control`]: 'cpu memory pids\n',
      'sys/fs/cgroup/user.slice/cgroup.subtree_control': 'memory pids\n',
      'sys/fs/cgroup/cgroup.subtree_control': 'cpu\n',
    });
    expect(places()).toEqual(['/sys/fs/cgroup/user.slice/app.slice', '/sys/fs/cgroup/user.slice'].map((folder) => ({ version: 2, memory: folder, pids: folder })));
    expect(ownFolders(root).missing).toContain('systemd-run --user --scope -p Delegate=yes');
  });

  it('is made of our own group when this process is alone in it', () => {
    const scope = 'sys/fs/cgroup/elbow.scope';
    machine({
      'proc/self/cgroup': '0::/elbow.scope\n',
      'proc/self/mountinfo': CGROUP2,
      [`${scope}/cgroup.controllers`]: 'cpu memory pids\n',
      [`${scope}/cgroup.subtree_control`]: '\n',
      [`${scope}/cgroup.procs`]: `${process.pid}\n`,
      'sys/fs/cgroup/cgroup.subtree_control': '\n',
    });
    ownFolders(root);
    expect(fs.readFileSync(path.join(root, scope, 'elbow-grader/cgroup.procs'), 'utf8')).toBe(String(process.pid));
    expect(fs.readFileSync(path.join(root, scope, 'cgroup.subtree_control'), 'utf8')).toBe('+memory +pids');
  });

  it('does not exist where there are no controllers, or no control groups', () => {
    machine({ 'proc/self/cgroup': '0::/\n', 'proc/self/mountinfo': CGROUP2, 'sys/fs/cgroup/cgroup.controllers': '\n', 'sys/fs/cgroup/cgroup.subtree_control': '\n' });
    expect(places()).toEqual([]);
    fs.rmSync(path.join(root, 'proc'), { recursive: true });
    expect(ownFolders(root)).toEqual({ places: [], missing: '' });
  });
});

const place = cgroupPlace();
const here = 'version' in place ? describeIsolated('bubblewrap') : describe.skip;
const groups = (): readonly string[] =>
  'version' in place ? [...new Set([place.memory, place.pids])].flatMap((folder) => fs.readdirSync(folder).filter((name) => name.startsWith(`elbow-box-${process.pid}-`))) : [];

/** Waits for the grader's word before it begins, so that every limit holds by then. */
const whenConfined = (body: string) => script(`fs.readSync(3, Buffer.alloc(1)); ${body}`);

here(`a box in a control group${'missing' in place ? ` (not on this machine: ${place.missing})` : ''}`, () => {
  const run = (body: string, ceiling = {}) => runInBox(whenConfined(body), ceiling, 'bubblewrap', { start: true });

  it('has a group while it lives and none after', async () => {
    let during: readonly string[] = [];
    const { closed } = await runInBox(script('say(1); setTimeout(() => 0, 300);'), {}, 'bubblewrap', { onOutput: () => (during = groups()) });
    expect(during.length).toBeGreaterThan(0);
    expect(closed).toEqual({ code: 0, signal: null, outOfMemory: false });
    for (let patience = 0; groups().length > 0 && patience < 100; patience += 1) await sleep(20);
    expect(groups()).toEqual([]);
  });

  it.each([
    ['buffers', 'const all = []; for (;;) all.push(Buffer.alloc(4 << 20, 1));'],
    ['the heap', 'const all = []; for (;;) all.push({ all: all.length });'],
    ['wasm', 'const all = []; for (;;) { const memory = new WebAssembly.Memory({ initial: 64 }); new Uint8Array(memory.buffer).fill(1); all.push(memory); }'],
    ['a shared buffer', 'const all = []; for (;;) all.push(new Uint8Array(new SharedArrayBuffer(4 << 20)).fill(1));'],
    ['workers', `const { Worker } = require('worker_threads'); for (let i = 0; i < 8; i += 1) new Worker('const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));', { eval: true });`],
  ])('is ended for its memory: %s', async (_, body) => {
    const { closed } = await run(body, { memoryMegabytes: 96 });
    expect(closed.outOfMemory).toBe(true);
    expect(closed.code).not.toBe(0);
  });

  it('may use what it is allowed', async () => {
    const { output, closed } = await run('const all = []; for (let i = 0; i < 40; i += 1) all.push(Buffer.alloc(4 << 20, 1)); say(all.length);', { memoryMegabytes: 256 });
    expect([closed.outOfMemory, ...lines(output)]).toEqual([false, 40]);
  });

  it('has as many threads as it is allowed', async () => {
    const body = `const { Worker } = require('worker_threads'); let up = 0, failed = 0;
      for (let i = 0; i < 60; i += 1) new Worker('setTimeout(() => 0, 1000)', { eval: true, resourceLimits: { maxOldGenerationSizeMb: 4 } }).on('online', () => up += 1).on('error', () => failed += 1);
      setTimeout(() => { say([up, failed]); process.exit(0); }, 700);`;
    const { output } = await run(body, { processes: 32, memoryMegabytes: 1024 });
    const [up, failed] = (lines(output)[0] ?? [60, 0]) as [number, number];
    // A thread that cannot be had may also end Node at once: then there is no line.
    expect(output.length === 0 || (up < 32 && failed > 0)).toBe(true);
  });
});

here('a group that a killed grader left', () => {
  it('is removed by the next, and one of a living grader is not', async () => {
    if (!('version' in place)) return;
    const mine = makeCgroup(place, { memoryMegabytes: 64, processes: 16 });
    const source = path.join(root, 'grader.mjs');
    await build({
      stdin: {
        contents: `import { makeCgroup } from ${JSON.stringify(path.join(projectRoot, 'autograder/sandbox/cgroup.ts'))};
          makeCgroup(${JSON.stringify(place)}, { memoryMegabytes: 64, processes: 16 }); console.log('made'); setInterval(() => 0, 1000);`,
        resolveDir: projectRoot,
      },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: source,
      logLevel: 'silent',
    });
    const grader = spawn(process.execPath, [source], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((made) => grader.stdout.once('data', made));
    const left = () => fs.readdirSync(place.memory).filter((name) => name.startsWith(`elbow-box-${grader.pid}-`));
    removeAbandoned(place);
    expect(left()).toHaveLength(1);
    grader.kill('SIGKILL');
    await new Promise((gone) => grader.once('close', gone));
    removeAbandoned(place);
    expect(left()).toEqual([]);
    expect(groups().length).toBeGreaterThan(0);
    mine.remove();
    expect(groups()).toEqual([]);
  });
});
