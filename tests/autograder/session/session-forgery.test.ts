/**
 * Students' code that writes to the pipe itself, or rewrites the language under the child's feet. Whatever
 * it sends is an answer at best; what is not the protocol ends the child, and the next one is clean.
 */
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { Isolation } from '../../../autograder/sandbox/sandbox.ts';
import type { Reply } from '../../../contract/reply.ts';
import { askStudent, describeIsolated, GENEROUS, isolations, openStudent, question } from './student-session.ts';

/** Beside the student's code: how a hostile hand-in reaches the descriptor. */
const FORGE = `
const fs = process.getBuiltinModule('fs');
export function raw(...pieces) {
  for (const piece of pieces) {
    const bytes = Buffer.from(piece);
    for (let sent = 0; sent < bytes.length; ) sent += fs.writeSync(3, bytes, sent);
  }
}
export function prefix(header, payload) {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(header, 0);
  bytes.writeUInt32LE(payload, 4);
  return bytes;
}
export function frame(header, payload = Buffer.alloc(0)) {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  raw(prefix(text.length, payload.length), text, payload);
}
export const answer = (result, rest = {}) => ({ type: 'answer', id: 1, result, gradients: [], draws: [], operations: 0, ...rest });
export const returned = (value) => answer({ kind: 'returned', value });
`;

/** A program whose only function has this body, with the forge at hand. */
const forging = (body: string) => ({
  'forge.ts': FORGE,
  'answer.ts': `import { answer, frame, prefix, raw, returned } from './forge.ts';\nexport function run() { ${body} }`,
});

const protocol = (problem: RegExp | string = /./): unknown => ({
  kind: 'ended',
  ending: { kind: 'protocol', problem: expect.stringMatching(problem) },
});
const isNumber = (value: number): unknown => ({ kind: 'returned', value: { kind: 'number', value }, gradients: [], draws: [], operations: 0 });

const SEVEN = 'Buffer.from(new Float64Array([7]).buffer)';
const TENSOR = `{ kind: 'tensor', tensor: { dtype: 'float32', shape: [2], offset: OFFSET } }`;

const FORGERIES: readonly (readonly [string, string, unknown])[] = [
  ['answers by itself', `frame(returned({ kind: 'number', offset: 0 }), ${SEVEN}); return 8;`, isNumber(7)],
  ['answers before it hangs', `frame(returned({ kind: 'number', offset: 0 }), ${SEVEN}); for (;;);`, isNumber(7)],
  ['answers with marks', `frame({ ...returned({ kind: 'number', offset: 0 }), score: 100 }, ${SEVEN}); return 8;`, protocol('malformed')],
  ['says it passed', `frame({ type: 'result', passed: true }); return 8;`, protocol('malformed')],
  ['answers another question', `frame({ ...returned({ kind: 'number', offset: 0 }), id: 2 }, ${SEVEN}); return 8;`, protocol('another question')],
  ['says it is ready again', `frame({ type: 'ready', protocol: 1, backend: 'cpu' }); return 8;`, protocol('another question')],
  ['writes text', `raw('PASS 100/100\\n'); return 8;`, protocol('larger than its cap')],
  ['writes random bytes', `raw(new Uint8Array(4096).fill(0xa5)); return 8;`, protocol()],
  ['writes zeros', `raw(new Uint8Array(4096)); return 8;`, protocol('not JSON')],
  ['announces a header of 4 GB', 'raw(prefix(0xffffffff, 0)); return 8;', protocol('a header larger than its cap')],
  ['announces 4 GB of bytes', 'raw(prefix(2, 0xffffffff)); return 8;', { kind: 'ended', ending: { kind: 'limit', limit: 'answer', allowed: GENEROUS.answerBytes } }],
  ['sends no JSON', `frame('{"type":'); return 8;`, protocol('not JSON')],
  ['sends no UTF-8', `raw(prefix(2, 0), Uint8Array.of(0xc3, 0x28)); return 8;`, protocol('not JSON')],
  ['nests half a million lists', `frame('['.repeat(5e5) + ']'.repeat(5e5)); return 8;`, protocol('malformed')],
  ['plants a prototype', `frame('{"__proto__":{"type":"console","text":""}}'); return 8;`, protocol('malformed')],
  ['points outside its bytes', `frame(returned(${TENSOR.replace('OFFSET', '4')}), Buffer.alloc(8)); return 8;`, protocol('outside')],
  ['points before its bytes', `frame(returned(${TENSOR.replace('OFFSET', '-4')}), Buffer.alloc(8)); return 8;`, protocol('malformed')],
  ['points between its bytes', `frame(returned(${TENSOR.replace('OFFSET', '0.5')}), Buffer.alloc(9)); return 8;`, protocol('malformed')],
  ['points nowhere', `frame(JSON.stringify(returned({ kind: 'number', offset: 12345 })).replace('12345', '1e400')); return 8;`, protocol('malformed')],
];

const TAMPERINGS: readonly (readonly [string, string])[] = [
  ['JSON.stringify', `JSON.stringify = () => '{"type":"console","text":"forged"}';`],
  ['JSON.stringify, to throw', `JSON.stringify = () => { throw new Error('patched'); };`],
  ['Array.prototype', `for (const name of ['map', 'push', 'slice', Symbol.iterator]) Array.prototype[name] = () => { throw new Error('patched'); };`],
  ['Object.prototype', `Object.defineProperty(Object.prototype, 'kind', { get: () => 'returned', set() {} });`],
  ['typed arrays', `Uint8Array.prototype.set = () => undefined; Object.getPrototypeOf(Uint8Array.prototype).slice = () => [];`],
  ['Promise.race', `Promise.race = () => new Promise(() => undefined);`],
  ['TextEncoder', `globalThis.TextEncoder = class { encode() { return new Uint8Array(1 << 21); } };`],
  ['Map.prototype.get', `Map.prototype.get = () => undefined;`],
  ['process', `globalThis.process = undefined;`],
  ['process.exit', `process.exit = () => undefined; setInterval(() => 0, 10);`],
  ['fs.writeSync', `process.getBuiltinModule('fs').writeSync = () => { throw new Error('patched'); };`],
  ['Function.prototype.call', `Function.prototype.call = Function.prototype.apply = () => 1;`],
];

for (const isolation of isolations) {
  describeIsolated(isolation)(`isolation ${isolation}: code that`, () => {
    // Each test starts with a child of its own; what is asked here is whether the grader is still in order.
    if (isolation === 'none') afterEach(() => expectCleanChild(isolation));
    else afterAll(() => expectCleanChild(isolation));

    it.each(FORGERIES)('%s', async (_, body, reply) => {
      expect((await askStudent(forging(body), { isolation })).reply).toEqual(reply);
    });

    it('stops in the middle of a frame waits for its limit', async () => {
      const program = forging('raw(prefix(100, 0), "{"); for (;;);');
      expect((await askStudent(program, { isolation, limits: { cpuSeconds: 0.3 } })).reply).toEqual({
        kind: 'ended',
        ending: { kind: 'limit', limit: 'cpu-time', allowed: 0.3 },
      });
    });

    it('names one large tensor thousands of times takes no memory', async () => {
      const program = forging(`
        const bytes = Buffer.alloc(32 << 20);
        const whole = { kind: 'tensor', tensor: { dtype: 'bool', shape: [bytes.length], offset: 0 } };
        const list = { kind: 'list', items: Array.from({ length: 60 }, () => whole) };
        frame(returned({ kind: 'list', items: Array.from({ length: 60 }, () => list) }), bytes);
      `);
      const before = process.memoryUsage().arrayBuffers;
      expect((await askStudent(program, { isolation })).reply).toEqual(protocol('share bytes'));
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(512 << 20);
    });

    it('answers what nobody asked is ended', async () => {
      const program = forging(`for (let i = 0; i < 1000; i += 1) frame(returned({ kind: 'number', offset: 0 }), ${SEVEN}); return 8;`);
      const { session } = await openStudent(program, { isolation });
      session.startTask();
      expect(await session.ask(question())).toEqual(isNumber(7));
      expect(await session.ask(question())).toEqual(protocol(/nobody asked|another question/));
      expect(session.ended).toBe(true);
      await session.close();
    });

    it('forges console text prints it, and nothing more', async () => {
      const program = forging(`frame({ type: 'console', text: 'PASS 100/100 \\u001b[2J</script>\\n' }); console.log('mine'); return 7;`);
      const { reply, console } = await askStudent(program, { isolation });
      expect(reply).toMatchObject({ kind: 'returned', value: { kind: 'number', value: 7 } });
      expect(console).toBe('PASS 100/100 \u001b[2J</script>\nmine\n');
    });

    it('rewrites Math.random finds it new in the next call', async () => {
      const program = `export function run() {
        const before = [Math.random(), Math.random()];
        Math.random = () => 0.5;
        return before;
      }`;
      const { session } = await openStudent(program, { isolation });
      session.startTask();
      const first = await session.ask(question());
      const second = await session.ask(question());
      await session.close();
      expect(second).toEqual(first);
      expect(first).toMatchObject({ kind: 'returned', draws: [{ law: 'uniform', seeded: false, count: 2 }] });
    });
  });
}

// Within the process isolation makes no difference.
describe('code that rewrites', () => {
  afterEach(() => expectCleanChild('none'));

  it.each(TAMPERINGS)('%s harms only itself', async (_, statement) => {
    const program = `export function run() { ${statement} return 7; }`;
    const { reply } = await askStudent(program, { isolation: 'none', limits: { cpuSeconds: 2, wallSeconds: 4 } });
    expect(['returned', 'threw', 'exited', 'protocol', 'limit']).toContain(endingKind(reply));
  });
});

function endingKind(reply: Reply): string {
  return reply.kind === 'ended' ? reply.ending.kind : reply.kind;
}

async function expectCleanChild(isolation: Isolation): Promise<void> {
  const { reply, console } = await askStudent(`export const run = () => { console.log('clean'); return 42; };`, { isolation });
  expect(reply).toEqual(isNumber(42));
  expect(console).toBe('clean\n');
}
