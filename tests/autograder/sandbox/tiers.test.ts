/** How far a machine's box is trusted: what the canaries find here, and in boxes with a hole. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDoctor } from '../../../autograder/commands/doctor.ts';
import { type Canary, COUNTED_MEMORY, runCanaries, runSlowCanaries } from '../../../autograder/host/canaries.ts';
import { isolationTier } from '../../../autograder/host/host.ts';
import { judge, tierOf } from '../../../autograder/host/isolation-tier.ts';
import { projectRoot } from '../../../autograder/paths.ts';
import { missingControlGroups } from '../../../autograder/sandbox/sandbox.ts';
import { describeIsolated } from '../session/student-session.ts';

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-tiers-'));
  fs.chmodSync(folder, 0o755);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const good: Canary = { claim: 'no process can be started', holds: true, seen: '' };
const bad: Canary = { claim: 'nothing can be written', holds: false, seen: '/: done' };

describe('a tier', () => {
  it('is 1 with a control group, 2 without, 3 with any hole', () => {
    const counted = { claim: COUNTED_MEMORY, holds: true, seen: '' };
    expect(judge([good, counted])).toMatchObject({ tier: 1, cure: '' });
    expect(judge([good, { ...counted, holds: false }]).tier).toBe(2);
    expect(judge([good, counted, bad])).toMatchObject({ tier: 3, why: ['not so: nothing can be written (/: done)'] });
  });

  it('is 3 where there is no bubblewrap or no prlimit, with a cure', async () => {
    const nothing = await tierOf({ root: projectRoot, path: folder });
    expect(nothing.tier).toBe(3);
    expect(nothing.cure).not.toBe('');
  });
});

describeIsolated('bubblewrap')('on this machine', () => {
  it('every canary lives', async () => {
    const canaries = [...(await runCanaries()), ...(await runSlowCanaries())];
    expect(canaries.filter(({ claim, holds }) => !holds && claim !== COUNTED_MEMORY)).toEqual([]);
    expect(canaries.length).toBeGreaterThan(30);
  });

  it('the tier says whether memory is counted, and is looked up once', async () => {
    const { tier, why } = await isolationTier();
    expect(tier).toBe(missingControlGroups() === null ? 1 : 2);
    expect(why.length).toBe(2);
    expect(await isolationTier()).toBe(await isolationTier());
  });

  it.runIf(process.getuid?.() === 0)('an ordinary user has a box too', async () => {
    const home = path.join(folder, 'user');
    fs.mkdirSync(home);
    const bundle = path.join(home, 'tier.mjs');
    const entry = `export { isolationTier } from './autograder/host/host.ts';`;
    const require = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);`;
    await build({ stdin: { contents: entry, resolveDir: projectRoot, loader: 'ts' }, bundle: true, platform: 'node', format: 'esm', outfile: bundle, banner: { js: require }, logLevel: 'silent' });
    fs.copyFileSync(path.join(projectRoot, 'package.json'), path.join(home, 'package.json'));
    const program = `import { isolationTier } from ${JSON.stringify(bundle)}; console.log(JSON.stringify(await isolationTier()));`;
    const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', program], { uid: 65534, gid: 65534, cwd: '/', env: { HOME: '/' } });
    const { tier, why } = JSON.parse(stdout) as { tier: number; why: string[] };
    expect(tier === 3 ? why : []).toEqual([]);
  });

  it('the doctor tells the tier', async () => {
    const printed: string[] = [];
    await runDoctor({}, (line) => printed.push(line));
    expect(printed.join('\n')).toMatch(/isolation +tier [12]: /);
  });
});

/** A program called bwrap that changes the box it was asked for, then makes it. */
function withHole(name: string, change: string): string {
  const home = path.join(folder, name);
  fs.mkdirSync(home);
  const program = `#!${process.execPath}
    const fs = require('fs');
    const { spawnSync } = require('child_process');
    if (!process.argv.includes('--args')) process.exit(spawnSync(${JSON.stringify(realBwrap())}, process.argv.slice(2), { stdio: 'inherit' }).status);
    let args = fs.readFileSync(4, 'utf8').split('\\0').slice(0, -1);
    const without = (name, count) => { const at = args.indexOf(name); if (at >= 0) args.splice(at, count); };
    const before = (name, ...more) => args.splice(args.indexOf(name), 0, ...more);
    ${change}
    const list = require('os').tmpdir() + '/elbow-args-' + process.pid;
    fs.writeFileSync(list, args.map((arg) => arg + '\\0').join(''));
    const four = fs.openSync(list, 'r');
    fs.rmSync(list);
    process.exit(spawnSync(${JSON.stringify(realBwrap())}, process.argv.slice(2), { stdio: [0, 1, 2, 3, four, 5, 6] }).status ?? 1);`;
  fs.writeFileSync(path.join(home, 'bwrap'), program, { mode: 0o755 });
  return home;
}

function realBwrap(): string {
  const found = (process.env['PATH'] ?? '').split(':').map((place) => path.join(place, 'bwrap')).find((file) => fs.existsSync(file));
  return found ?? '/usr/bin/bwrap';
}

const HOLES: readonly (readonly [name: string, change: string, found: RegExp])[] = [
  ['nothing', '', /^$/],
  ['the filter', `without('--seccomp', 2);`, /no process can be started/],
  ['the read-only root', `without('--remount-ro', 2);`, /nothing can be written/],
  ['the empty environment', `without('--clearenv', 1);`, /the environment is empty/],
  ['the network’s own namespace', `without('--unshare-all', 1); args.unshift('--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup');`, /its namespaces are its own \(shared: net\)/],
  ['the closed file system', `before('--remount-ro', '--ro-bind', '/etc', '/etc');`, /no file of this machine can be read.*passwd/],
];

describeIsolated('bubblewrap')('a box that lacks', () => {
  it.each(HOLES)('%s is seen through', async (name, change, found) => {
    const home = withHole(name.replaceAll(/\W/g, '-'), change);
    const usual = process.env['PATH'] ?? '';
    process.env['PATH'] = `${home}:${usual}`;
    try {
      const { tier, why } = await tierOf({ root: projectRoot, path: process.env['PATH'] });
      expect(tier === 3 ? why.join('\n') : '').toMatch(found);
    } finally {
      process.env['PATH'] = usual;
    }
  });
});
