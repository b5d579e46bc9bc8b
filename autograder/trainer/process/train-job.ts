/** One run from its first step, or from where it was stopped, to checkpoint, numbers and picture. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkpointPath } from '../../../contract/checkpoint.ts';
import { type ModelFamily, trainingRuns } from '../../../contract/model-layout.ts';
import { encodeSafetensors } from '../../../contract/safetensors.ts';
import type { RunMetrics } from '../../../contract/training-metrics.ts';
import { type DataSet, openDataSet } from '../../../data/data-sets.ts';
import type { LabelledImages } from '../../../data/labelled-images.ts';
import { balancedSubset, type BinaryImages, labelledSubset, publicTestImages, publicTestSubset, roundedBits } from '../../../data/public-subset.ts';
import { freshState } from '../../../training/adam.ts';
import { stepsOfEpoch } from '../../../training/batches.ts';
import { type EpochLosses, NO_EPOCHS, withStep } from '../../../training/epoch-losses.ts';
import { initialWeights } from '../../../training/initial-weights.ts';
import { createTrainer, type Trainer, type TrainingData } from '../../../training/train.ts';
import { startNoise } from '../../languages/typescript/child/random.ts';
import type { TrainingEvent, TrainingJob } from '../job.ts';
import { loadBounds } from './load-bounds.ts';
import { measureTrained } from './measure-trained.ts';
import { readUnfinished, type RunIdentity, saveUnfinished } from './resume-file.ts';
import { writeResults } from './write-results.ts';

/** A crash costs at most so much work; saving takes a hundredth of it. */
const SAVE_SECONDS = 5;

/** As many steps as it takes to know how long the rest will. */
const MEASURED_STEPS = 20;

export async function trainJob(job: TrainingJob, tell: (event: TrainingEvent) => void, isStopped: () => boolean): Promise<void> {
  const { family } = trainingRuns[job.run];
  const bounds = loadBounds(job.code, family);
  const { dataSet, data } = await openData(job, tell);

  const resumeFile = path.join(job.out, checkpointPath(job.run).replace('.safetensors', '.unfinished'));
  const identity = identityOf(job, dataSet.id);
  const unfinished = job.fresh ? undefined : await readUnfinished(resumeFile, identity);
  const trainer = createTrainer({ family, ...job.plan }, data, bounds, unfinished?.state ?? freshState(initialWeights(family, job.plan.seed)), { seedNoise });
  if (unfinished !== undefined) tell({ kind: 'resumed', step: unfinished.state.step });

  const clock = stopwatch(unfinished?.seconds ?? 0);
  const epochs = epochsOf(job, dataSet, unfinished?.epochs, tell);
  const save = (): Promise<void> => saveUnfinished(resumeFile, { state: trainer.state(), seconds: clock(), epochs: epochs.soFar() }, identity);
  const isDone = await takeSteps(trainer, job.plan.iterations, { tell, isStopped, save, onStep: epochs.add });
  await save();
  if (!isDone) return tell({ kind: 'stopped', step: trainer.steps() });

  tell({ kind: 'evaluating' });
  const seconds = clock();
  const { weights } = trainer.state();
  const subset = subsetFor(family, dataSet);
  const measured = measureTrained({ run: job.run, bounds, parameters: trainer.read(), seed: job.plan.seed, seedNoise }, subset, dataSet.test);
  const { gw, ...plan } = job.plan;
  const metrics: RunMetrics = { dataSet: dataSet.id, ...plan, ...(family === 'ssvae' ? { gw } : {}), loss: job.loss, backend: job.backend, seconds: Math.round(seconds * 10) / 10, ...lossesIn(epochs.soFar()), measured };
  const checkpoint = encodeSafetensors(weights, { model: family, run: job.run, iterations: String(plan.iterations), seed: String(plan.seed), dataSet: dataSet.id });
  const files = await writeResults(job, checkpoint, metrics, trainer.read(), 'bits' in subset ? subset.bits : null);
  // Only now: until here a crash loses nothing.
  await fs.rm(resumeFile, { force: true });
  tell({ kind: 'done', metrics, files });
}

export async function openData(job: TrainingJob, tell: (event: TrainingEvent) => void): Promise<{ dataSet: DataSet; data: TrainingData }> {
  const { family } = trainingRuns[job.run];
  const dataSet = await openDataSet(family === 'fsvae' ? 'street-numbers' : 'digits', { ...job.data, onWait: (what) => tell({ kind: 'waiting', what }) });
  const labelled = family === 'ssvae' ? { labelled: labelledSubset(digits(dataSet.id), dataSet.train) } : {};
  return { dataSet, data: { images: dataSet.train, ...labelled } };
}

function subsetFor(family: ModelFamily, { id, test }: DataSet): LabelledImages | BinaryImages {
  if (family === 'fsvae') return balancedSubset(test);
  if (family === 'kth-vae') return roundedBits(publicTestImages(digits(id), test));
  return publicTestSubset(digits(id), test);
}

interface Epochs {
  readonly add: (step: number, loss: number) => void;
  readonly soFar: () => EpochLosses;
}

/** Only one homework asks for the loss of every epoch. */
function epochsOf({ run, plan }: TrainingJob, { train }: DataSet, before: EpochLosses = NO_EPOCHS, tell: (event: TrainingEvent) => void): Epochs {
  const stepsPerEpoch = stepsOfEpoch(train.labels.length, plan.batch);
  let epochs = before;
  if (trainingRuns[run].family !== 'kth-vae') return { add: () => undefined, soFar: () => NO_EPOCHS };
  return {
    add: (step, loss) => {
      const earlier = epochs.losses.length;
      epochs = withStep(epochs, { step, loss, stepsPerEpoch });
      const last = epochs.losses.at(-1);
      if (epochs.losses.length > earlier && last !== undefined) tell({ kind: 'epoch', epoch: epochs.losses.length, loss: last, steps: stepsPerEpoch });
    },
    soFar: () => epochs,
  };
}

function lossesIn({ losses }: EpochLosses): Pick<RunMetrics, 'losses'> {
  return losses.length === 0 ? {} : { losses: [...losses] };
}

interface Surroundings {
  readonly tell: (event: TrainingEvent) => void;
  readonly isStopped: () => boolean;
  readonly save: () => Promise<void>;
  readonly onStep: (step: number, loss: number) => void;
}

/** False when it was told to stop. */
async function takeSteps(trainer: Trainer, iterations: number, { tell, isStopped, save, onStep }: Surroundings): Promise<boolean> {
  const [measuredFrom, sinceStart] = [trainer.steps(), stopwatch(0)];
  let sinceSave = stopwatch(0);
  let sinceTold = stopwatch(0);
  let [sum, count] = [0, 0];
  while (trainer.steps() < iterations) {
    if (isStopped()) return false;
    const loss = trainer.step();
    onStep(trainer.steps(), loss);
    sum += loss;
    count += 1;
    const taken = trainer.steps() - measuredFrom;
    if (taken === 1 && trainer.unreached().length > 0) tell({ kind: 'unreached', networks: networksOf(trainer.unreached()) });
    if (taken === MEASURED_STEPS) tell({ kind: 'measured', step: trainer.steps(), secondsPerStep: sinceStart() / MEASURED_STEPS });
    if (sinceTold() > 0.25 || trainer.steps() === iterations) {
      tell({ kind: 'progress', step: trainer.steps(), loss: sum / count });
      [sum, count, sinceTold] = [0, 0, stopwatch(0)];
      // Orders are heard here: each step keeps the thread.
      await setImmediate();
    }
    if (taken === MEASURED_STEPS || sinceSave() > SAVE_SECONDS) {
      await save();
      sinceSave = stopwatch(0);
    }
  }
  return true;
}

/** Seeds every generator but the normals of native training, which have their own (training/noise.ts). */
export function seedNoise(seed: number): void {
  startNoise(new Float32Array(), seed);
}

function identityOf({ run, plan, backend, threads, code }: TrainingJob, dataSet: string): RunIdentity {
  const { batch, learningRate, gw, seed } = plan;
  const texts = JSON.stringify([code.module, ...code.files.map(({ path: name, code: text }) => [name, text])]);
  const all = { run, batch, learningRate, gw, seed, backend, threads, dataSet, code: createHash('sha256').update(texts).digest('hex') };
  return Object.fromEntries(Object.entries(all).map(([key, value]) => [key, String(value)]));
}

function networksOf(names: readonly string[]): readonly string[] {
  return [...new Set(names.map((name) => name.split('.')[0] ?? name))];
}

function digits(id: string): 'drawn-digits' | 'mnist' {
  return id === 'mnist' ? 'mnist' : 'drawn-digits';
}

/** Seconds since now, on top of those before. */
function stopwatch(before: number): () => number {
  const started = performance.now();
  return () => before + (performance.now() - started) / 1000;
}
