/** An unfinished run as a file: weights, the optimiser's averages, how far it came, and what it is a run of. Replaced whole or not at all. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { decodeMetadata, decodeSafetensors, encodeSafetensors, SafetensorsError } from '../../../contract/safetensors.ts';
import { parser, SchemaError, Type } from '../../../contract/schema.ts';
import type { TensorData } from '../../../contract/values.ts';
import type { AdamState } from '../../../training/adam.ts';
import { type EpochLosses, NO_EPOCHS } from '../../../training/epoch-losses.ts';

/** What must be the same for a run to go on. */
export type RunIdentity = Readonly<Record<string, string>>;

export interface UnfinishedRun {
  readonly state: AdamState;
  /** Spent so far. */
  readonly seconds: number;
  readonly epochs: EpochLosses;
}

const parseEpochs = parser('the losses of an unfinished run', Type.Object({ losses: Type.Array(Type.Number()), sum: Type.Number() }, { additionalProperties: false }));

/** An unfinished run that cannot go on, in a sentence. */
export class ResumeError extends Error {
  override readonly name = 'ResumeError';
}

const PARTS = ['weights', 'first', 'second'] as const;

export async function saveUnfinished(file: string, { state, seconds, epochs }: UnfinishedRun, identity: RunIdentity): Promise<void> {
  const tensors = new Map(PARTS.flatMap((part) => [...state[part]].map(([name, tensor]): [string, TensorData] => [`${part}/${name}`, tensor])));
  await replaceFile(file, encodeSafetensors(tensors, { ...identity, step: String(state.step), seconds: seconds.toFixed(3), epochs: JSON.stringify(epochs) }));
}

/** Undefined where there is none. */
export async function readUnfinished(file: string, identity: RunIdentity): Promise<UnfinishedRun | undefined> {
  const bytes = await fs.readFile(file).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)));
  if (bytes === undefined) return undefined;
  const { step, seconds, epochs, ...of } = metadataOf(file, bytes);
  const different = Object.keys(identity).filter((key) => of[key] !== identity[key]);
  if (different.length > 0) {
    const changes = different.map((key) => (key === 'code' ? 'the code' : `${key} was ${of[key] ?? 'not given'}, now ${identity[key]}`));
    throw new ResumeError(`${file} is an unfinished run of something else: ${changes.join('; ')}. Give the same options to go on, or --fresh to begin again.`);
  }
  const tensors = decodeSafetensors(bytes);
  const part = (wanted: string): ReadonlyMap<string, TensorData> =>
    new Map([...tensors].flatMap(([name, tensor]) => (name.startsWith(`${wanted}/`) ? [[name.slice(wanted.length + 1), tensor]] : [])));
  return { state: { step: Number(step), weights: part('weights'), first: part('first'), second: part('second') }, seconds: Number(seconds), epochs: epochs === undefined ? NO_EPOCHS : parseEpochs(JSON.parse(epochs)) };
}

function metadataOf(file: string, bytes: Uint8Array): Readonly<Record<string, string>> {
  try {
    return decodeMetadata(bytes);
  } catch (error) {
    if (error instanceof SafetensorsError || error instanceof SchemaError) throw new ResumeError(`${file} is not an unfinished run that elbow wrote: ${error.message}. Begin again with --fresh.`);
    throw error;
  }
}

/** Whoever reads it finds the old file or the new one, also after a crash. */
export async function replaceFile(file: string, bytes: Uint8Array | string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.new`;
  const handle = await fs.open(unfinished, 'w');
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(unfinished, file);
}
