/** What a hand-in holds of trained models: numbers, weights and pictures, each checked once and measured once. */
import { type Checkpoint, checkpointPath, readCheckpoint } from '../../contract/checkpoint.ts';
import type { Evaluation, HiddenSubset } from '../../contract/evaluation.ts';
import { type TrainingRun, trainingRuns } from '../../contract/model-layout.ts';
import { SchemaError } from '../../contract/schema.ts';
import type { Submission } from '../../contract/submission.ts';
import { type FigureTask, showsPairs } from '../../contract/task.ts';
import { type DataSetId, METRICS_FILE, parseTrainingMetrics, type RunMetrics, type TrainingMetrics } from '../../contract/training-metrics.ts';
import type { Evaluator } from '../evaluator/evaluator.ts';
import { type Figure, readFigure } from './figure.ts';

/** Numbers of a few runs are a few hundred bytes. */
const MOST_METRICS_BYTES = 1 << 20;

export type Metrics =
  | { readonly kind: 'none' }
  | { readonly kind: 'metrics'; readonly runs: TrainingMetrics['runs'] }
  /** It is there and cannot be used, for this reason. */
  | { readonly kind: 'unusable'; readonly reason: string };

export type Weights = { readonly kind: 'none' } | Checkpoint;

/** `fault`: the measuring failed, which is ours and costs no marks. */
export type Measuring = Evaluation | { readonly kind: 'fault'; readonly fault: string } | { readonly kind: 'no-program' };

export interface TrainedWork {
  readonly metrics: Metrics;
  readonly metricsOf: (run: TrainingRun) => RunMetrics | undefined;
  readonly weightsOf: (run: TrainingRun) => Weights;
  /** Of weights that can be used. */
  readonly measured: (run: TrainingRun) => Promise<Measuring>;
  readonly figureOf: (task: FigureTask) => Figure;
}

export interface MeasuringOptions {
  readonly evaluator: Evaluator | null;
  /** Absent: only the public subset is measured. */
  readonly hidden?: HiddenSubset;
  /** Which images a hand-in without numbers was trained on. */
  readonly dataSet: Readonly<Partial<Record<TrainingRun, DataSetId>>>;
  /** Whose pictures are held against which model. */
  readonly figures: readonly FigureTask[];
  /** The pictures that tasks ask for by name. */
  readonly taken?: readonly string[];
}

export function openTrainedWork(submission: Submission, options: MeasuringOptions): TrainedWork {
  const metrics = readMetrics(submission);
  const metricsOf = (run: TrainingRun): RunMetrics | undefined => (metrics.kind === 'metrics' ? metrics.runs[run] : undefined);
  const weightsOf = kept((run: TrainingRun) => readWeights(submission, run));
  const figureOf = kept((task: FigureTask) => readFigure(task, submission, options.taken ?? options.figures.map(({ picture }) => picture)));
  const tilesOf = <Name extends 'pictures' | 'pairs'>(name: Name, run: TrainingRun, pairs: boolean): { readonly [Key in Name]?: Uint8Array } => {
    const task = options.figures.find((candidate) => candidate.run === run && showsPairs(candidate) === pairs);
    const figure = task === undefined ? null : figureOf(task);
    return figure?.kind === 'grid' ? ({ [name]: joined(figure.tiles) } as { readonly [Key in Name]: Uint8Array }) : {};
  };
  const measure = async (run: TrainingRun): Promise<Measuring> => {
    const weights = weightsOf(run);
    if (weights.kind !== 'checkpoint') throw new Error('weights that cannot be used are not measured');
    if (options.evaluator === null) return { kind: 'no-program' };
    try {
      return await options.evaluator.evaluate({
        run,
        dataSet: metricsOf(run)?.dataSet ?? options.dataSet[run] ?? 'drawn-digits',
        tensors: weights.tensors,
        ...(options.hidden === undefined ? {} : { hidden: options.hidden }),
        ...tilesOf('pictures', run, false),
        ...tilesOf('pairs', run, true),
        ...seedOf(metricsOf(run)),
      });
    } catch (error) {
      // Whatever happened, it happened in our program: only what rests on it stays open.
      return { kind: 'fault', fault: error instanceof Error ? error.message : String(error) };
    }
  };
  return { metrics, metricsOf, weightsOf, figureOf, measured: kept(measure) };
}

function readMetrics({ results }: Submission): Metrics {
  const file = results.find(({ path }) => path === METRICS_FILE);
  if (file === undefined) return { kind: 'none' };
  if (file.content.kind === 'unread') return { kind: 'unusable', reason: `${METRICS_FILE} ${file.content.problem}` };
  const { bytes } = file.content;
  if (bytes.length > MOST_METRICS_BYTES) return { kind: 'unusable', reason: `${METRICS_FILE} is larger than 1 MiB` };
  try {
    return { kind: 'metrics', runs: parseTrainingMetrics(JSON.parse(new TextDecoder().decode(bytes))).runs };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'unusable', reason: `${METRICS_FILE} is not JSON` };
    if (error instanceof SchemaError) return { kind: 'unusable', reason: error.message };
    throw error;
  }
}

function readWeights({ results }: Submission, run: TrainingRun): Weights {
  const file = results.find(({ path }) => path === checkpointPath(run));
  if (file === undefined) return { kind: 'none' };
  if (file.content.kind === 'unread') return { kind: 'refused', reason: `it ${file.content.problem}`, diverged: false };
  return readCheckpoint(file.content.bytes, trainingRuns[run].family);
}

function seedOf(metrics: RunMetrics | undefined): { readonly seed?: number } {
  return metrics === undefined ? {} : { seed: metrics.seed };
}

function joined(tiles: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(tiles));
}

function kept<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new Map<Key, Value>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}
