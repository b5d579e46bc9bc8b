/** Readers of the real data sets: on files made here byte by byte, and on real MNIST where it lies beside the project. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../autograder/paths.ts';
import { DataError } from '../../data/data-error.ts';
import { parseIdx } from '../../data/idx.ts';
import { parseMat } from '../../data/mat.ts';
import { readMnist, readSvhn, streetNumbers } from '../../data/real-data.ts';

describe('IDX files', () => {
  const file = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6);

  it('are read', () => {
    expect(parseIdx(file, 'a file')).toEqual({ shape: [2, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 6) });
  });

  it.each([
    ['empty', new Uint8Array(0), 'is not an IDX file'],
    ['of another kind', Uint8Array.of(137, 80, 78, 71), 'is not an IDX file'],
    ['of floats', Uint8Array.of(0, 0, 13, 1, 0, 0, 0, 0), 'does not hold bytes'],
    ['cut in its header', file.subarray(0, 9), 'is cut short'],
    ['cut in its data', file.subarray(0, 17), 'holds 5 bytes of data where its header says 2 x 3'],
    ['too long', Uint8Array.of(...file, 0), 'holds 7 bytes of data'],
  ])('that are %s are refused', (_, bytes, message) => {
    expect(() => parseIdx(bytes, 'a file')).toThrow(DataError);
    expect(() => parseIdx(bytes, 'a file')).toThrow(`a file ${message}`);
  });
});

describe('MATLAB files', () => {
  // [row, column, channel, image] of size 2, 2, 3, 2: the value tells its place.
  const X = matrix('X', [2, 2, 3, 2], 2, Buffer.from(Array.from({ length: 24 }, (_, index) => index)));
  const y = matrix('y', [2, 1], 9, Buffer.from(Float64Array.of(10, 3).buffer));
  const plain = Buffer.concat([header(), X, y]);
  const packed = Buffer.concat([header(), compressed(X), compressed(y)]);

  it.each([['as they are', plain], ['compressed', packed]])('%s are read', (_, bytes) => {
    const arrays = parseMat(bytes, 'a file');
    expect([...arrays.keys()]).toEqual(['X', 'y']);
    expect(arrays.get('X')?.shape).toEqual([2, 2, 3, 2]);
    expect([...(arrays.get('y')?.values ?? [])]).toEqual([10, 3]);
  });

  it('give images row by row, and 0 for class 10', () => {
    const arrays = parseMat(plain, 'a file');
    const missing = { shape: [], values: new Uint8Array(0) };
    const numbers = streetNumbers(arrays.get('X') ?? missing, arrays.get('y') ?? missing);
    expect(numbers).toMatchObject({ height: 2, width: 2, channels: 3 });
    expect([...numbers.labels]).toEqual([0, 3]);
    // Row 0, column 0: red, green, blue; then column 1; then row 1.
    expect([...numbers.pixels.subarray(0, 12)]).toEqual([0, 4, 8, 2, 6, 10, 1, 5, 9, 3, 7, 11]);
    expect(numbers.pixels[12]).toBe(12);
  });

  it.each([
    ['cut short', plain.subarray(0, plain.length - 9), 'is cut short'],
    ['of another kind', Buffer.from('PK\x03\x04'), 'is not a MATLAB file'],
    ['from a big-endian machine', Buffer.concat([header('MI'), X]), 'big-endian'],
    ['damaged', Buffer.concat([header(), element(15, Buffer.from('no zlib at all'))]), 'cannot be decompressed'],
    ['of numbers that are no bytes', Buffer.concat([header(), matrix('y', [1, 1], 9, Buffer.from(Float64Array.of(0.5).buffer))]), 'holds 0.5, which is no byte'],
    ['of another size than they say', Buffer.concat([header(), matrix('y', [3, 1], 2, Buffer.from([1, 2]))]), 'holds 2 numbers where its size is 3 x 1'],
  ])('that are %s are refused', (_, bytes, message) => {
    expect(() => parseMat(bytes, 'a file')).toThrow(DataError);
    expect(() => parseMat(bytes, 'a file')).toThrow(message);
  });

  function header(endian = 'IM'): Buffer {
    const bytes = Buffer.alloc(128, ' ');
    bytes.write('MATLAB 5.0 MAT-file');
    bytes.writeUInt16LE(0x0100, 124);
    bytes.write(endian, 126);
    return bytes;
  }

  function element(type: number, data: Buffer): Buffer {
    const tag = Buffer.alloc(8);
    tag.writeUInt32LE(type);
    tag.writeUInt32LE(data.length, 4);
    const padding = type === 15 ? 0 : (8 - (data.length % 8)) % 8;
    return Buffer.concat([tag, data, Buffer.alloc(padding)]);
  }

  function small(type: number, data: Buffer): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt16LE(type);
    bytes.writeUInt16LE(data.length, 2);
    data.copy(bytes, 4);
    return bytes;
  }

  function matrix(name: string, shape: readonly number[], type: number, data: Buffer): Buffer {
    const flags = element(6, Buffer.from(Uint32Array.of(6, 0).buffer));
    const sizes = element(5, Buffer.from(Int32Array.from(shape).buffer));
    // Short names and values are packed into the tag itself.
    const values = data.length <= 4 ? small(type, data) : element(type, data);
    return element(14, Buffer.concat([flags, sizes, small(1, Buffer.from(name)), values]));
  }

  function compressed(bytes: Buffer): Buffer {
    return element(15, zlib.deflateSync(bytes));
  }
});

describe('a folder of real data', () => {
  let folder: string;
  beforeAll(() => void (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-data-'))));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('that lacks a file is told which names were looked for', async () => {
    await expect(readMnist(folder, 'test')).rejects.toThrow(/holds no t10k-images-idx3-ubyte or t10k-images-idx3-ubyte\.gz/);
    await expect(readSvhn(folder, 'train')).rejects.toThrow(/holds no train_32x32\.mat/);
  });

  it('with a file that is not the published one is refused', async () => {
    const name = path.join(folder, 't10k-labels-idx1-ubyte');
    fs.writeFileSync(name, Buffer.concat([Buffer.from([0, 0, 8, 1, 0, 0, 0x27, 0x10]), Buffer.alloc(10_000)]));
    fs.writeFileSync(path.join(folder, 't10k-images-idx3-ubyte.gz'), zlib.gzipSync(Buffer.from([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7])));
    await expect(readMnist(folder, 'test')).rejects.toThrow(/is not the published file/);
  });
});

const mnist = path.join(projectRoot, '../shared/data/mnist');

describe.skipIf(!fs.existsSync(mnist))('real MNIST', () => {
  it('is read whole', async () => {
    const images = await readMnist(mnist, 'test');
    expect(images).toMatchObject({ height: 28, width: 28, channels: 1 });
    expect([...images.labels.subarray(0, 10)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    expect(images.pixels.length).toBe(10_000 * 784);
  });
});
