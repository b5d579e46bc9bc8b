/** What comes back when a student's function returns or throws, in the box and outside it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Session } from '../../../autograder/session/session.ts';
import type { Reply } from '../../../contract/reply.ts';
import type { Value } from '../../../contract/values.ts';
import { describeIsolated, isolations, openStudent, question, type StudentSession } from './student-session.ts';

const RESULTS = `
import * as tf from '@tensorflow/tfjs';
let reads = 0;
const twoFaced = { get nelbo() { reads += 1; return reads === 1 ? 1 : 2; } };

export const number = () => 42;
export const notANumber = () => Number.NaN;
export const minusZero = () => -0;
export const tensor = () => tf.tensor2d([[1, 2], [3, NaN]]);
export const list = () => [1, tf.scalar(2)];
export const record = () => ({ nelbo: 3, __proto__: { hidden: 1 } });
export const getter = () => twoFaced;
export const promise = async () => tf.scalar(5);
export const thenable = () => ({ then: (resolve) => resolve(6) });
export const proxy = () => new Proxy({ kl: 1 }, {});
export const typed = () => new Float32Array(3);
export const text = () => '42';
export const nothing = () => undefined;
export const none = () => null;
export const yes = () => true;
export const big = () => 42n;
export const symbol = () => Symbol('answer');
export const itself = () => number;
export const cyclic = () => { const a = {}; a.a = a; return a; };
export const nested = () => [[[1]]];
export const long = () => Array.from({ length: 65 }, () => 1);
export const wide = () => Object.fromEntries(Array.from({ length: 500 }, (_, i) => ['k'.repeat(300) + i, i]));
export const complex = () => tf.complex([1], [1]);
export const strings = () => tf.tensor1d(['a']);
export const toJson = () => ({ toJSON: () => 'forged', valueOf: () => 1 });
export const empty = () => tf.zeros([0, 3]);
export const map = () => new Map([['nelbo', 1]]);
export const disposed = () => { const t = tf.scalar(1); t.dispose(); return t; };
export const bomb = () => ({ get nelbo() { throw new RangeError('in a getter'); } });
export const trap = () => new Proxy({}, { ownKeys() { throw new TypeError('in a trap'); } });
export const shapeless = () => { const t = tf.tensor1d([1, 2]); t.shape = [1000]; return t; };
`;

const number = (value: number): Value => ({ kind: 'number', value });
const other = (description: string): Value => ({ kind: 'other', description });

const RETURNED: Readonly<Record<string, Value>> = {
  number: number(42),
  notANumber: number(Number.NaN),
  minusZero: number(-0),
  tensor: { kind: 'tensor', tensor: { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, 2, 3, Number.NaN) } },
  list: { kind: 'list', items: [number(1), { kind: 'tensor', tensor: { dtype: 'float32', shape: [], values: Float32Array.of(2) } }] },
  record: { kind: 'record', entries: [['nelbo', number(3)]] },
  getter: { kind: 'record', entries: [['nelbo', number(1)]] },
  promise: { kind: 'tensor', tensor: { dtype: 'float32', shape: [], values: Float32Array.of(5) } },
  thenable: number(6),
  proxy: { kind: 'record', entries: [['kl', number(1)]] },
  typed: other('a typed array'),
  text: other('a string'),
  nothing: other('nothing (undefined)'),
  none: other('null'),
  yes: other('true'),
  big: other('a bigint'),
  symbol: other('a symbol'),
  itself: other('a function'),
  cyclic: { kind: 'record', entries: [['a', { kind: 'record', entries: [['a', other('something nested too deeply')]] }]] },
  nested: { kind: 'list', items: [{ kind: 'list', items: [other('something nested too deeply')] }] },
  long: other('an array of 65 items'),
  complex: other('a tensor of complex64'),
  strings: other('a tensor of string'),
  toJson: { kind: 'record', entries: [['toJSON', other('a function')], ['valueOf', other('a function')]] },
  empty: { kind: 'tensor', tensor: { dtype: 'float32', shape: [0, 3], values: new Float32Array(0) } },
  map: { kind: 'record', entries: [] },
};

const ERRORS = `
interface Shape {
  readonly rows: number;
  readonly columns: number;
}
type Rows = Shape['rows'];

function inner(rows: Rows): never {
  throw new RangeError('only ' + rows + ' rows');
}
export const thrown = (): unknown => inner(3);
export const rejected = async (): Promise<void> => {
  await null;
  throw new TypeError('late');
};
export const text = (): never => { throw 'just text'; };
export const nothing = (): never => { throw undefined; };
export const nil = (): never => { throw null; };
export const hostile = (): never => { throw { get name() { throw 1; }, get message() { throw 2; }, get stack() { throw 3; } }; };
export const unprintable = (): never => { throw { name: 'Odd', message: { toString() { throw 1; } } }; };
export const proxied = (): never => { throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 2; } }); };
export const endless = (): never => { throw new Error('x'.repeat(1e6)); };
export const deep = (): unknown => deep();
export const forgedStack = (): never => { const e = new Error('forged'); e.stack = 'at submission:///../../etc/passwd:1:1'; throw e; };
export const forgedPrepare = (): never => { Error.prepareStackTrace = () => { throw 1; }; throw new Error('prepared'); };
export const unanswered = (): never => { const e = new Error('write me'); e.name = 'UnansweredError'; throw e; };
export const kernel = (): never => { throw new Error("Kernel 'Einsum' not registered for backend 'cpu'"); };
export const never = (): Promise<void> => new Promise(() => undefined);
`;

const FILES = { 'answer.ts': RESULTS, 'errors.ts': ERRORS, 'broken.ts': 'export function run( {' };

for (const isolation of isolations) {
  describeIsolated(isolation)(`isolation ${isolation}`, () => {
    let opened: StudentSession;
    let session: Session;
    const call = (name: string, module = 'answer.ts'): Promise<Reply> => {
      session.startTask();
      return session.ask(question({ module, function: name }));
    };

    beforeAll(async () => {
      opened = await openStudent(FILES, { isolation, tasks: 100 });
      ({ session } = opened);
    });
    afterAll(() => session.close());

    it.each(Object.entries(RETURNED))('returns %s as plain data', async (name, value) => {
      expect(await call(name)).toEqual({ kind: 'returned', value, gradients: [], draws: [], operations: expect.any(Number) });
    });

    it('returns a wide record cut to what a message may hold', async () => {
      const reply = await call('wide');
      const entries = reply.kind === 'returned' && reply.value.kind === 'record' ? reply.value.entries : [];
      expect(entries).toHaveLength(64);
      expect(entries[0]?.[0]).toHaveLength(200);
    });

    it.each([
      ['disposed', 'Error'],
      ['bomb', 'RangeError'],
      ['trap', 'TypeError'],
    ])('takes what goes wrong while %s is read for the student’s error', async (name, error) => {
      expect(await call(name)).toMatchObject({ kind: 'threw', error: { name: error } });
    });

    it('says which error was thrown, and where in the student’s own lines', async () => {
      const reply = await call('thrown', 'errors.ts');
      expect(reply).toMatchObject({ kind: 'threw', error: { name: 'RangeError', message: 'only 3 rows' } });
      const frames = reply.kind === 'threw' ? reply.error.frames : [];
      const places = frames.map(({ path, line, column }) => `${path}:${opened.code.locate(path, line, column).line}`);
      // Line 9 throws, line 11 calls; nothing of the grader's or the library's own lines is shown.
      expect(places).toEqual(['errors.ts:9', 'errors.ts:11']);
    });

    it.each([
      ['rejected', { name: 'TypeError', message: 'late' }],
      ['text', { name: 'Error', message: 'just text', frames: [] }],
      ['nothing', { name: 'Error', message: '', frames: [] }],
      ['nil', { name: 'Error', message: '', frames: [] }],
      ['hostile', { name: 'Error', message: '', frames: [] }],
      ['unprintable', { name: 'Odd', message: '', frames: [] }],
      ['proxied', { name: 'Error', message: '', frames: [] }],
      ['endless', { name: 'Error', message: 'x'.repeat(4000) }],
      ['deep', { name: 'RangeError', message: 'Maximum call stack size exceeded' }],
      ['forgedPrepare', { name: 'Error', message: 'prepared' }],
      ['never', { name: 'Error', message: 'the promise it returned can never settle: nothing is left to wait for' }],
    ])('survives the error of %s', async (name, error) => {
      expect(await call(name, 'errors.ts')).toMatchObject({ kind: 'threw', error });
    });

    it('takes a forged stack for text', async () => {
      expect(await call('forgedStack', 'errors.ts')).toMatchObject({
        kind: 'threw',
        error: { message: 'forged', frames: [{ path: '../../etc/passwd', line: 1, column: 1 }] },
      });
      expect(opened.code.locate('../../etc/passwd', 1, 1)).toEqual({ line: 1, column: 1 });
    });

    it('knows an unanswered stub, a kernel that a backend lacks, and a function that is not there', async () => {
      expect(await call('unanswered', 'errors.ts')).toEqual({ kind: 'unanswered', reason: 'write me' });
      expect(await call('kernel', 'errors.ts')).toEqual({ kind: 'unsupported', kernel: 'Einsum' });
      expect(await call('absent')).toEqual({ kind: 'unanswered', reason: 'answer.ts does not export a function named absent' });
      expect(await call('toString')).toEqual({ kind: 'unanswered', reason: 'answer.ts does not export a function named toString' });
      expect(await call('run', 'absent.ts')).toEqual({ kind: 'unanswered', reason: 'absent.ts is not in the hand-in' });
    });

    it('shows why a file does not compile', async () => {
      expect(await call('run', 'broken.ts')).toMatchObject({
        kind: 'threw',
        error: { name: 'ModuleError', message: expect.stringContaining('broken.ts does not compile') },
      });
    });

    it('is still the same child after all of this', async () => {
      expect(session.ended).toBe(false);
      expect(await call('number')).toMatchObject({ kind: 'returned', value: number(42) });
    });

    it('ends with the child when what a tensor says of itself is not true', async () => {
      expect(await call('shapeless')).toEqual({
        kind: 'ended',
        ending: { kind: 'protocol', problem: 'a tensor lies outside the bytes of its message' },
      });
      expect(session.ended).toBe(true);
    });
  });
}
