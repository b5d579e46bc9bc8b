/** The safetensors reader on honest files and on files made to hurt. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors, encodeSafetensors, SafetensorsError } from '../../contract/safetensors.ts';
import { SchemaError } from '../../contract/schema.ts';
import type { TensorData } from '../../contract/values.ts';
import { tensorBits, tensors } from './value-arbitraries.ts';

const names = fc
  .oneof(fc.string({ unit: 'binary', maxLength: 10 }), fc.constantFrom('__proto__', 'constructor', '0'))
  .filter((name) => name !== '__metadata__' && name.isWellFormed());
const files = fc.dictionary(names, tensors, { maxKeys: 5 }).map((record) => new Map(Object.entries(record)));

const spelled = (file: ReadonlyMap<string, TensorData>) => [...file].map(([name, tensor]) => [name, tensorBits(tensor)]).toSorted();

/** A file with this header, whatever it says, and so many bytes of data. */
function forged(header: unknown, dataBytes = 16): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([prefix, text, Buffer.alloc(dataBytes)]);
}

const entry = (start: number, end: number, shape: readonly unknown[] = [(end - start) / 4]) => ({ dtype: 'F32', shape, data_offsets: [start, end] });

describe('tensors written and read again', () => {
  it('are the same to the last bit', () => {
    fc.assert(
      fc.property(files, (file) => {
        expect(spelled(decodeSafetensors(encodeSafetensors(file)))).toEqual(spelled(file));
      }),
    );
  });

  it('give the same bytes in whatever order they came', () => {
    fc.assert(
      fc.property(files, (file) => {
        expect(encodeSafetensors(new Map([...file].toReversed()))).toEqual(encodeSafetensors(file));
      }),
    );
  });

  it('of half floats are read as floats: every kind that sixteen bits can be', () => {
    const halves = [0x0000, 0x8000, 0x3c00, 0xbc00, 0x7bff, 0x0001, 0x83ff, 0x0400, 0x3555, 0x7c00, 0xfc00, 0x7e00];
    const bytes = forged({ a: { dtype: 'F16', shape: [12], data_offsets: [0, 24] } }, 24);
    bytes.set(new Uint8Array(Uint16Array.from(halves).buffer), bytes.length - 24);
    expect([...(decodeSafetensors(bytes).get('a')?.values ?? [])]).toEqual([0, -0, 1, -1, 65504, 2 ** -24, -1023 * 2 ** -24, 2 ** -14, 0.333251953125, Infinity, -Infinity, Number.NaN]);
    expect(() => decodeSafetensors(forged({ a: { dtype: 'F16', shape: [12], data_offsets: [0, 48] } }, 48))).toThrow(SafetensorsError);
  });

  it('have a header whose length is a multiple of eight, names in any script', () => {
    const bytes = encodeSafetensors(new Map([['größe/層', { dtype: 'bool', shape: [1], values: Uint8Array.of(1) }]]));
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  it('are copies, also when they are read from a piece of a larger buffer', () => {
    const inner = encodeSafetensors(new Map([['a', { dtype: 'float32', shape: [2], values: Float32Array.of(1.5, -0) }]]));
    const outer = Buffer.concat([Buffer.alloc(3, 0xff), inner, Buffer.alloc(5, 0xff)]);
    const piece = outer.subarray(3, 3 + inner.length);
    const read = decodeSafetensors(piece).get('a');
    outer.fill(0);
    expect(read?.values).toEqual(Float32Array.of(1.5, -0));
    expect(read?.values.buffer.byteLength).toBe(8);
  });

  it('may come with metadata, as other writers add', () => {
    expect([...decodeSafetensors(forged({ __metadata__: { format: 'pt' }, a: entry(0, 16) })).keys()]).toEqual(['a']);
  });
});

describe('a hostile file', () => {
  const claims = (length: bigint) => {
    const bytes = Buffer.alloc(64);
    bytes.writeBigUInt64LE(length);
    return bytes;
  };

  it.each<[string, Uint8Array]>([
    ['nothing at all', new Uint8Array(0)],
    ['half a length', new Uint8Array(4)],
    ['a header of 10 GB', claims(10n ** 10n)],
    ['a header of 2^64 - 1 bytes', claims(2n ** 64n - 1n)],
    ['a header that ends after the file', claims(57n)],
    ['no JSON', forged('{"a":')],
    ['bytes that are not UTF-8', Buffer.concat([claims(2n).subarray(0, 8), Buffer.from([0xc3, 0x28])])],
    ['a tensor after the end', forged({ a: entry(4, 20) })],
    ['a tensor that ends before it starts', forged({ a: entry(8, 4, [1]) })],
    ['a size that is not its shape', forged({ a: entry(0, 16, [3]) })],
    ['a shape beyond all numbers', forged({ a: entry(0, 16, [2 ** 31 - 1, 2 ** 31 - 1, 2 ** 31 - 1]) })],
    ['two tensors on the same bytes', forged({ a: entry(0, 16), b: entry(0, 16) })],
    ['one tensor within another', forged({ a: entry(0, 16), b: entry(4, 8) })],
    ['tensors that share one number', forged({ a: entry(0, 12), b: entry(8, 16) })],
  ])('is refused: %s', (_, bytes) => {
    expect(() => decodeSafetensors(bytes)).toThrow(SafetensorsError);
  });

  it.each<[string, unknown]>([
    ['a list for a header', []],
    ['null for a header', 'null'],
    ['null for a tensor', { a: null }],
    ['a negative offset', { a: entry(-4, 0, [1]) }],
    ['half an offset', { a: { dtype: 'F32', shape: [1], data_offsets: [0.5, 4.5] } }],
    ['a negative dimension', { a: entry(0, 16, [-4]) }],
    ['a dimension as text', { a: entry(0, 16, ['4']) }],
    ['a type we do not know', { a: { ...entry(0, 16), dtype: 'F64' } }],
    ['a third offset', { a: { dtype: 'F32', shape: [4], data_offsets: [0, 16, 16] } }],
    ['a key we do not know', { a: { ...entry(0, 16), more: 1 } }],
    ['rank nine', { a: entry(0, 4, Array.from({ length: 9 }, () => 1)) }],
    ['a prototype for a tensor', '{"a":{"__proto__":{},"dtype":"F32","shape":[4],"data_offsets":[0,16]}}'],
  ])('is refused: %s', (_, header) => {
    expect(() => decodeSafetensors(forged(header))).toThrow(SchemaError);
  });

  it('is refused before anything is copied, however many tensors it names', () => {
    const header = Object.fromEntries(Array.from({ length: 8000 }, (__, index) => [`t${index}`, entry(0, 1 << 20)]));
    expect(() => decodeSafetensors(forged(header, 1 << 20))).toThrow(SafetensorsError);
  });

  it('never crashes the reader, whatever single byte is changed', () => {
    const honest = encodeSafetensors(new Map([['weights', { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]));
    fc.assert(
      fc.property(fc.nat(honest.length - 1), fc.nat(255), (place, byte) => {
        const changed = Uint8Array.from(honest);
        changed[place] = byte;
        expect(['read', 'SafetensorsError', 'SchemaError']).toContain(outcome(changed));
      }),
      { numRuns: 1000 },
    );
  });
});

function outcome(bytes: Uint8Array): string {
  try {
    decodeSafetensors(bytes);
    return 'read';
  } catch (error) {
    return error instanceof SafetensorsError || error instanceof SchemaError ? error.name : String(error);
  }
}
