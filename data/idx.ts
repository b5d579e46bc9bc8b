/** The IDX format of the MNIST files: a magic number, the sizes, then bytes. Source: LeCun, Cortes, Burges, "The MNIST database". */
import { DataError } from './data-error.ts';

/** The third byte of the magic number: unsigned bytes, the only kind MNIST uses. */
const UNSIGNED_BYTE = 0x08;

export interface Idx {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** @throws DataError for anything that is not a whole IDX file of bytes. */
export function parseIdx(bytes: Uint8Array, name: string): Idx {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4 || view.getUint16(0) !== 0) throw new DataError(`${name} is not an IDX file`);
  if (view.getUint8(2) !== UNSIGNED_BYTE) throw new DataError(`${name} does not hold bytes, as the files of MNIST do`);
  const axes = view.getUint8(3);
  const header = 4 + 4 * axes;
  if (bytes.length < header) throw new DataError(`${name} is cut short`);
  const shape = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const expected = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - header !== expected) {
    throw new DataError(`${name} holds ${bytes.length - header} bytes of data where its header says ${shape.join(' x ')}: it is cut short or damaged`);
  }
  return { shape, values: bytes.subarray(header) };
}
