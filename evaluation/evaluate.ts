/** Measures one checkpoint: on the public test subset, on hidden images, and what it draws. */
import * as tf from '@tensorflow/tfjs';
import type { Estimate, Estimates, Evaluation, EvaluationRequest, HiddenSubset } from '../contract/evaluation.ts';
import { modelLayouts, type TrainingRun, trainingRuns } from '../contract/model-layout.ts';
import type { DataSetId } from '../contract/training-metrics.ts';
import type { TensorData } from '../contract/values.ts';
import { accuracyOf } from '../training/measure.ts';
import type { Parameters } from '../training/models.ts';
import { estimatesOf, iwae1000 } from './estimates.ts';
import { termsOf } from './log-weights.ts';
import { normals } from './noise.ts';
import { evaluatePairs } from './pairs.ts';
import { evaluatePictures } from './pictures.ts';
import type { Classifier } from './recognise.ts';
import type { Subsets } from './subsets.ts';

/** Samples of every image. */
const SAMPLES = 100;

/** Of every training image: there are twenty times as many. */
const TRAIN_SAMPLES = 4;

/** Of the ten public images of each class, every fourth has a thousand. */
const isOneOfFew = (image: number): boolean => image % 4 === 0;

export interface Surroundings {
  /** Null where the images are not here. */
  readonly subsets: (dataSet: DataSetId) => Subsets | null;
  /** The checkpoint of a right run, where one is kept for this data set. */
  readonly reference: (dataSet: DataSetId, run: TrainingRun) => ReadonlyMap<string, TensorData> | null;
  /** Says which class a picture shows; null where none knows such pictures. */
  readonly classifier: (dataSet: DataSetId) => Classifier | null;
}

export async function evaluate(request: EvaluationRequest, surroundings: Surroundings): Promise<Evaluation> {
  const { run, dataSet, hidden, pictures, pairs, seed } = request;
  const { family } = trainingRuns[run];
  return withParameters(request.tensors, async (parameters) => {
    const evaluatedPictures = family === 'ssvae' ? null : evaluatePictures(family, parameters, pictures ?? null, seed ?? 0, surroundings.classifier(dataSet));
    // The homework asks for no number of this model.
    if (family === 'fsvae') return { kind: 'evaluated', public: {}, hidden: null, reference: null, pictures: evaluatedPictures };
    const subsets = surroundings.subsets(dataSet);
    if (subsets === null) return { kind: 'no-data', reason: `the images of ${dataSet} are not here` };
    return {
      kind: 'evaluated',
      public: await onPublic(run, parameters, subsets),
      hidden: hidden === undefined ? null : await onHidden(run, parameters, subsets, hidden),
      reference: hidden === undefined ? null : await referenceOn(run, dataSet, subsets, hidden, surroundings),
      pictures: evaluatedPictures,
      ...(family === 'kth-vae' ? { pairs: evaluatePairs(parameters, pairs ?? null, (await subsets.publicRounded()).bits, seed ?? 0) } : {}),
    };
  });
}

async function onPublic(run: TrainingRun, parameters: Parameters, subsets: Subsets): Promise<Estimates> {
  const { family } = trainingRuns[run];
  if (family === 'ssvae') return { accuracy: exactly(accuracyOf(parameters, await subsets.publicTest())) };
  if (family === 'fsvae') return {};
  if (family === 'kth-vae') return ofNotebook(parameters, subsets);
  const { pixels } = modelLayouts[family];
  const { bits, labels } = await subsets.publicBits();
  const estimates = estimatesOf(termsOf({ family, parameters, x: bits, pixels }, SAMPLES, normals('public')), [1, 10, 100]);
  const few = termsOf({ family, parameters, x: bits.filter((_, index) => isOneOfFew(Math.floor(index / pixels))), pixels }, 1000, normals('few'));
  return { ...estimates, ...(estimates['iwae-100'] === undefined ? {} : { 'iwae-1000': iwae1000(estimates['iwae-100'], few, labels.length) }) };
}

/** What a notebook prints is the loss of the images that it trains on; test images tell of the others. */
async function ofNotebook(parameters: Parameters, subsets: Subsets): Promise<Estimates> {
  const measured = (x: Uint8Array, samples: number, noise: string): Estimates =>
    estimatesOf(termsOf({ family: 'kth-vae', parameters, x, pixels: modelLayouts['kth-vae'].pixels }, samples, normals(noise)), []);
  const { nelbo } = measured((await subsets.trainRounded()).bits, TRAIN_SAMPLES, 'train');
  return { ...measured((await subsets.publicRounded()).bits, SAMPLES, 'public'), ...(nelbo === undefined ? {} : { 'training-loss': nelbo }) };
}

async function onHidden(run: TrainingRun, parameters: Parameters, subsets: Subsets, hidden: HiddenSubset): Promise<Estimates> {
  const { family } = trainingRuns[run];
  if (family === 'ssvae') return { accuracy: exactly(accuracyOf(parameters, await subsets.hiddenTest(hidden))) };
  if (family === 'fsvae') return {};
  // What is trained on is the same for everyone.
  if (family === 'kth-vae') return {};
  const { bits } = await subsets.hiddenBits(hidden);
  return estimatesOf(termsOf({ family, parameters, x: bits, pixels: modelLayouts[family].pixels }, SAMPLES, normals('hidden')), [1, 10, 100]);
}

function exactly(value: number): Estimate {
  return { value, error: 0, once: 0 };
}

const measuredReferences = new Map<string, Promise<{ readonly public: Estimates; readonly hidden: Estimates }>>();

/** The checkpoint of a right run on the same images, measured once for a class. */
function referenceOn(run: TrainingRun, dataSet: DataSetId, subsets: Subsets, hidden: HiddenSubset, { reference }: Surroundings): Promise<{ readonly public: Estimates; readonly hidden: Estimates }> | null {
  const tensors = reference(dataSet, run);
  if (tensors === null) return null;
  const key = JSON.stringify([run, dataSet, hidden]);
  const measured =
    measuredReferences.get(key) ??
    withParameters(tensors, async (right) => ({ public: await onPublic(run, right, subsets), hidden: await onHidden(run, right, subsets, hidden) }));
  measuredReferences.set(key, measured);
  return measured;
}

async function withParameters<Result>(tensors: ReadonlyMap<string, TensorData>, use: (parameters: Parameters) => Promise<Result>): Promise<Result> {
  const parameters = new Map([...tensors].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape], 'float32')]));
  try {
    return await use(parameters);
  } finally {
    tf.dispose([...parameters.values()]);
  }
}
