/**
 * The evaluation program: started once for a class, it answers one request after another until its parent goes.
 * It is a program of its own because it computes with the reference, which the grader never holds.
 */
import fs from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { readCheckpoint } from '../contract/checkpoint.ts';
import type { EvaluationRequest } from '../contract/evaluation.ts';
import { type TrainingRun, trainingRuns } from '../contract/model-layout.ts';
import { decodeSafetensors } from '../contract/safetensors.ts';
import type { DataSetId } from '../contract/training-metrics.ts';
import type { TensorData } from '../contract/values.ts';
import { drawnImages } from '../data/data-sets.ts';
import { readMnist } from '../data/real-data.ts';
import { evaluate, type Surroundings } from './evaluate.ts';
import type { Classifier } from './recognise.ts';
import { digitSubsets, spreadOver, type Subsets } from './subsets.ts';

/** What it is told when it is started. */
export interface Opening {
  /** Checkpoints of right runs: a folder for each data set. */
  readonly references: string;
  /** The real data set, where there is one. */
  readonly data?: string;
}

export type Message = { readonly id: number } & ({ readonly kind: 'open'; readonly opening: Opening } | { readonly kind: 'evaluate'; readonly request: EvaluationRequest });

/** Ten images of each class are among so many. */
const FIRST = 500;

export async function serve(backend: string): Promise<void> {
  await tf.setBackend(backend);
  await tf.ready();
  // tfjs only logs a backend that fails and runs on with a slower one: refuse instead.
  if (tf.getBackend() !== backend) throw new Error(`TensorFlow.js runs on ${tf.getBackend()}, not on ${backend}`);
  let surroundings: Surroundings | null = null;
  const answer = async (message: Message): Promise<unknown> => {
    if (message.kind === 'open') {
      surroundings = surroundingsOf(message.opening);
      return true;
    }
    if (surroundings === null) throw new Error('asked before it was opened');
    return evaluate(message.request, surroundings);
  };
  // One at a time: two would only share the processor.
  let last: Promise<void> = Promise.resolve();
  process.on('message', (message: Message) => {
    last = last.then(() => answer(message)).then(
      (value) => void process.send?.({ id: message.id, value }),
      (error: unknown) => void process.send?.({ id: message.id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}

function surroundingsOf({ references, data }: Opening): Surroundings {
  const drawn = digitSubsets('drawn-digits', {
    test: async () => drawnImages('digits', 'test'),
    first: async () => drawnImages('digits', 'test', FIRST),
    train: async (count) => drawnImages('digits', 'train', count),
  });
  const real = data === undefined ? null : digitSubsets('mnist', { test: () => readMnist(data, 'test'), train: async (count) => spreadOver(await readMnist(data, 'train'), count) });
  const subsets: Readonly<Partial<Record<DataSetId, Subsets | null>>> = { 'drawn-digits': drawn, mnist: real };
  return { subsets: (dataSet) => subsets[dataSet] ?? null, reference: (dataSet, run) => referenceOf(references, dataSet, run), classifier: (dataSet) => classifierOf(references, dataSet) };
}

/** Beside the checkpoints of right runs, where there is one. */
function classifierOf(folder: string, dataSet: DataSetId): Classifier | null {
  const file = path.join(folder, dataSet, 'classifier.safetensors');
  return fs.existsSync(file) ? decodeSafetensors(fs.readFileSync(file)) : null;
}

const kept = new Map<string, ReadonlyMap<string, TensorData> | null>();

function referenceOf(folder: string, dataSet: DataSetId, run: TrainingRun): ReadonlyMap<string, TensorData> | null {
  const file = path.join(folder, dataSet, `${run}.safetensors`);
  const found = kept.get(file);
  if (found !== undefined) return found;
  const read = fs.existsSync(file) ? readCheckpoint(fs.readFileSync(file), trainingRuns[run].family) : null;
  if (read?.kind === 'refused') throw new Error(`${file}: ${read.reason}`);
  const tensors = read?.tensors ?? null;
  kept.set(file, tensors);
  return tensors;
}
