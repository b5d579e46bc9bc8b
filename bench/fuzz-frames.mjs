// Streams for the frame decoder: honest frames damaged, cut and joined, headers changed as JSON, and noise.
import { loadTypeScript } from './load-typescript.mjs';

const SOURCES = {
  './autograder/session/framing.ts': ['FrameDecoder', 'ProtocolError'],
  './contract/codec.ts': ['decodeValue', 'encodeFrame', 'PayloadError', 'PayloadReader'],
};

/** What stands in a header where something else is expected. */
const ODD = [null, true, -1, 0, 1, 2 ** 31, 2 ** 53, 1e300, -0.5, '', 'answer', 'ready', '__proto__', '\ud800', [], {}, [[]], [null], { __proto__: null }, 'x'.repeat(5000)];

export async function fuzzFrames(random) {
  const { FrameDecoder, ProtocolError, decodeValue, encodeFrame, PayloadError, PayloadReader } = await loadTypeScript(SOURCES);
  const tensor = (shape, offset, dtype = 'float32') => ({ kind: 'tensor', tensor: { dtype, shape, offset } });
  const answer = (value, rest = {}) => ({ type: 'answer', id: random.below(5), result: { kind: 'returned', value }, gradients: [], draws: [], operations: 1, ...rest });
  const honest = [
    () => ({ type: 'ready', protocol: 1, backend: random.pick(['cpu', 'wasm', 'native']) }),
    () => ({ type: 'console', text: random.pick(['', 'printed\n', 'π', 'x'.repeat(300)]) }),
    () => answer(tensor([random.below(4), random.below(4)], 8 * random.below(4), random.pick(['float32', 'int32', 'bool']))),
    () => answer({ kind: 'record', entries: [['nelbo', tensor([], 0)], ['kl', { kind: 'number', offset: 8 }], ['rec', { kind: 'other', description: 'nothing' }]] }),
    () => answer({ kind: 'list', items: [tensor([2], 0), { kind: 'list', items: [tensor([1], 8)] }] }, { draws: [{ law: 'normal', seeded: false, count: 15 }] }),
    () => answer(tensor([2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1], 0)),
    () => answer(tensor([], 0), { gradients: [{ component: 'kl', modules: [{ module: 'encoder', tensor: { dtype: 'float32', shape: [3], offset: 0 } }, { module: 'decoder', tensor: null }] }] }),
    () => ({ ...answer(tensor([], 0)), result: { kind: 'threw', error: { name: 'Error', message: 'no', frames: [{ path: 'vae.ts', line: 1, column: 2 }] } } }),
    () => ({ ...answer(tensor([], 0)), result: random.pick([{ kind: 'unanswered', reason: 'not yet' }, { kind: 'unsupported', kernel: 'Einsum' }]) }),
  ];

  /** The same JSON with one thing in it changed, left out or doubled. */
  function twisted(value, depth = 0) {
    if (random.below(40) === 0 || value === null || typeof value !== 'object') return random.below(12) === 0 ? random.pick(ODD) : value;
    if (Array.isArray(value)) {
      const items = value.map((item) => twisted(item, depth + 1));
      const change = random.below(12);
      return change === 0 ? [...items, ...items, ...items] : change === 1 ? items.slice(1) : items;
    }
    const entries = Object.entries(value).map(([key, entry]) => [random.below(100) === 0 ? random.pick(['__proto__', 'constructor', 'extra', 'kind']) : key, twisted(entry, depth + 1)]);
    return Object.fromEntries(entries.filter(() => random.below(60) > 0));
  }

  function frame() {
    const header = random.pick(honest)();
    const payload = random.bytes(random.pick([0, 8, 16, 24, 64]));
    const kind = random.below(10);
    if (kind < 4) return Buffer.from(encodeFrame(header, payload));
    if (kind < 8) return Buffer.from(encodeFrame(twisted(header), payload));
    const text = kind === 8 ? Buffer.from(random.pick(['[', '{"a":', '"', '{"type":"console","text":"']).repeat(random.below(2000))) : random.bytes(random.below(200));
    const prefix = Buffer.alloc(8);
    prefix.writeUInt32LE(random.below(20) === 0 ? random.pick([0xffffffff, 1 << 20, (1 << 20) + 1]) : text.length, 0);
    prefix.writeUInt32LE(random.below(20) === 0 ? random.pick([0xffffffff, 1 << 26, (1 << 26) + 1]) : 0, 4);
    return Buffer.concat([prefix, text]);
  }

  function stream() {
    const bytes = Buffer.concat(Array.from({ length: random.pick([1, 1, 2, 4]) }, frame));
    for (let changes = random.pick([0, 0, 1, 3]); changes > 0 && bytes.length > 0; changes -= 1) bytes[random.below(bytes.length)] = random.below(256);
    return random.below(5) === 0 ? bytes.subarray(0, random.below(bytes.length)) : bytes;
  }

  return () => {
    const bytes = stream();
    const decoder = new FrameDecoder();
    const frames = [];
    try {
      for (let at = 0; at < bytes.length; ) {
        const end = random.below(3) === 0 ? bytes.length : at + 1 + random.below(40);
        frames.push(...decoder.push(bytes.subarray(at, end)));
        at = end;
      }
      for (const { message, payload } of frames) {
        if (message.type !== 'answer' || message.result.kind !== 'returned') continue;
        const reader = new PayloadReader(payload);
        decodeValue(message.result.value, reader);
        for (const { modules } of message.gradients) for (const { tensor: reference } of modules) if (reference !== null) reader.tensor(reference);
      }
    } catch (error) {
      if (error instanceof ProtocolError) return 'refused';
      if (error instanceof PayloadError) return 'refused with its payload';
      throw error;
    }
    return frames.length === 0 ? 'waits' : 'understood';
  };
}
