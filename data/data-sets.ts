/** The data sets by name: drawn ones, kept once drawn, and real ones read out of a folder. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { drawDigits } from './digits.ts';
import { imageSize, type LabelledImages } from './labelled-images.ts';
import { readMnist, readSvhn, REAL_TRAINING_IMAGES } from './real-data.ts';
import { drawStreetNumbers } from './street-numbers.ts';

export interface DataSet {
  readonly id: 'drawn-digits' | 'mnist' | 'drawn-street-numbers' | 'svhn';
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

export interface DataOptions {
  /** A folder with the real set; without one the drawn set is used. */
  readonly folder?: string;
  /** Where drawn sets are kept: drawing takes a minute, reading does not. */
  readonly cache?: string;
  /** Told before something that takes long. */
  readonly onWait?: (what: string) => void;
}

/** The drawn sets of everyone: the numbers that courses compare hold for these. */
const DRAWN_SEED = 1;

const DRAWN = {
  digits: { id: 'drawn-digits', draw: drawDigits, height: 28, width: 28, channels: 1, train: 20_000, test: 5_000 },
  'street-numbers': { id: 'drawn-street-numbers', draw: drawStreetNumbers, height: 32, width: 32, channels: 3, train: 10_000, test: 2_000 },
} as const;

/** How many images each set has for training: what contract/training-metrics.ts says of them, which reads no data. */
export const TRAINING_SIZES: Readonly<Record<DataSet['id'], number>> = {
  ...REAL_TRAINING_IMAGES,
  [DRAWN.digits.id]: DRAWN.digits.train,
  [DRAWN['street-numbers'].id]: DRAWN['street-numbers'].train,
};

/** @throws DataError when the folder does not hold the real set whole. */
export async function openDataSet(kind: 'digits' | 'street-numbers', options: DataOptions = {}): Promise<DataSet> {
  const { folder } = options;
  if (folder === undefined) {
    const { id } = DRAWN[kind];
    return { id, train: await drawnOnce(kind, 'train', options), test: await drawnOnce(kind, 'test', options) };
  }
  const [id, read] = kind === 'digits' ? (['mnist', readMnist] as const) : (['svhn', readSvhn] as const);
  return { id, train: await read(folder, 'train'), test: await read(folder, 'test') };
}

/** Everyone's drawn images: all of them, or the first so many, which are the same. */
export function drawnImages(kind: keyof typeof DRAWN, part: 'train' | 'test', count: number = DRAWN[kind][part]): LabelledImages {
  return DRAWN[kind].draw(DRAWN_SEED, part, count);
}

async function drawnOnce(kind: keyof typeof DRAWN, part: 'train' | 'test', { cache, onWait }: DataOptions): Promise<LabelledImages> {
  const { id, draw, height, width, channels, [part]: count } = DRAWN[kind];
  const file = cache === undefined ? undefined : path.join(cache, `${id}-${DRAWN_SEED}-${part}-${count}.bin`);
  const kept = file === undefined ? undefined : await readKept(file, count * (height * width * channels + 1));
  if (kept !== undefined) return { height, width, channels, pixels: kept.subarray(0, -count), labels: kept.subarray(-count) };
  onWait?.(`Drawing ${count.toLocaleString('en')} ${part === 'train' ? 'training' : 'test'} images, once for all`);
  const images = draw(DRAWN_SEED, part, count);
  if (file !== undefined) await keep(file, images);
  return images;
}

const HASH_BYTES = 32;

/** Undefined where there is no such file, or not a whole one. */
async function readKept(file: string, size: number): Promise<Uint8Array | undefined> {
  const bytes = await fs.readFile(file).catch(() => undefined);
  if (bytes?.length !== HASH_BYTES + size) return undefined;
  const content = bytes.subarray(HASH_BYTES);
  return createHash('sha256').update(content).digest().equals(bytes.subarray(0, HASH_BYTES)) ? content : undefined;
}

/** Whole or not at all. Where nothing can be written, the next run draws again. */
async function keep(file: string, images: LabelledImages): Promise<void> {
  const content = Buffer.concat([images.pixels.subarray(0, images.labels.length * imageSize(images)), images.labels]);
  const unfinished = `${file}.${process.pid}`;
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    await fs.writeFile(unfinished, Buffer.concat([createHash('sha256').update(content).digest(), content]));
    await fs.rename(unfinished, file);
  } catch {
    await fs.rm(unfinished, { force: true });
  }
}
