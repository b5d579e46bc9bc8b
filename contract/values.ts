/**
 * Values on the wire. A message is a JSON header plus raw little-endian bytes; every number that a
 * student's function could make (NaN, infinities, -0) travels in the bytes, never as JSON text.
 */
import { type Static, Type } from './schema.ts';

export const MAX_RANK = 8;

const Dimension = Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 });

export const Shape = Type.Array(Dimension, { maxItems: MAX_RANK });

export const DType = Type.Union([Type.Literal('float32'), Type.Literal('int32'), Type.Literal('bool')]);
export type DType = Static<typeof DType>;

/** A tensor whose elements lie in the message's bytes: `offset` in bytes, 4 bytes an element (bool: 1). */
export const TensorReference = Type.Object(
  { dtype: DType, shape: Shape, offset: Type.Integer({ minimum: 0 }) },
  { additionalProperties: false },
);
export type TensorReference = Static<typeof TensorReference>;

/** A tensor in memory, elements in row-major order. */
export interface TensorData {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/** What a student's function returned, as plain data. `float64` carries a JavaScript number exactly. */
export type Value =
  | { readonly kind: 'tensor'; readonly tensor: TensorData }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, Value])[] }
  | { readonly kind: 'other'; readonly description: string };

export const MAX_ENTRIES = 64;

const ShortText = Type.String({ maxLength: 200 });

const WireLeaf = Type.Union([
  Type.Object({ kind: Type.Literal('tensor'), tensor: TensorReference }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('number'), offset: Type.Integer({ minimum: 0 }) }, { additionalProperties: false }),
  Type.Object({ kind: Type.Literal('other'), description: ShortText }, { additionalProperties: false }),
]);

// The nesting is written out instead of recursive: what is too deep to be a right answer cannot be said.
const nest = <Inner extends Parameters<typeof Type.Array>[0]>(inner: Inner) =>
  Type.Union([
    WireLeaf,
    Type.Object({ kind: Type.Literal('list'), items: Type.Array(inner, { maxItems: MAX_ENTRIES }) }, { additionalProperties: false }),
    Type.Object(
      { kind: Type.Literal('record'), entries: Type.Array(Type.Tuple([ShortText, inner]), { maxItems: MAX_ENTRIES }) },
      { additionalProperties: false },
    ),
  ]);

export const WireValue = nest(nest(WireLeaf));
export type WireValue = Static<typeof WireValue>;
