/**
 * The safetensors format: u64 header length, JSON header {name: {dtype, shape, data_offsets}}, raw bytes.
 * Read with every offset checked: a checkpoint comes from a student.
 * Source: the format's specification in the safetensors project's README.
 */
import { bytesPerElement, elementCount } from './codec.ts';
import { parser, type Static, Type } from './schema.ts';
import { Shape, type TensorData } from './values.ts';

const NAME_OF = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;
/** Half floats are read as floats: a checkpoint of them is half as large. */
const DTYPE_OF = { F32: 'float32', F16: 'float32', I32: 'int32', BOOL: 'bool' } as const;

const MAX_HEADER_BYTES = 1 << 20;

const Entry = Type.Object(
  {
    dtype: Type.Union([Type.Literal('F32'), Type.Literal('F16'), Type.Literal('I32'), Type.Literal('BOOL')]),
    shape: Shape,
    data_offsets: Type.Tuple([Type.Integer({ minimum: 0 }), Type.Integer({ minimum: 0 })]),
  },
  { additionalProperties: false },
);
type Entry = Static<typeof Entry>;

const parseEntry = parser('a tensor entry of a safetensors header', Entry);
const parseHeader = parser('the header of a safetensors file', Type.Record(Type.String(), Type.Unknown()));

/** A file that is not safetensors, or disagrees with itself. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

/** Names in sorted order, so that equal tensors give equal bytes. */
export function encodeSafetensors(tensors: ReadonlyMap<string, TensorData>, metadata?: Readonly<Record<string, string>>): Uint8Array {
  const names = [...tensors.keys()].toSorted();
  const header: [string, Entry | Readonly<Record<string, string>>][] = metadata === undefined ? [] : [['__metadata__', metadata]];
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (const name of names) {
    const tensor = tensors.get(name);
    if (tensor === undefined) continue;
    const { values } = tensor;
    pieces.push(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    header.push([name, { dtype: NAME_OF[tensor.dtype], shape: [...tensor.shape], data_offsets: [offset, offset + values.byteLength] }]);
    offset += values.byteLength;
  }
  // Not assigned name by name: `__proto__` would be lost.
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // Padded with spaces to a multiple of 8, as the format recommends.
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(0x20);
  padded.set(text);
  const bytes = new Uint8Array(8 + padded.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded.length), true);
  bytes.set(padded, 8);
  let position = 8 + padded.length;
  for (const piece of pieces) {
    bytes.set(piece, position);
    position += piece.length;
  }
  return bytes;
}

/** @throws SafetensorsError | SchemaError */
export function decodeSafetensors(bytes: Uint8Array): ReadonlyMap<string, TensorData> {
  const { header, data } = split(bytes);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => [name, parseEntry(value)] as const);
  refuseOverlaps(entries.map(([, entry]) => entry));
  return new Map(entries.map(([name, entry]) => [name, decodeEntry(name, entry, data)]));
}

const parseMetadata = parser('the metadata of a safetensors file', Type.Record(Type.String(), Type.String()));

/** @throws SafetensorsError | SchemaError */
export function decodeMetadata(bytes: Uint8Array): Readonly<Record<string, string>> {
  return parseMetadata(split(bytes).header['__metadata__'] ?? {});
}

/** Each byte belongs to one tensor at most: else a small file could ask for memory without bound. */
function refuseOverlaps(entries: readonly Entry[]): void {
  let taken = 0;
  for (const { data_offsets: [start, end] } of entries.toSorted((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1])) {
    if (start < taken) throw new SafetensorsError('tensors of the file overlap');
    taken = Math.max(taken, end);
  }
}

function split(bytes: Uint8Array): { header: Record<string, unknown>; data: Uint8Array } {
  if (bytes.length < 8) throw new SafetensorsError('the file is too short to be safetensors');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) throw new SafetensorsError('the header claims to be larger than 1 MiB');
  const end = 8 + Number(length);
  if (end > bytes.length) throw new SafetensorsError('the file ends within its header');
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, end)));
  } catch {
    throw new SafetensorsError('the header is not JSON');
  }
  return { header: parseHeader(header), data: bytes.subarray(end) };
}

function decodeEntry(name: string, entry: Entry, data: Uint8Array): TensorData {
  const dtype = DTYPE_OF[entry.dtype];
  const [start, end] = entry.data_offsets;
  if (end - start !== elementCount(entry.shape) * (entry.dtype === 'F16' ? 2 : bytesPerElement(dtype)) || end > data.length) {
    throw new SafetensorsError(`tensor ${name} does not agree with its size`);
  }
  // Copied, and not by slice(): a Buffer's slice is a view of memory that it shares with others.
  const buffer = Uint8Array.from(data.subarray(start, end)).buffer;
  const { shape } = entry;
  if (entry.dtype === 'F16') return { dtype: 'float32', shape, values: Float32Array.from(new Uint16Array(buffer), fromHalf) };
  if (dtype === 'float32') return { dtype, shape, values: new Float32Array(buffer) };
  if (dtype === 'int32') return { dtype, shape, values: new Int32Array(buffer) };
  return { dtype, shape, values: new Uint8Array(buffer) };
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function fromHalf(bits: number): number {
  const [sign, exponent, fraction] = [bits >> 15 === 0 ? 1 : -1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}
