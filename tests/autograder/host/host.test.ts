import { execa } from 'execa';
import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runDoctor } from '../../../autograder/commands/doctor.ts';
import { lookAtBubblewrap } from '../../../autograder/host/box-facts.ts';
import { inspectHost } from '../../../autograder/host/host.ts';
import { linuxElsewhere, nativeTensorFlow } from '../../../autograder/host/other-systems.ts';
import { explainRefusal } from '../../../autograder/host/namespace-refusal.ts';
import { projectRoot } from '../../../autograder/paths.ts';

const nothingBlocks = { apparmorRestricts: false, cloneForbidden: false, noneAllowed: false, inContainer: false };

let empty: string;
beforeAll(() => {
  empty = mkdtempSync(join(tmpdir(), 'elbow-host-'));
  chmodSync(empty, 0o755); // boxes are tried as nobody, who could not look into it
});
afterAll(() => rmSync(empty, { recursive: true }));

describe('the host', () => {
  it('is asked about nine things, and what is present needs no mending', async () => {
    const facts = await inspectHost();
    expect(facts.map(({ name }) => name)).toEqual([
      'Node', 'bundles', 'native TensorFlow', 'WebAssembly backend', 'Python', 'bubblewrap', 'prlimit', 'isolation', 'fixtures',
    ]);
    for (const { status, cost, cure } of facts) {
      expect(cost).not.toBe('');
      expect(cure === '').toBe(status === 'present');
    }
  });

  it('has Node and a WebAssembly backend that computes', async () => {
    const facts = new Map((await inspectHost()).map((fact) => [fact.name, fact]));
    expect(facts.get('Node')).toMatchObject({ status: 'present', detail: process.versions.node });
    expect(facts.get('WebAssembly backend')).toMatchObject({ status: 'present' });
  });

  it('lacks everything but Node in an empty folder with an empty PATH', async () => {
    const facts = await inspectHost({ root: empty, path: empty });
    expect(facts.filter(({ status }) => status === 'missing').map(({ name }) => name)).toEqual([
      'bundles', 'native TensorFlow', 'WebAssembly backend', 'bubblewrap', 'prlimit', 'isolation', 'fixtures',
    ]);
    expect(facts.find(({ name }) => name === 'bundles')?.cure).toBe(`node ${join(empty, 'scripts/setup.mjs')}`);
  });
});

describe.runIf(process.platform === 'linux')('bubblewrap', () => {
  it('is broken, not missing, when the program of that name makes no box', async () => {
    symlinkSync('/bin/false', join(empty, 'bwrap'));
    expect(await lookAtBubblewrap({ root: empty, path: empty })).toMatchObject({ status: 'broken' });
  });

  it('is explained where a surrounding box forbids user namespaces', async (context) => {
    const outer = ['--unshare-user', '--disable-userns', '--ro-bind', '/', '/'];
    const inner = await execa('bwrap', [...outer, 'bwrap', '--unshare-all', '--unshare-user', '--ro-bind', '/', '/', 'true'], { reject: false });
    // Without bubblewrap, or where even the outer box is refused, there is no real message to read.
    if (!inner.stderr.includes('nesting depth')) return context.skip();
    expect(explainRefusal(inner.stderr, nothingBlocks).cure).toBe('run elbow outside that box');
  });

  it.each([
    ['bwrap: Unknown option --disable-userns', { apparmorRestricts: true }, 'bubblewrap 0.8.0 or later'],
    ['bwrap: setting up uid map: Permission denied', { apparmorRestricts: true }, 'apparmor_parser -r'],
    ['bwrap: No permissions to create new namespace', { cloneForbidden: true }, 'kernel.unprivileged_userns_clone=1'],
    ['bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded', { noneAllowed: true }, 'user.max_user_namespaces'],
    ['bwrap: No permissions to create new namespace', { inContainer: true }, '--security-opt seccomp=unconfined'],
    ['bwrap: something else', {}, 'ask whoever runs this machine'],
  ])('%s with %o', (message, switches, cure) => {
    expect(explainRefusal(message, { ...nothingBlocks, ...switches }).cure).toContain(cure);
  });
});

describe('elsewhere than on Linux', () => {
  it.each([
    ['win32', 'wsl --install'],
    ['darwin', 'limactl start'],
  ] as const)('on %s the way to Linux is told', (platform, way) => {
    expect(linuxElsewhere(platform)).toContain(way);
    expect(linuxElsewhere(platform)).toContain('npm start');
  });

  it.each([
    ['win32', 'npm.cmd install'],
    ['darwin', 'xcode-select --install'],
  ] as const)('on %s the way to native TensorFlow is told', (platform, way) => {
    expect(nativeTensorFlow(platform)).toContain(way);
    // The project's .npmrc turns install scripts off, and this package needs its own.
    expect(nativeTensorFlow(platform)).toContain('--ignore-scripts=false');
  });
});

describe('elbow doctor', () => {
  it('prints a line for each fact and answers 0 exactly when all that is needed is present', async () => {
    const facts = await inspectHost();
    const lines: string[] = [];
    const code = await runDoctor({}, (line) => lines.push(line));
    for (const { name } of facts) expect(lines.some((line) => line.includes(name))).toBe(true);
    expect(code).toBe(facts.every(({ needed, status }) => !needed || status === 'present') ? 0 : 1);
  });

  it('speaks JSON', async () => {
    const printed: string[] = [];
    const code = await runDoctor({ json: true }, (line) => printed.push(line));
    const answer: unknown = JSON.parse(printed.join('\n'));
    expect(answer).toMatchObject({ ready: code === 0, facts: await inspectHost() });
  });
});

it('finds the project from any of its source files', () => {
  expect(projectRoot).toBe(join(import.meta.dirname, '../../..'));
});
