/** Random values as students' functions return them, and a way to compare them down to the last bit. */
import * as fc from 'fast-check';
import { elementCount } from '../../contract/codec.ts';
import { MAX_RANK, type TensorData, type Value } from '../../contract/values.ts';

/** Numbers that text formats lose. */
export const AWKWARD = [Number.NaN, Infinity, -Infinity, -0, 0, 1e-45, -1e-45, 3.4028234663852886e38] as const;

const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: MAX_RANK }).filter((shape) => elementCount(shape) <= 64);

export const tensors: fc.Arbitrary<TensorData> = shapes.chain((shape) => {
  const length = { minLength: elementCount(shape), maxLength: elementCount(shape) };
  const floats = fc.array(fc.oneof(fc.float(), fc.constantFrom(...AWKWARD)), length);
  return fc.oneof(
    floats.map((values): TensorData => ({ dtype: 'float32', shape, values: Float32Array.from(values) })),
    fc.int32Array(length).map((values): TensorData => ({ dtype: 'int32', shape, values })),
    fc.array(fc.boolean(), length).map((values): TensorData => ({ dtype: 'bool', shape, values: Uint8Array.from(values, Number) })),
  );
});

const leaves: fc.Arbitrary<Value> = fc.oneof(
  tensors.map((tensor): Value => ({ kind: 'tensor', tensor })),
  fc.oneof(fc.double(), fc.constantFrom(...AWKWARD)).map((value): Value => ({ kind: 'number', value })),
  fc.string({ unit: 'grapheme', maxLength: 20 }).map((description): Value => ({ kind: 'other', description })),
);

const keys = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 12 }), fc.constantFrom('__proto__', 'constructor', 'toString', ''));

function nest(inner: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof(
    leaves,
    fc.array(inner, { maxLength: 4 }).map((items): Value => ({ kind: 'list', items })),
    fc.array(fc.tuple(keys, inner), { maxLength: 4 }).map((entries): Value => ({ kind: 'record', entries })),
  );
}

/** As deep as the wire allows: two levels of lists and records. */
export const values: fc.Arbitrary<Value> = nest(nest(leaves));

/** The same value with every number spelled as its bytes, so that NaN equals NaN and -0 differs from 0. */
export function bits(value: Value): unknown {
  switch (value.kind) {
    case 'tensor':
      return tensorBits(value.tensor);
    case 'number':
      return ['number', hex(new Float64Array([value.value]))];
    case 'other':
      return ['other', value.description];
    case 'list':
      return ['list', value.items.map(bits)];
    case 'record':
      return ['record', value.entries.map(([key, entry]) => [key, bits(entry)])];
  }
}

export function tensorBits({ dtype, shape, values: elements }: TensorData): unknown {
  return ['tensor', dtype, [...shape], hex(elements)];
}

function hex(view: ArrayBufferView): string {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('hex');
}
