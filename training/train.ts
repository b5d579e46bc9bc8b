/** The one loop: batch, loss, gradients, Adam. A run is a function of its plan, on one backend and thread count bit for bit. */
import * as tf from '@tensorflow/tfjs';
import type { ModelFamily } from '../contract/model-layout.ts';
import type { LabelledImages } from '../data/labelled-images.ts';
import { type Adam, type AdamState, createAdam } from './adam.ts';
import { type Batches, binarised, continuous, createBatches, oneHotLabels, rounded, stepSeed } from './batches.ts';
import type { Parameters } from './models.ts';
import { startStepNoise, stopStepNoise } from './noise.ts';
import { type Bounds, imagesInLoss, lossOf, ObjectiveError, type StepBatch } from './objective.ts';

export interface TrainingPlan {
  readonly family: ModelFamily;
  readonly gw: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly seed: number;
}

export interface TrainingData {
  readonly images: LabelledImages;
  /** Of an SSVAE: those whose labels may be seen. */
  readonly labelled?: LabelledImages;
}

export interface Trainer {
  readonly steps: () => number;
  /** Takes one step and returns its loss, in nats an image, which was computed before it. */
  readonly step: () => number;
  /** Parameters that no gradient reached in the last step. */
  readonly unreached: () => readonly string[];
  readonly read: () => Parameters;
  readonly state: () => AdamState;
}

/** What a step spends its time on, for benchmarks. */
export type StepPart = 'batch' | 'gradients' | 'adam';

export interface TrainerHooks {
  /** Seeds every generator that a bound may draw from, before each step. */
  readonly seedNoise: (seed: number) => void;
  /** Told when a part of a step is done. */
  readonly onPart?: (part: StepPart) => void;
}

export function createTrainer(plan: TrainingPlan, data: TrainingData, bounds: Bounds, start: AdamState, { seedNoise, onPart = () => undefined }: TrainerHooks): Trainer {
  const adam = createAdam(start, plan.learningRate);
  const batches = createBatches(data.images.labels.length, plan.batch, plan.seed);
  let [steps, unreached] = [start.step, [] as readonly string[]];
  return {
    steps: () => steps,
    step: () => {
      seedNoise(stepSeed(plan.seed, steps, 2));
      startStepNoise(plan.seed, steps);
      try {
        const batch = batchOf(plan, data, batches, steps);
        onPart('batch');
        const { loss, missing } = takeStep(plan, adam, bounds, batch, onPart);
        unreached = missing;
        steps += 1;
        return loss / imagesInLoss(plan.family, plan.batch);
      } finally {
        stopStepNoise();
      }
    },
    unreached: () => unreached,
    read: adam.read,
    state: adam.state,
  };
}

function batchOf({ family, seed }: TrainingPlan, { images, labelled }: TrainingData, batches: Batches, step: number): StepBatch {
  const indices = batches.indicesOf(step);
  if (family === 'kth-vae') return { x: rounded(images, indices) };
  if (family === 'fsvae') return { x: continuous(images, indices), y: oneHotLabels(images, indices) };
  const x = binarised(images, indices, stepSeed(seed, step, 0));
  if (labelled === undefined) return { x };
  const all = [...labelled.labels.keys()];
  return { x, labelled: { x: binarised(labelled, all, stepSeed(seed, step, 1)), y: oneHotLabels(labelled, all) } };
}

function takeStep(plan: TrainingPlan, adam: Adam, bounds: Bounds, batch: StepBatch, onPart: (part: StepPart) => void): { loss: number; missing: readonly string[] } {
  const before = adam.read();
  const names = [...before.keys()];
  // Not tf.grads: it throws when a parameter is out of reach, as an encoder is with gw 0.
  const { value, grads } = tf.tidy(() =>
    tf.engine().gradients(() => lossOf(plan, bounds, before, batch), [...before.values()], undefined, true),
  );
  tf.dispose([...before.values(), batch.x, batch.y, batch.labelled?.x, batch.labelled?.y].filter((tensor) => tensor !== undefined));
  const gradients = new Map(names.flatMap((name, index): [string, tf.Tensor][] => (grads[index] ? [[name, grads[index]]] : [])));
  const loss = value.dataSync()[0] ?? Number.NaN;
  onPart('gradients');
  if (gradients.size === 0) throw new ObjectiveError('No gradient reaches any parameter: the loss does not depend on the model, or was read back with dataSync or arraySync.');
  if (Number.isFinite(loss)) adam.apply(gradients);
  tf.dispose([value, ...gradients.values()]);
  onPart('adam');
  if (!Number.isFinite(loss)) throw new ObjectiveError(`The loss is ${loss}: nothing can be learned from here on. Look for the logarithm of something that can be 0, or exp of something large.`);
  return { loss, missing: names.filter((name) => !gradients.has(name)) };
}
