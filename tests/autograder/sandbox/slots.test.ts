/** Users of boxes: one each, never shared between graders, taken back from the dead. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identityOf } from '../../../autograder/sandbox/process-stat.ts';
import { startChild } from '../../../autograder/sandbox/sandbox.ts';
import { lockIn, SLOT_USERS } from '../../../autograder/sandbox/slots.ts';
import { describeIsolated } from '../session/student-session.ts';
import { CEILING, script } from './run-in-box.ts';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-slots-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const me = identityOf(process.pid) ?? '';
const someoneAlive = identityOf(process.ppid) ?? '';
const someoneDead = '999999999-1-00000000';
const names = (): readonly string[] => fs.readdirSync(folder).toSorted();

describe.runIf(process.platform === 'linux')('a slot', () => {
  it('is taken once', () => {
    expect(lockIn(folder, 60720, me)).toBe(path.join(folder, '60720.1'));
    expect(lockIn(folder, 60720, someoneAlive)).toBeNull();
    expect(fs.readFileSync(path.join(folder, '60720.1'), 'utf8')).toBe(me);
  });

  it('is taken back from a grader that has died, or given back', () => {
    fs.writeFileSync(path.join(folder, '60720.7'), someoneDead);
    expect(lockIn(folder, 60720, me)).toBe(path.join(folder, '60720.8'));
    expect(names()).toEqual(['60720.8']);
    fs.truncateSync(path.join(folder, '60720.8'));
    expect(lockIn(folder, 60720, someoneAlive)).toBe(path.join(folder, '60720.9'));
    expect(names()).toEqual(['60720.9']);
  });

  it('is not lost to another process that got the number of its grader', () => {
    const [pid, , boot] = me.split('-');
    fs.writeFileSync(path.join(folder, '60720.1'), `${pid}-1-${boot}`);
    expect(lockIn(folder, 60720, me)).not.toBeNull();
    fs.writeFileSync(path.join(folder, '60721.1'), me.replace(/[^-]+$/, 'otherboot'));
    expect(lockIn(folder, 60721, me)).not.toBeNull();
  });

  it('belongs to one of many that take it over at once', async () => {
    fs.writeFileSync(path.join(folder, '60720.1'), someoneDead);
    const source = path.join(import.meta.dirname, '../../../autograder/sandbox/slots.ts');
    const bundle = path.join(folder, '.take.mjs');
    await execa(process.execPath, [
      ...['node_modules/esbuild/bin/esbuild', source, '--bundle', '--platform=node', '--format=esm', `--outfile=${bundle}`, '--log-level=error'],
    ], { cwd: path.join(import.meta.dirname, '../../..') });
    // All wait for the same moment, then each says whether it holds the slot, and lives on until all have.
    const moment = Date.now() + 1500;
    const rival = `import { lockIn } from ${JSON.stringify(bundle)}; while (Date.now() < ${moment}); console.log(lockIn(${JSON.stringify(folder)}, 60720) === null ? 'no' : 'mine'); setTimeout(() => 0, 2500);`;
    const answers = await Promise.all(Array.from({ length: 8 }, () => execa(process.execPath, ['--input-type=module', '-e', rival])));
    expect(answers.filter(({ stdout }) => stdout === 'mine')).toHaveLength(1);
    expect(names().filter((name) => name.startsWith('60720'))).toHaveLength(1);
  });
});

describeIsolated('bubblewrap')('boxes side by side', () => {
  it.runIf(process.getuid?.() === 0)('run as users of their own, given again only once they are gone', async () => {
    const launch = script('say(process.getuid()); setTimeout(() => 0, 60_000);');
    const start = async () => {
      const child = startChild(launch, 'bubblewrap', CEILING);
      await new Promise((said) => child.channel.once('data', said));
      const status = fs.readFileSync(`/proc/${child.pid()}/status`, 'utf8');
      return { child, users: /^Uid:\s+(.*)$/m.exec(status)?.[1]?.split('\t').map(Number) ?? [], groups: /^Groups:(.*)$/m.exec(status)?.[1]?.trim() };
    };
    const [first, second] = await Promise.all([start(), start()]);
    const user = first.users[0] ?? 0;
    expect(first.users).toEqual([user, user, user, user]);
    expect(user).not.toBe(second.users[0]);
    for (const { users, groups } of [first, second]) {
      expect(users[0]).toBeGreaterThanOrEqual(SLOT_USERS.first);
      expect(users[0]).toBeLessThan(SLOT_USERS.first + SLOT_USERS.count);
      expect(groups).not.toMatch(/\b0\b/);
    }
    first.child.kill();
    await first.child.closed;
    const third = await start();
    expect(third.users[0]).toBe(user);
    for (const { child } of [second, third]) child.kill();
    await Promise.all([second.child.closed, third.child.closed]);
  });
});
