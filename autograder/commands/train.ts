/** `elbow train`: trains a model of the homework with the loss of the folder, or with elbow's own. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { assignments } from '../../assignments/assignments.ts';
import type { Band } from '../../contract/band.ts';
import { type TrainingRun, trainingRuns } from '../../contract/model-layout.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import { SchemaError } from '../../contract/schema.ts';
import type { TextFile } from '../../contract/submission.ts';
import { iterationsOf } from '../../contract/task.ts';
import { METRICS_FILE, parseTrainingMetrics } from '../../contract/training-metrics.ts';
import { readHandIn } from '../intake/intake.ts';
import { languages } from '../languages/languages.ts';
import { projectRoot } from '../paths.ts';
import { hasNativeTraining, train, type TrainingJob } from '../trainer/trainer.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { ownFolder, readOriginals, recogniseAssignment } from './course-files.ts';
import { summaryOf } from './training-summary.ts';
import { watchTraining } from './watch-training.ts';

export interface TrainOptions {
  readonly iterations?: number;
  readonly batch: number;
  readonly lr: number;
  readonly gw?: number;
  readonly seed?: number;
  readonly student?: string;
  readonly data?: string;
  readonly out?: string;
  readonly reference: boolean;
  readonly fresh: boolean;
  readonly backend: 'auto' | 'native' | 'wasm';
  readonly threads: number;
}

export async function runTrain(model: string, folder: string, options: TrainOptions, console: Console): Promise<number> {
  const root = ownFolder(folder);
  const run = runOf(model, options.gw);
  const assignment = options.reference ? homeworkOf(run) : recogniseAssignment(root);
  if (!asksFor(assignment, run)) throw new UsageError(`A ${run} is trained in ${homeworkOf(run).id}; this is a folder of ${assignment.id}.`);
  const out = path.resolve(options.out ?? (options.reference ? 'elbow-reference' : root));
  const { texts, originals, module } = options.reference ? await readReference(run, assignment) : await readOwn(root, run, assignment);
  const backend = backendOf(options.backend);
  const job: TrainingJob = {
    run,
    code: { files: (await languages.typescript.prepare(texts)).files, originals: (await languages.typescript.prepare(originals)).files, module },
    loss: options.reference ? 'reference' : 'own',
    plan: {
      iterations: options.iterations ?? iterationsFor(run, assignment, options),
      batch: options.batch,
      learningRate: options.lr,
      gw: options.gw ?? gwOf(run),
      seed: await seedOf(options, out),
    },
    backend,
    threads: options.threads,
    data: { cache: path.join(cacheFolder(), 'data'), ...(options.data === undefined ? {} : { folder: path.resolve(options.data) }) },
    out,
    fresh: options.fresh,
  };
  if (backend === 'wasm' && !hasNativeTraining()) console.print('Training on WebAssembly, because native TensorFlow is not here: elbow doctor tells how to get it.');
  const watch = watchTraining(job, console);
  const ending = await train(job, watch.onEvent, console.signal);
  watch.close();
  return conclude(ending, job, assignment.bands ?? [], console);
}

function conclude(ending: Awaited<ReturnType<typeof train>>, job: TrainingJob, bands: readonly Band[], console: Console): number {
  switch (ending.kind) {
    case 'refused':
      throw new UsageError(ending.reason);
    case 'stopped':
      console.print(`Stopped after ${ending.step.toLocaleString('en')} of ${job.plan.iterations.toLocaleString('en')} iterations; all of it is saved. Run the same command again to go on.`);
      return exitCodes.interrupted;
    case 'done': {
      for (const line of summaryOf(job.run, ending.metrics, bands)) console.print(line);
      console.print('');
      for (const file of ending.files) console.print(`Wrote ${path.join(job.out, file)}`);
      return exitCodes.done;
    }
  }
}

/** The homework that asks for such a training. */
function homeworkOf(run: TrainingRun): Assignment {
  const found = [...assignments.values()].find((assignment) => asksFor(assignment, run));
  if (found === undefined) throw new Error(`no homework asks for ${run}`);
  return found;
}

function asksFor(assignment: Assignment, run: TrainingRun): boolean {
  return tasksOf(assignment).some((task) => (task.kind === 'trained' || task.kind === 'figure') && task.run === run);
}

/** As many as the handout asks for; of a model of which it asks no numbers, as many as of most. */
function iterationsFor(run: TrainingRun, assignment: Assignment, { data, batch }: TrainOptions): number {
  const task = tasksOf(assignment).find((candidate) => candidate.kind === 'trained' && candidate.run === run);
  return task?.kind === 'trained' ? iterationsOf(task.length, { dataSet: data === undefined ? 'drawn-digits' : 'mnist', batch }) : 20_000;
}

/** `ssvae --gw 0` is a run of its own: both are handed in. */
function runOf(model: string, gw: number | undefined): TrainingRun {
  if (gw !== undefined && model !== 'ssvae') throw new UsageError(`--gw weighs the two terms of an SSVAE's loss; a ${model} has one.`);
  return model === 'ssvae' && gw === 0 ? 'ssvae-gw0' : (model as TrainingRun);
}

function gwOf(run: TrainingRun): number {
  const asked = trainingRuns[run];
  return 'gw' in asked ? asked.gw : 1;
}

function backendOf(chosen: TrainOptions['backend']): 'native' | 'wasm' {
  if (chosen === 'native' && !hasNativeTraining()) throw new UsageError('Native TensorFlow is not here: elbow doctor tells how to get it. Or leave --backend out.');
  return chosen === 'auto' ? (hasNativeTraining() ? 'native' : 'wasm') : chosen;
}

interface Code {
  readonly texts: readonly TextFile[];
  readonly originals: readonly TextFile[];
  readonly module: string;
}

/** What would be handed in, read as the grader reads it. */
async function readOwn(root: string, run: TrainingRun, assignment: Assignment): Promise<Code> {
  const intake = await readHandIn({ student: { id: 'own' }, source: root, path: root }, assignment.handIn);
  if (intake.kind === 'refused') throw new UsageError(intake.refusal.reason);
  return { texts: intake.submission.code, originals: await readOriginals(assignment), module: moduleOf(run) };
}

/** Where a homework has the functions that are trained. */
function moduleOf(run: TrainingRun): string {
  const { family } = trainingRuns[run];
  return family === 'kth-vae' ? 'vae.ts' : `${family}.ts`;
}

/** The reference's texts: they are data here, loaded where they are trained. */
async function readReference(run: TrainingRun, { id }: Assignment): Promise<Code> {
  const folder = path.join(projectRoot, 'reference');
  if (!existsSync(folder)) throw new UsageError('This installation has no reference solutions. Leave --reference out to train the loss in your folder.');
  const names = (await fs.readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).map((name) => name.split(path.sep).join('/'));
  const texts = await Promise.all(names.map(async (name) => ({ path: name, text: await fs.readFile(path.join(folder, name), 'utf8') })));
  return { texts, originals: [], module: `${id}/${moduleOf(run)}` };
}

/** Two students with the same code still have runs of their own: the seed is made from who they are. */
async function seedOf({ seed, student, reference }: TrainOptions, out: string): Promise<number> {
  if (seed !== undefined) return seed;
  if (student !== undefined) return createHash('sha256').update(student.trim().toLowerCase()).digest().readUInt32LE(0);
  if (reference) return 1;
  const earlier = await earlierSeed(path.join(out, METRICS_FILE));
  if (earlier !== undefined) return earlier;
  throw new UsageError('Say who you are, so that your run has a seed of its own: --student s1234567. Or give one: --seed 7. Later runs in this folder take the same.');
}

async function earlierSeed(file: string): Promise<number | undefined> {
  try {
    return Object.values(parseTrainingMetrics(JSON.parse(await fs.readFile(file, 'utf8'))).runs)[0]?.seed;
  } catch (error) {
    if (error instanceof SchemaError || error instanceof SyntaxError) throw new UsageError(`${file} is not as elbow writes it (${error.message}). Move it away: training would have to replace it.`);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** As scripts/setup/cache-folder.mjs has it. */
function cacheFolder(): string {
  const { ELBOW_CACHE, XDG_CACHE_HOME } = process.env;
  if (ELBOW_CACHE) return path.resolve(ELBOW_CACHE);
  return path.join(XDG_CACHE_HOME !== undefined && path.isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : path.join(os.homedir(), '.cache'), 'elbow');
}
