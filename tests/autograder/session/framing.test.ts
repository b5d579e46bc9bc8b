/** Frames cut into pieces of any size, and bytes that are no frames. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Frame, FrameDecoder, ProtocolError } from '../../../autograder/session/framing.ts';
import { encodeFrame } from '../../../contract/codec.ts';
import { type FromChild, MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES } from '../../../contract/messages.ts';

const messages: fc.Arbitrary<FromChild> = fc.oneof(
  fc.constant<FromChild>({ type: 'ready', protocol: 1, backend: 'cpu' }),
  fc.string({ unit: 'grapheme', maxLength: 50 }).map((text): FromChild => ({ type: 'console', text })),
  fc.nat(1000).map((id): FromChild => ({
    type: 'answer',
    id,
    result: { kind: 'unanswered', reason: 'not yet' },
    gradients: [],
    draws: [],
    operations: 0,
  })),
);
const frames = fc.array(fc.tuple(messages, fc.uint8Array({ maxLength: 40 })), { minLength: 1, maxLength: 6 });
const cuts = fc.array(fc.nat(1000), { maxLength: 12 });

function pieces(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

const plain = (list: readonly Frame[]) => list.map(({ message, payload }) => [message, [...payload]]);

function decodeAll(parts: Iterable<Uint8Array>): readonly Frame[] {
  const decoder = new FrameDecoder();
  return [...parts].flatMap((part) => [...decoder.push(part)]);
}

describe('frames in pieces', () => {
  it('arrive whole and in order, wherever the stream was cut', () => {
    fc.assert(
      fc.property(frames, cuts, (list, places) => {
        const stream = Buffer.concat(list.map(([message, payload]) => encodeFrame(message, payload)));
        expect(plain(decodeAll(pieces(stream, places)))).toEqual(list.map(([message, payload]) => [message, [...payload]]));
      }),
      { numRuns: 1000 },
    );
  });

  it('arrive byte by byte, empty pieces between', () => {
    const frame = encodeFrame({ type: 'console', text: 'π ≈ 3.14\n' }, Uint8Array.of(1, 2, 3));
    const parts = [...frame].flatMap((byte) => [Uint8Array.of(byte), new Uint8Array(0)]);
    expect(plain(decodeAll(parts))).toEqual([[{ type: 'console', text: 'π ≈ 3.14\n' }, [1, 2, 3]]]);
  });

  it('are joined once, however many pieces they came in', () => {
    const payload = new Uint8Array(MAX_PAYLOAD_BYTES);
    const frame = encodeFrame({ type: 'console', text: '' }, payload);
    const size = 1 << 12;
    const parts = Array.from({ length: Math.ceil(frame.length / size) }, (_, index) => frame.subarray(index * size, (index + 1) * size));
    // Joined anew with every piece this would copy 500 GB, and never end.
    const [decoded] = decodeAll(parts);
    expect(decoded?.payload).toHaveLength(payload.length);
  });
});

const prefix = (header: number, payload: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(header, 0);
  bytes.writeUInt32LE(payload, 4);
  return bytes;
};
const withHeader = (text: string | Uint8Array): Buffer => Buffer.concat([prefix(Buffer.from(text).length, 0), Buffer.from(text)]);
const refusal = (bytes: Uint8Array) => () => new FrameDecoder().push(bytes);

describe('caps', () => {
  it.each<[string, number, number]>([
    ['a header one byte too long', MAX_HEADER_BYTES + 1, 0],
    ['a header of 4 GB', 0xffffffff, 0],
    ['one byte too much', 2, MAX_PAYLOAD_BYTES + 1],
    ['4 GB of bytes', 2, 0xffffffff],
  ])('refuse %s from its first eight bytes, before anything is kept', (_, header, payload) => {
    expect(refusal(prefix(header, payload))).toThrow(ProtocolError);
  });

  it('let the largest allowed message pass', () => {
    const empty = JSON.stringify({ type: 'console', text: '' }).length;
    const text = 'x'.repeat(MAX_HEADER_BYTES - empty);
    const [frame] = new FrameDecoder().push(encodeFrame({ type: 'console', text }));
    expect(frame?.message).toEqual({ type: 'console', text });
  });

  it('do not make memory of what was only announced', () => {
    const before = process.memoryUsage().arrayBuffers;
    const decoders = Array.from({ length: 100 }, () => new FrameDecoder());
    for (const decoder of decoders) decoder.push(prefix(MAX_HEADER_BYTES, MAX_PAYLOAD_BYTES));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MAX_PAYLOAD_BYTES);
  });
});

describe('bytes that are no frame', () => {
  it.each<[string, Uint8Array]>([
    ['text', Buffer.from('PASS 100/100\n')],
    ['a TAP report', Buffer.from('1..1\nok 1 - everything\n')],
    ['an empty header', withHeader('')],
    ['half a JSON', withHeader('{"type":')],
    ['JSON and more', withHeader('{"type":"console","text":""} {}')],
    ['no UTF-8', withHeader(Uint8Array.of(0x22, 0xc3, 0x28, 0x22))],
    ['a number', withHeader('1')],
    ['null', withHeader('null')],
    ['a message of no kind', withHeader('{"type":"score","points":100}')],
    ['a prototype', withHeader('{"__proto__":{"type":"console","text":""}}')],
    ['lists nested half a million deep', withHeader('['.repeat(500_000) + ']'.repeat(500_000))],
    ['objects nested a hundred thousand deep', withHeader('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))],
  ])('are refused: %s', (_, bytes) => {
    expect(refusal(bytes)).toThrow(ProtocolError);
  });

  it('never do anything but wait or be refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), cuts, (bytes, places) => {
        expect(['waits', 'refused']).toContain(outcome(pieces(bytes, places)));
      }),
      { numRuns: 3000 },
    );
  });

  it('are refused or understood when honest frames are damaged', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat(255), cuts, (list, place, byte, places) => {
        const stream = Buffer.concat(list.map(([message, payload]) => encodeFrame(message, payload)));
        stream[place % stream.length] = byte;
        expect(['waits', 'refused', 'frames']).toContain(outcome(pieces(stream, places)));
      }),
      { numRuns: 3000 },
    );
  });
});

function outcome(parts: readonly Uint8Array[]): string {
  try {
    return decodeAll(parts).length === 0 ? 'waits' : 'frames';
  } catch (error) {
    return error instanceof ProtocolError ? 'refused' : String(error);
  }
}
