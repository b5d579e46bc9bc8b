/** Reads the real data sets out of a folder, under the names they are downloaded with, and checks that they are whole. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { DataError } from './data-error.ts';
import { parseIdx } from './idx.ts';
import type { LabelledImages } from './labelled-images.ts';
import { type MatArray, parseMat } from './mat.ts';

const gunzip = promisify(zlib.gunzip);

/** The training set of MNIST, the largest of its files, is 47 MB. */
const MOST_IDX_BYTES = 1 << 26;

interface IdxFile {
  readonly name: string;
  /** sha256 of the file as it is inside the .gz. */
  readonly sha256: string;
}

const MNIST: Readonly<Record<'train' | 'test', { readonly images: IdxFile; readonly labels: IdxFile; readonly count: number }>> = {
  train: {
    images: { name: 'train-images-idx3-ubyte', sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db' },
    labels: { name: 'train-labels-idx1-ubyte', sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5' },
    count: 60_000,
  },
  test: {
    images: { name: 't10k-images-idx3-ubyte', sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7' },
    labels: { name: 't10k-labels-idx1-ubyte', sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2' },
    count: 10_000,
  },
};

const SVHN = {
  train: { name: 'train_32x32.mat', count: 73_257 },
  test: { name: 'test_32x32.mat', count: 26_032 },
} as const;

/** How many images each has for training. */
export const REAL_TRAINING_IMAGES = { mnist: MNIST.train.count, svhn: SVHN.train.count } as const;

/** @throws DataError when a file is missing, cut short, or not the published one. */
export async function readMnist(folder: string, part: 'train' | 'test'): Promise<LabelledImages> {
  const { images, labels, count } = MNIST[part];
  const pixels = await readIdx(folder, images);
  const classes = await readIdx(folder, labels);
  if (pixels.shape.join() !== `${count},28,28` || classes.shape.join() !== `${count}`) throw new DataError(`${folder} does not hold MNIST's ${part} set`);
  return { height: 28, width: 28, channels: 1, pixels: pixels.values, labels: classes.values };
}

async function readIdx(folder: string, file: IdxFile): Promise<ReturnType<typeof parseIdx>> {
  const { name, sha256 } = file;
  const bytes = await firstPresent(folder, [name, `${name}.gz`, name.replace('-idx', '.idx')]);
  const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await gunzip(bytes, { maxOutputLength: MOST_IDX_BYTES }).catch(() => Promise.reject(damaged(folder, name))) : bytes;
  const parsed = parseIdx(plain, name);
  if (createHash('sha256').update(plain).digest('hex') !== sha256) throw damaged(folder, name);
  return parsed;
}

/** @throws DataError when a file is missing, cut short, or of another size than the published one. */
export async function readSvhn(folder: string, part: 'train' | 'test'): Promise<LabelledImages> {
  const { name, count } = SVHN[part];
  const arrays = parseMat(await firstPresent(folder, [name]), name);
  const [images, classes] = [arrays.get('X'), arrays.get('y')];
  if (images?.shape.join() !== `32,32,3,${count}` || classes?.values.length !== count) {
    throw new DataError(`${path.join(folder, name)} is not SVHN's ${part} set: X of 32 x 32 x 3 x ${count} and y of ${count} were expected`);
  }
  return streetNumbers(images, classes);
}

/** SVHN as MATLAB keeps it (row, column, channel, image; the first runs fastest), and class 10 for the digit 0. */
export function streetNumbers(images: MatArray, classes: MatArray): LabelledImages {
  const [height = 0, width = 0, channels = 0, count = 0] = images.shape;
  const pixels = new Uint8Array(images.values.length);
  for (let index = 0; index < count; index += 1) {
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        for (let channel = 0; channel < channels; channel += 1) {
          const stored = row + height * (column + width * (channel + channels * index));
          pixels[((index * height + row) * width + column) * channels + channel] = images.values[stored] ?? 0;
        }
      }
    }
  }
  return { height, width, channels: 3, pixels, labels: classes.values.map((label) => label % 10) };
}

async function firstPresent(folder: string, names: readonly string[]): Promise<Buffer> {
  for (const name of names) {
    try {
      return await fs.readFile(path.join(folder, name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new DataError(`${folder} holds no ${names.join(' or ')}. Put the file there under one of these names, or leave --data out to use the drawn digits.`);
}

function damaged(folder: string, name: string): DataError {
  return new DataError(`${path.join(folder, name)} is not the published file: its contents differ. Download it again.`);
}
