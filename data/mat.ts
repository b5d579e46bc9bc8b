/**
 * Arrays of unsigned bytes out of a MATLAB file of version 5, as SVHN comes in. Numbers of other kinds are
 * read where every value is a whole number from 0 to 255 (SVHN's labels are doubles or bytes, by version).
 * Source: "MAT-File Format", The MathWorks, chapter 1. A tag is a type and a length; small elements pack both
 * into four bytes and their data into the next four.
 */
import zlib from 'node:zlib';
import { DataError } from './data-error.ts';

export interface MatArray {
  /** MATLAB's order: the first axis runs fastest. */
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

interface Element {
  readonly type: number;
  readonly data: Uint8Array;
  /** Where the next element starts. */
  readonly end: number;
}

const HEADER_BYTES = 128;
const INT8 = 1;
const UINT8 = 2;
const INT16 = 3;
const UINT16 = 4;
const INT32 = 5;
const UINT32 = 6;
const SINGLE = 7;
const DOUBLE = 9;
const MATRIX = 14;
const COMPRESSED = 15;

/** What one compressed array may grow to: SVHN's largest is 1.6 GB (its "extra" set), its training set 225 MB. */
const MOST_BYTES = 2 ** 31;

/** @throws DataError */
export function parseMat(bytes: Uint8Array, name: string): ReadonlyMap<string, MatArray> {
  if (bytes.length < HEADER_BYTES || !new TextDecoder('latin1').decode(bytes.subarray(0, 116)).startsWith('MATLAB 5.0')) {
    throw new DataError(`${name} is not a MATLAB file of version 5`);
  }
  if (bytes[126] !== 0x49 || bytes[127] !== 0x4d) throw new DataError(`${name} was written on a big-endian machine, which elbow does not read`);
  const arrays = new Map<string, MatArray>();
  for (let offset = HEADER_BYTES; offset < bytes.length; ) {
    const element = elementAt(bytes, offset, name);
    const matrix = element.type === COMPRESSED ? elementAt(inflate(element.data, name), 0, name) : element;
    if (matrix.type === MATRIX) {
      const [key, array] = parseMatrix(matrix.data, name);
      arrays.set(key, array);
    }
    offset = element.end;
  }
  return arrays;
}

function parseMatrix(bytes: Uint8Array, name: string): [string, MatArray] {
  const flags = elementAt(bytes, 0, name);
  const sizes = elementAt(bytes, flags.end, name);
  const title = elementAt(bytes, sizes.end, name);
  const shape = Array.from(numbersOf(sizes, name));
  const key = new TextDecoder('latin1').decode(title.data);
  const data = elementAt(bytes, title.end, name);
  const values = bytesOf(numbersOf(data, name), `${key} in ${name}`);
  const expected = shape.reduce((product, size) => product * size, 1);
  if (values.length !== expected) throw new DataError(`${key} in ${name} holds ${values.length} numbers where its size is ${shape.join(' x ')}`);
  return [key, { shape, values }];
}

function elementAt(bytes: Uint8Array, offset: number, name: string): Element {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 8 > bytes.length) throw new DataError(`${name} is cut short`);
  const first = view.getUint32(offset, true);
  const smallLength = first >>> 16;
  if (smallLength > 4) throw new DataError(`${name} is damaged`);
  if (smallLength > 0) return { type: first & 0xffff, data: bytes.subarray(offset + 4, offset + 4 + smallLength), end: offset + 8 };
  const length = view.getUint32(offset + 4, true);
  const start = offset + 8;
  if (start + length > bytes.length) throw new DataError(`${name} is cut short`);
  // Elements are padded to eight bytes, compressed ones are not.
  const padded = first === COMPRESSED ? length : Math.ceil(length / 8) * 8;
  return { type: first, data: bytes.subarray(start, start + length), end: start + padded };
}

function inflate(bytes: Uint8Array, name: string): Uint8Array {
  try {
    return zlib.inflateSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new DataError(`${name} is damaged: it cannot be decompressed`);
  }
}

type Numbers = Uint8Array | Int8Array | Int16Array | Uint16Array | Int32Array | Uint32Array | Float32Array | Float64Array;

function numbersOf({ type, data }: Element, name: string): Numbers {
  // Typed arrays of wider numbers must start at a multiple of their width: a copy does.
  const aligned = (): ArrayBuffer => Uint8Array.from(data).buffer;
  switch (type) {
    case UINT8:
      return data;
    case INT8:
      return new Int8Array(aligned());
    case INT16:
      return new Int16Array(aligned());
    case UINT16:
      return new Uint16Array(aligned());
    case INT32:
      return new Int32Array(aligned());
    case UINT32:
      return new Uint32Array(aligned());
    case SINGLE:
      return new Float32Array(aligned());
    case DOUBLE:
      return new Float64Array(aligned());
    default:
      throw new DataError(`${name} holds a kind of array that elbow does not read (type ${type})`);
  }
}

function bytesOf(values: Numbers, what: string): Uint8Array {
  if (values instanceof Uint8Array) return values;
  const bytes = new Uint8Array(values.length);
  for (const [index, value] of values.entries()) {
    if (!Number.isInteger(value) || value < 0 || value > 255) throw new DataError(`${what} holds ${value}, which is no byte`);
    bytes[index] = value;
  }
  return bytes;
}
