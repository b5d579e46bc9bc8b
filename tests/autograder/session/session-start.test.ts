/** Children that do not come up: our fault, said in words staff can use, and never a student's. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Isolation, Launch } from '../../../autograder/sandbox/sandbox.ts';
import { Session } from '../../../autograder/session/session.ts';
import { SessionPool } from '../../../autograder/session/session-pool.ts';
import type { Ending } from '../../../contract/reply.ts';
import { descendants, stillRunning } from '../sandbox/processes.ts';
import { describeIsolated, GENEROUS, isolations, launchOf, question } from './student-session.ts';

const LOAD = { files: [], originals: [] };

/** Sends one frame and waits for the grader to hang up. */
const sending = (header: string): string => `
const fs = require('node:fs');
const text = Buffer.from(${JSON.stringify(header)});
const bytes = Buffer.alloc(8 + text.length);
bytes.writeUInt32LE(text.length, 0);
text.copy(bytes, 8);
fs.writeSync(3, bytes);
fs.readSync(3, Buffer.alloc(1));
`;

const READY = '{"type":"ready","protocol":1,"backend":"cpu"}';

const FAILURES: readonly (readonly [string, string, RegExp])[] = [
  ['fails at once', `console.error('libtensorflow is not here'); process.exit(1);`, /^the child did not start: libtensorflow is not here$/],
  ['leaves without a word', 'process.exit(0);', /^the child did not start: \{"kind":"exited","code":0/],
  ['throws', `throw new Error('TensorFlow.js runs on cpu, not on wasm');`, /TensorFlow\.js runs on cpu, not on wasm/],
  ['speaks another protocol', sending(READY.replace('1', '2')), /"kind":"protocol"/],
  ['answers before it is ready', sending('{"type":"answer","id":1,"result":{"kind":"unanswered","reason":""},"gradients":[],"draws":[],"operations":0}'), /"type":"answer"/],
  ['sends no frame', `require('node:fs').writeSync(3, 'Hello there!'); setTimeout(() => 0, 1e6);`, /a header larger than its cap/],
];

let folder = '';
const program = (name: string, text: string): Launch => {
  const file = path.join(folder, `${name.replaceAll(' ', '-')}.cjs`);
  fs.writeFileSync(file, text);
  return { program: process.execPath, arguments: [{ file }], files: [], environment: {} };
};

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-children-'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const open = (launch: Launch, isolation: Isolation): Promise<Session | Ending> => Session.open(launch, isolation, GENEROUS, LOAD, 1);

for (const isolation of isolations) {
  describeIsolated(isolation)(`isolation ${isolation}: a child that`, () => {
    it.each(FAILURES)('%s', async (name, text, problem) => {
      const before = descendants();
      const ending = await open(program(name, text), isolation);
      expect(ending).toEqual({ kind: 'our-fault', problem: expect.stringMatching(problem) });
      expect(await stillRunning([...descendants()].filter((process) => !before.has(process)))).toEqual([]);
    });

    it('is ready and dies answers nothing', async () => {
      const session = await open(program('dies', `${sending(READY)} process.exit(9);`), isolation);
      if (!(session instanceof Session)) throw new Error(JSON.stringify(session));
      session.startTask();
      const reply = await session.ask(question());
      await session.close();
      expect(reply).toEqual({ kind: 'ended', ending: { kind: 'exited', code: 9, signal: null } });
      // Whoever asks again hears the same.
      expect(await session.ask(question())).toEqual(reply);
    });
  });
}

describe('a program that is not there', () => {
  it('is our fault', async () => {
    const launch: Launch = { program: '/no/such/program', arguments: [], files: [], environment: {} };
    expect(await open(launch, 'none')).toMatchObject({ kind: 'our-fault', problem: expect.stringContaining('ENOENT') });
  });
});

describe('the pool of one hand-in', () => {
  const options = { isolation: 'none', limits: GENEROUS, load: LOAD, tasks: 3 } as const;

  it('says that a backend is missing', async () => {
    const pool = new SessionPool({ ...options, launch: () => null });
    expect(await pool.shared('native')).toEqual({ kind: 'our-fault', problem: 'this machine has no native backend' });
    await pool.close();
  });

  it('keeps one child a backend, replaces it when it has ended, and lends others that are used once', async () => {
    const pool = new SessionPool({ ...options, launch: launchOf });
    const first = await pool.shared('cpu');
    if (!(first instanceof Session)) throw new Error(JSON.stringify(first));
    expect(await pool.shared('cpu')).toBe(first);
    const lent = await pool.alone('cpu', async (session) => session);
    expect(lent).not.toBe(first);
    expect(lent instanceof Session && lent.ended).toBe(true);
    expect(first.ended).toBe(false);

    await first.close();
    const second = await pool.shared('cpu');
    expect(second).not.toBe(first);
    expect(pool.cpuSeconds).toBeGreaterThan(0);
    await pool.close();
    expect(second instanceof Session && second.ended).toBe(true);
  });

  it('tries a child that did not come up once more', async () => {
    const flag = path.join(folder, 'second-time');
    const flaky = program('flaky', `if (!require('node:fs').existsSync(${JSON.stringify(flag)})) { require('node:fs').writeFileSync(${JSON.stringify(flag)}, ''); process.exit(1); } ${sending(READY)}`);
    const pool = new SessionPool({ ...options, launch: () => flaky });
    expect(await pool.shared('cpu')).toBeInstanceOf(Session);
    await pool.close();
  });

  it('does not let what one task left behind cost another its marks', async () => {
    const code = `exports.leave = () => { setTimeout(() => { throw new Error('stray'); }, 0); return 7; };
      exports.wait = () => new Promise((done) => setTimeout(() => done(8), 50));`;
    const pool = new SessionPool({ ...options, load: { files: [{ path: 'answer.ts', code }], originals: [] }, launch: launchOf });
    const ask = async (session: Session | Ending, name: string) => {
      if (!(session instanceof Session)) throw new Error(JSON.stringify(session));
      session.startTask();
      return session.ask(question({ function: name }));
    };
    expect(await ask(await pool.shared('cpu'), 'leave')).toMatchObject({ kind: 'returned' });
    expect(await ask(await pool.shared('cpu'), 'wait')).toMatchObject({ kind: 'ended', ending: { kind: 'exited' } });
    expect(await pool.alone('cpu', (session) => ask(session, 'wait'))).toMatchObject({ kind: 'returned', value: { kind: 'number', value: 8 } });
    await pool.close();
  });
});
