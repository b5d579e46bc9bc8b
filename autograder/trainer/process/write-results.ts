/** What a finished run leaves in the folder of the hand-in. Each file is replaced whole, the numbers last: they speak of the others. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'fast-png';
import { checkpointPath } from '../../../contract/checkpoint.ts';
import { modelLayouts, type TrainingRun, trainingRuns } from '../../../contract/model-layout.ts';
import { SchemaError } from '../../../contract/schema.ts';
import { METRICS_FILE, parseTrainingMetrics, type RunMetrics, type TrainingMetrics } from '../../../contract/training-metrics.ts';
import type { Parameters } from '../../../training/models.ts';
import { reconstructionGrid } from '../../../training/reconstructions.ts';
import { sampleGrid } from '../../../training/sample-grid.ts';
import type { TrainingJob } from '../job.ts';
import { replaceFile, ResumeError } from './resume-file.ts';

/** Where a homework has a name of its own for the grid of samples. */
const SAMPLES_FILE: Readonly<Partial<Record<TrainingRun, string>>> = { 'kth-vae': 'from-noise.png' };

const RECONSTRUCTIONS_FILE = 'reconstruction.png';

/** Returns their names. `bits`: the images that a model is measured on, where they are bits. */
export async function writeResults(job: TrainingJob, checkpoint: Uint8Array, metrics: RunMetrics, parameters: Parameters, bits: Uint8Array | null): Promise<readonly string[]> {
  const checkpointFile = checkpointPath(job.run);
  await replaceFile(path.join(job.out, checkpointFile), checkpoint);
  const picture = SAMPLES_FILE[job.run] ?? `${job.run}-samples.png`;
  // Trained on labels alone, its decoder has learned nothing.
  const hasPicture = job.run !== 'ssvae-gw0';
  if (hasPicture) await replaceFile(path.join(job.out, picture), encode(sampleGrid(trainingRuns[job.run].family, parameters, job.plan.seed)));
  const pairs = job.run === 'kth-vae' && bits !== null ? [RECONSTRUCTIONS_FILE] : [];
  if (bits !== null) for (const name of pairs) await replaceFile(path.join(job.out, name), encode(reconstructionGrid(parameters, bits, modelLayouts[trainingRuns[job.run].family].pixels, job.plan.seed)));
  await addMetrics(path.join(job.out, METRICS_FILE), job, metrics);
  return [checkpointFile, ...(hasPicture ? [picture] : []), ...pairs, METRICS_FILE];
}

async function addMetrics(file: string, { run }: TrainingJob, metrics: RunMetrics): Promise<void> {
  const { runs } = await readMetrics(file);
  await replaceFile(file, `${JSON.stringify({ format: 1, runs: { ...runs, [run]: metrics } } satisfies TrainingMetrics, null, 2)}\n`);
}

async function readMetrics(file: string): Promise<TrainingMetrics> {
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)));
  if (text === undefined) return { format: 1, runs: {} };
  try {
    return parseTrainingMetrics(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SchemaError) && !(error instanceof SyntaxError)) throw error;
    throw new ResumeError(`The run is done, but ${file} cannot be added to: ${error.message}. Move it away and run the same command again; nothing is trained twice.`);
  }
}
