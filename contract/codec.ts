/**
 * Frames and values as bytes, for both ends of the pipe. No schema library here: this file also runs
 * beside student code, where every import is start-up time.
 */
import type { TensorData, TensorReference, Value, WireValue } from './values.ts';

export const PROTOCOL_VERSION = 1;

/** Gathers the bytes that a header refers to, each piece aligned so that it can be read in place. */
export class PayloadWriter {
  readonly #pieces: Uint8Array[] = [];
  #length = 0;

  tensor(tensor: TensorData): TensorReference {
    const { values } = tensor;
    const offset = this.#append(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return { dtype: tensor.dtype, shape: [...tensor.shape], offset };
  }

  number(value: number): number {
    return this.#append(new Uint8Array(new Float64Array([value]).buffer));
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, offset);
      offset += piece.length;
    }
    return bytes;
  }

  #append(piece: Uint8Array): number {
    const offset = this.#length;
    const padding = (8 - (piece.length % 8)) % 8;
    this.#pieces.push(piece, new Uint8Array(padding));
    this.#length += piece.length + padding;
    return offset;
  }
}

/** The sender's header does not agree with the bytes it came with. */
export class PayloadError extends Error {
  override readonly name = 'PayloadError';
}

/**
 * Reads what a header refers to; every offset is checked, because the sender is not trusted. Copies take
 * no more than the message itself: a small header could else name the same large tensor thousands of times.
 */
export class PayloadReader {
  readonly #bytes: Uint8Array;
  #left: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#left = bytes.length;
  }

  tensor(reference: TensorReference): TensorData {
    const { dtype, shape } = reference;
    const count = elementCount(shape);
    const buffer = this.#copy(reference.offset, count * bytesPerElement(dtype));
    if (dtype === 'float32') return { dtype, shape, values: new Float32Array(buffer) };
    if (dtype === 'int32') return { dtype, shape, values: new Int32Array(buffer) };
    return { dtype, shape, values: new Uint8Array(buffer) };
  }

  number(offset: number): number {
    return new Float64Array(this.#copy(offset, 8))[0] ?? Number.NaN;
  }

  #copy(offset: number, length: number): ArrayBuffer {
    if (!Number.isSafeInteger(length) || offset + length > this.#bytes.length) {
      throw new PayloadError('a tensor lies outside the bytes of its message');
    }
    this.#left -= length;
    if (this.#left < 0) throw new PayloadError('the tensors of a message share bytes');
    const copy = new Uint8Array(length);
    copy.set(this.#bytes.subarray(offset, offset + length));
    return copy.buffer;
  }
}

export function encodeValue(value: Value, writer: PayloadWriter): WireValue {
  // The wire type is nested to a fixed depth and Value is not; the sender stops where WireValue ends.
  return encode(value, writer) as WireValue;
}

type Encoded =
  | { kind: 'tensor'; tensor: TensorReference }
  | { kind: 'number'; offset: number }
  | { kind: 'other'; description: string }
  | { kind: 'list'; items: Encoded[] }
  | { kind: 'record'; entries: [string, Encoded][] };

function encode(value: Value, writer: PayloadWriter): Encoded {
  switch (value.kind) {
    case 'tensor':
      return { kind: 'tensor', tensor: writer.tensor(value.tensor) };
    case 'number':
      return { kind: 'number', offset: writer.number(value.value) };
    case 'other':
      return { kind: 'other', description: value.description };
    case 'list':
      return { kind: 'list', items: value.items.map((item) => encode(item, writer)) };
    case 'record':
      return { kind: 'record', entries: value.entries.map(([key, entry]) => [key, encode(entry, writer)]) };
  }
}

export function decodeValue(value: WireValue, reader: PayloadReader): Value {
  switch (value.kind) {
    case 'tensor':
      return { kind: 'tensor', tensor: reader.tensor(value.tensor) };
    case 'number':
      return { kind: 'number', value: reader.number(value.offset) };
    case 'other':
      return value;
    case 'list':
      return { kind: 'list', items: value.items.map((item) => decodeValue(item, reader)) };
    case 'record':
      return { kind: 'record', entries: value.entries.map(([key, entry]) => [key, decodeValue(entry, reader)] as const) };
  }
}

export const FRAME_PREFIX_BYTES = 8;

/** u32 header length, u32 payload length (little-endian), header as UTF-8 JSON, payload. */
export function encodeFrame(header: object, payload: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const frame = new Uint8Array(FRAME_PREFIX_BYTES + text.length + payload.length);
  const prefix = new DataView(frame.buffer);
  prefix.setUint32(0, text.length, true);
  prefix.setUint32(4, payload.length, true);
  frame.set(text, FRAME_PREFIX_BYTES);
  frame.set(payload, FRAME_PREFIX_BYTES + text.length);
  return frame;
}

/** Bytes one element takes on the wire. */
export function bytesPerElement(dtype: TensorData['dtype']): number {
  return dtype === 'bool' ? 1 : 4;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}
