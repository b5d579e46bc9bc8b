/** Functions that never end, print without end, or end their own process: each costs itself and nothing else. */
import { beforeAll, expect, it } from 'vitest';
import type { Isolation } from '../../../autograder/sandbox/sandbox.ts';
import type { Session } from '../../../autograder/session/session.ts';
import type { Ending, Reply } from '../../../contract/reply.ts';
import type { Limits } from '../../../contract/rubric.ts';
import { descendants, stillRunning } from '../sandbox/processes.ts';
import { askStudent, describeIsolated, GENEROUS, isolations, openStudent, question } from './student-session.ts';

/** Only the limit that a test is about is short: a busy machine must not trip another one first. */
const LIMITS: Limits = { ...GENEROUS, cpuSeconds: 20, wallSeconds: 60, memoryMegabytes: 256, consoleBytesKept: 2048, outputBytes: 256 << 10 };
const LITTLE_CPU: Partial<Limits> = { cpuSeconds: 0.3 };
const LITTLE_WALL: Partial<Limits> = { wallSeconds: 0.6 };

const builtin = (name: string): string => `process.getBuiltinModule('${name}')`;
const ended = (ending: object): Reply => ({ kind: 'ended', ending: ending as Ending });
const stopped = (limit: string): unknown => ended({ kind: 'limit', limit, allowed: expect.any(Number) });
const exited = (code: unknown, signal: unknown = null): unknown => ended({ kind: 'exited', code, signal });
const seven = { kind: 'returned', value: { kind: 'number', value: 7 } };

interface Misbehaviour {
  readonly what: string;
  readonly source: string;
  readonly limits?: Partial<Limits>;
  readonly reply: unknown | Readonly<Record<Isolation, unknown>>;
  readonly console?: string | RegExp;
}

const byIsolation = (box: unknown, bare: unknown): Readonly<Record<Isolation, unknown>> => ({ bubblewrap: box, none: bare });

const MISBEHAVIOURS: readonly Misbehaviour[] = [
  { what: 'never returns', source: 'export function run() { for (;;); }', limits: LITTLE_CPU, reply: stopped('cpu-time') },
  { what: 'never returns from its import', source: 'for (;;); export function run() {}', limits: LITTLE_CPU, reply: stopped('cpu-time') },
  { what: 'matches a pattern for ever', source: `export const run = () => /^(a+)+$/.test('a'.repeat(40) + 'b');`, limits: LITTLE_CPU, reply: stopped('cpu-time') },
  { what: 'goes round in promises', source: 'export const run = async () => { for (;;) await null; };', limits: LITTLE_CPU, reply: stopped('cpu-time') },
  { what: 'sleeps with a timer', source: 'export const run = () => new Promise((done) => setTimeout(done, 1e8));', limits: LITTLE_WALL, reply: stopped('wall-time') },
  { what: 'waits for ever while a timer ticks', source: 'export const run = () => { setInterval(() => 0, 10); return new Promise(() => {}); };', limits: LITTLE_WALL, reply: stopped('wall-time') },
  { what: 'sleeps without a timer', source: 'export const run = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);', limits: LITTLE_WALL, reply: stopped('wall-time') },
  { what: 'sleeps in a native call', source: `export const run = () => ${builtin('fs')}.readSync(3, new Uint8Array(1));`, limits: LITTLE_WALL, reply: stopped('wall-time') },
  {
    what: 'stops its own process',
    source: `export const run = () => { process.kill(process.pid, 'SIGSTOP'); return 7; };`,
    limits: { wallSeconds: 3 },
    // The first process of a box cannot be stopped or killed from within.
    reply: byIsolation(expect.objectContaining(seven), stopped('wall-time')),
  },
  {
    what: 'kills its own process',
    source: `export const run = () => { process.kill(process.pid, 'SIGKILL'); return 7; };`,
    reply: byIsolation(expect.objectContaining(seven), exited(null, 'SIGKILL')),
  },
  { what: 'exits', source: 'export const run = () => process.exit(0);', reply: exited(0) },
  { what: 'exits like a killed process', source: 'export const run = () => process.exit(137);', reply: exited(137) },
  { what: 'exits when it is imported', source: 'process.exit(3); export const run = () => 7;', reply: exited(3) },
  { what: 'aborts', source: 'export const run = () => process.abort();', reply: byIsolation(exited(expect.any(Number)), exited(null, 'SIGABRT')) },
  { what: 'closes the pipe', source: `export const run = () => { ${builtin('fs')}.closeSync(3); return 7; };`, reply: exited(expect.any(Number)) },
  {
    what: 'prints without end',
    source: `export const run = () => { for (;;) console.log('x'.repeat(999)); };`,
    reply: stopped('output'),
    console: /^(x{999}\n){2}x{48}\n\[cut here: only the first 2 KiB are kept\]\n$/,
  },
  {
    what: 'prints one endless line',
    source: `export const run = () => { for (;;) process.stdout.write('y'.repeat(1 << 20)); };`,
    reply: stopped('output'),
    console: /^y{2048}\n\[cut here/,
  },
  {
    what: 'prints without end around the pipe',
    source: `export const run = () => { for (;;) try { ${builtin('fs')}.writeSync(1, 'z'.repeat(65536)); } catch {} };`,
    reply: stopped('output'),
    console: '',
  },
  {
    what: 'writes errors without end around the pipe',
    source: `export const run = () => { for (;;) try { ${builtin('fs')}.writeSync(2, 'z'.repeat(65536)); } catch {} };`,
    reply: stopped('output'),
  },
  {
    what: 'prints more than is kept and answers',
    source: `export const run = () => { for (let i = 0; i < 1000; i += 1) console.log('line', i); return 7; };`,
    reply: expect.objectContaining(seven),
    console: /^line 0\nline 1\n[^]*\n\[cut here: only the first 2 KiB are kept\]\n$/,
  },
  {
    what: 'closes its output and answers',
    source: `export const run = () => { ${builtin('fs')}.closeSync(1); ${builtin('fs')}.closeSync(2); console.log('heard'); return 7; };`,
    reply: expect.objectContaining(seven),
    console: 'heard\n',
  },
  {
    what: 'leaves a rejected promise and a timer behind',
    source: `export const run = () => { void Promise.reject(new Error('stray')); setTimeout(() => { throw new Error('late'); }, 0); return 7; };`,
    reply: expect.objectContaining(seven),
  },
];

for (const isolation of isolations) {
  describeIsolated(isolation)(`isolation ${isolation}: a function that`, () => {
    beforeAll(async () => {
      // The transform's own helper process starts with its first use and stays.
      await askStudent('export const run = () => 1;', { isolation });
    });

    /** Uses a child; then nothing of it runs any more, and the next one works. */
    async function inOneChild<Result>(source: string, limits: Partial<Limits>, use: (session: Session) => Promise<Result>): Promise<Result> {
      const before = descendants();
      const { session } = await openStudent(source, { isolation, limits: { ...LIMITS, ...limits } });
      const seen = new Set([...descendants()].filter((name) => !before.has(name)));
      expect(seen.size).toBeGreaterThan(0);
      const result = await use(session);
      await session.close();
      expect(await stillRunning(seen)).toEqual([]);
      const { reply } = await askStudent('export const run = () => 42;', { isolation });
      expect(reply).toMatchObject({ kind: 'returned', value: { kind: 'number', value: 42 } });
      return result;
    }

    it.each(MISBEHAVIOURS)('$what', async ({ source, limits, reply, console }) => {
      await inOneChild(source, limits ?? {}, async (session) => {
        session.startTask();
        const answer = await session.ask(question());
        expect(answer).toEqual(isByIsolation(reply) ? reply[isolation] : reply);
        expect(session.consoleText()).toMatch(console ?? '');
        expect(session.ended).toBe(answer.kind === 'ended');
      });
    });

    // User and system together, as the grader counts: asking for the time is itself mostly the system's.
    const takesTime = `
      const used = () => { const { user, system } = process.cpuUsage(); return user + system; };
      export const run = () => { const until = used() + 1e5; while (used() < until); return 7; };
    `;

    it('takes a little time in each question of a task is stopped for their sum', async () => {
      const asked = await inOneChild(takesTime, LITTLE_CPU, async (session) => {
        session.startTask();
        let questions = 0;
        while (!session.ended && questions < 100) {
          await session.ask(question());
          questions += 1;
        }
        return questions;
      });
      expect(asked).toBeLessThan(100);
    });

    const answersMuch = `import * as tf from '@tensorflow/tfjs'; export const run = () => tf.zeros([${(3 << 18) / 2}]);`;

    it('answers with much in each question of a task is stopped for their sum', async () => {
      const kinds = await inOneChild(answersMuch, { answerBytes: 4 << 20 }, async (session) => {
        session.startTask();
        const replies = [await session.ask(question()), await session.ask(question()), await session.ask(question())];
        return replies.map((reply) => (reply.kind === 'ended' ? reply.ending : reply.kind));
      });
      expect(kinds).toEqual(['returned', 'returned', { kind: 'limit', limit: 'answer', allowed: 4 << 20 }]);
    });

    it('answers with much in each task has an allowance for each', async () => {
      await inOneChild(answersMuch, { answerBytes: 2 << 20 }, async (session) => {
        for (let task = 0; task < 3; task += 1) {
          session.startTask();
          expect((await session.ask(question())).kind).toBe('returned');
        }
      });
    });

    it('takes a little time in each task has a budget for each', async () => {
      await inOneChild(takesTime, { cpuSeconds: 0.6 }, async (session) => {
        for (let task = 0; task < 10; task += 1) {
          session.startTask();
          expect(await session.ask(question())).toMatchObject(seven);
        }
      });
    });
  });
}

describeIsolated('bubblewrap')('memory in the box', () => {
  const limits: Partial<Limits> = { ...LIMITS, memoryMegabytes: 128 };

  it.each([
    ['buffers', `export const run = () => { const all = []; for (;;) all.push(new Uint8Array(32 << 20).fill(1)); };`],
    ['wasm', `export const run = () => { const all = []; for (;;) { const m = new WebAssembly.Memory({ initial: 512 }); new Uint8Array(m.buffer).fill(1); all.push(m); } };`],
    ['the heap', `export const run = () => { const all = []; for (;;) all.push(new Array(4e6).fill({})); };`],
  ])('has an end for %s', async (_, source) => {
    const { reply } = await askStudent(source, { isolation: 'bubblewrap', limits });
    // A control group kills; a resource limit makes the allocation throw, where the engine can.
    const end = reply.kind === 'threw' ? reply.error.name : reply;
    expect(['RangeError', ended({ kind: 'limit', limit: 'memory', allowed: 128 })]).toContainEqual(end);
  });
});

function isByIsolation(reply: unknown): reply is Readonly<Record<Isolation, unknown>> {
  return typeof reply === 'object' && reply !== null && Object.hasOwn(reply, 'bubblewrap');
}
