/** Values as bytes and back: nothing is lost, and nothing outside a message's own bytes is ever read. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesPerElement,
  decodeValue,
  elementCount,
  encodeFrame,
  encodeValue,
  FRAME_PREFIX_BYTES,
  PayloadError,
  PayloadReader,
  PayloadWriter,
} from '../../contract/codec.ts';
import { parser } from '../../contract/schema.ts';
import type { DType, TensorData, TensorReference, Value } from '../../contract/values.ts';
import { WireValue } from '../../contract/values.ts';
import { AWKWARD, bits, tensorBits, tensors, values } from './value-arbitraries.ts';

const parseWireValue = parser('a value', WireValue);

/** Through bytes and JSON, as between two processes. */
function travel(value: Value): Value {
  const writer = new PayloadWriter();
  const header = JSON.parse(JSON.stringify(encodeValue(value, writer)));
  return decodeValue(parseWireValue(header), new PayloadReader(writer.bytes()));
}

describe('a value that travels', () => {
  it('comes back with every bit, whatever it holds', () => {
    const same = fc.property(values, (value) => {
      expect(bits(travel(value))).toEqual(bits(value));
    });
    fc.assert(same, { numRuns: 500 });
  });

  it.each(AWKWARD)('keeps %s as a number and in a tensor', (value) => {
    const back = travel({
      kind: 'list',
      items: [
        { kind: 'number', value },
        { kind: 'tensor', tensor: { dtype: 'float32', shape: [], values: Float32Array.of(value) } },
      ],
    });
    const [number, tensor] = back.kind === 'list' ? back.items : [];
    expect(number).toEqual({ kind: 'number', value });
    expect(tensor?.kind === 'tensor' && Object.is(tensor.tensor.values[0], Math.fround(value))).toBe(true);
  });

  it('keeps an empty tensor with its shape', () => {
    const empty: Value = { kind: 'tensor', tensor: { dtype: 'float32', shape: [3, 0, 2], values: new Float32Array(0) } };
    expect(travel(empty)).toEqual(empty);
  });

  it('does not take a key for a prototype', () => {
    const back = travel({ kind: 'record', entries: [['__proto__', { kind: 'number', value: 1 }]] });
    expect(back).toEqual({ kind: 'record', entries: [['__proto__', { kind: 'number', value: 1 }]] });
    expect(Object.hasOwn(Object.prototype, '1')).toBe(false);
  });

  it('comes as copies: the sender’s bytes can change afterwards', () => {
    const writer = new PayloadWriter();
    const reference = writer.tensor({ dtype: 'int32', shape: [2], values: Int32Array.of(5, 6) });
    const bytes = writer.bytes();
    const read = new PayloadReader(bytes).tensor(reference);
    bytes.fill(0xff);
    expect([...read.values]).toEqual([5, 6]);
  });

  it('is written from a view of a larger buffer without its neighbours', () => {
    const writer = new PayloadWriter();
    const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
    const reference = writer.tensor({ dtype: 'float32', shape: [2], values: view });
    expect([...new PayloadReader(writer.bytes()).tensor(reference).values]).toEqual([2, 3]);
  });
});

describe('a header that lies about its bytes', () => {
  const bytes = new Uint8Array(64);
  const read = (reference: TensorReference) => () => new PayloadReader(bytes).tensor(reference);

  it.each<[string, TensorReference]>([
    ['ends one byte too late', { dtype: 'float32', shape: [15], offset: 5 }],
    ['starts at the end', { dtype: 'bool', shape: [1], offset: 64 }],
    ['starts far away', { dtype: 'bool', shape: [1], offset: Number.MAX_SAFE_INTEGER }],
    ['is larger than a number can say', { dtype: 'float32', shape: Array.from({ length: 8 }, () => 2 ** 31 - 1), offset: 0 }],
    ['is larger than memory', { dtype: 'float32', shape: [2 ** 31 - 1], offset: 0 }],
  ])('is refused where a tensor %s', (_, reference) => {
    expect(read(reference)).toThrow(PayloadError);
  });

  it('is refused where a number is cut', () => {
    expect(() => new PayloadReader(bytes).number(57)).toThrow(PayloadError);
    expect(new PayloadReader(bytes).number(56)).toBe(0);
  });

  it('is refused before memory is spent, when many tensors name the same bytes', () => {
    const reader = new PayloadReader(bytes);
    const whole: TensorReference = { dtype: 'float32', shape: [16], offset: 0 };
    expect(reader.tensor(whole).values).toHaveLength(16);
    expect(() => reader.tensor(whole)).toThrow(PayloadError);
  });

  it('reads what fits, or refuses: nothing else happens', () => {
    const offsets = fc.oneof(fc.nat(80), fc.maxSafeNat());
    const dtypes = fc.constantFrom<DType>('float32', 'int32', 'bool');
    const shapes = fc.array(fc.oneof(fc.nat(5), fc.nat(2 ** 31 - 1)), { maxLength: 8 });
    fc.assert(
      fc.property(dtypes, shapes, offsets, (dtype, shape, offset) => {
        const size = elementCount(shape) * bytesPerElement(dtype);
        const expected = offset + size <= bytes.length ? elementCount(shape) : 'PayloadError';
        expect(lengthOrError(read({ dtype, shape, offset }))).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

function lengthOrError(attempt: () => TensorData): number | string {
  try {
    return attempt().values.length;
  } catch (error) {
    return error instanceof PayloadError ? error.name : String(error);
  }
}

describe('the bytes of a message', () => {
  it('hold each tensor where it can be read in place', () => {
    fc.assert(
      fc.property(fc.array(tensors, { maxLength: 6 }), (list) => {
        const writer = new PayloadWriter();
        const references = list.map((tensor) => writer.tensor(tensor));
        expect(references.every(({ offset }) => offset % 8 === 0)).toBe(true);
        const reader = new PayloadReader(writer.bytes());
        expect(references.map((reference) => tensorBits(reader.tensor(reference)))).toEqual(list.map(tensorBits));
      }),
    );
  });
});

describe('a frame', () => {
  it('is two lengths, the header as UTF-8, the bytes', () => {
    const frame = encodeFrame({ text: 'π' }, Uint8Array.of(1, 2, 3));
    const header = Buffer.from('{"text":"π"}');
    expect([...frame]).toEqual([header.length, 0, 0, 0, 3, 0, 0, 0, ...header, 1, 2, 3]);
    expect(FRAME_PREFIX_BYTES).toBe(8);
  });

  it('may have no bytes', () => {
    expect([...encodeFrame({})]).toEqual([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]);
  });
});
