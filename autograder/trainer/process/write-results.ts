/** What a finished run leaves in the folder of the hand-in. Each file is replaced whole, the numbers last: they speak of the others. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { encode } from 'fast-png';
import { checkpointPath } from '../../../contract/checkpoint.ts';
import { trainingRuns } from '../../../contract/model-layout.ts';
import { SchemaError } from '../../../contract/schema.ts';
import { METRICS_FILE, parseTrainingMetrics, type RunMetrics, type TrainingMetrics } from '../../../contract/training-metrics.ts';
import type { Parameters } from '../../../training/models.ts';
import { sampleGrid } from '../../../training/sample-grid.ts';
import type { TrainingJob } from '../job.ts';
import { replaceFile, ResumeError } from './resume-file.ts';

/** Returns their names. */
export async function writeResults(job: TrainingJob, checkpoint: Uint8Array, metrics: RunMetrics, parameters: Parameters): Promise<readonly string[]> {
  const checkpointFile = checkpointPath(job.run);
  await replaceFile(path.join(job.out, checkpointFile), checkpoint);
  const picture = `${job.run}-samples.png`;
  // Trained on labels alone, its decoder has learned nothing.
  const hasPicture = job.run !== 'ssvae-gw0';
  if (hasPicture) await replaceFile(path.join(job.out, picture), encode(sampleGrid(trainingRuns[job.run].family, parameters, job.plan.seed)));
  await addMetrics(path.join(job.out, METRICS_FILE), job, metrics);
  return [checkpointFile, ...(hasPicture ? [picture] : []), METRICS_FILE];
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
