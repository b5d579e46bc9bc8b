/** The checkpoints of right runs measure what right work measures: for MNIST, on the course's own bits. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bands } from '../../assignments/cs236-hw2/bands.ts';
import { type Evaluator, openEvaluator } from '../../autograder/evaluator/evaluator.ts';
import { projectRoot } from '../../autograder/paths.ts';
import { readCheckpoint } from '../../contract/checkpoint.ts';
import { type TrainingRun, trainingRuns } from '../../contract/model-layout.ts';

const mnist = path.join(projectRoot, '../shared/data/mnist');
const hasMnist = fs.existsSync(mnist);
const open: Evaluator[] = [];

afterAll(() => {
  for (const evaluator of open) evaluator.close();
});

function keptOf(dataSet: string): readonly (readonly [run: TrainingRun, file: string])[] {
  const folder = path.join(projectRoot, 'reference/checkpoints', dataSet);
  return fs.readdirSync(folder).map((name) => [path.basename(name, '.safetensors') as TrainingRun, path.join(folder, name)]);
}

function evaluatorOf(data?: string): Evaluator {
  const evaluator = openEvaluator({ backend: 'auto', ...(data === undefined ? {} : { data }) });
  if (evaluator === null) throw new Error('the evaluation program is not built: npm run setup');
  open.push(evaluator);
  return evaluator;
}

/** What of it does not lie among right runs, within five standard errors of what was measured. */
async function outliers(evaluator: Evaluator, dataSet: 'mnist' | 'drawn-digits', run: TrainingRun, file: string): Promise<readonly string[]> {
  const checkpoint = readCheckpoint(fs.readFileSync(file), trainingRuns[run].family);
  if (checkpoint.kind === 'refused') throw new Error(checkpoint.reason);
  const evaluation = await evaluator.evaluate({ run, dataSet, tensors: checkpoint.tensors });
  if (evaluation.kind !== 'evaluated') throw new Error(evaluation.reason);
  // The parts of a loss have no bad side.
  const limited = bands.filter((band) => band.run === run && band.dataSet === dataSet && band.limit !== undefined);
  if (limited.length === 0) throw new Error(`there is no band for ${run} on ${dataSet}`);
  return limited.flatMap(({ quantity, seen: [low, high] }) => {
    const { value, error } = evaluation.public[quantity] ?? { value: Number.NaN, error: 0 };
    return value > low - 5 * error && value < high + 5 * error ? [] : [`${quantity} ${value}`];
  });
}

describe('a kept checkpoint', () => {
  it.each(keptOf('drawn-digits'))('on drawn digits, of the %s, lies among right runs', async (run, file) => {
    expect(await outliers(evaluatorOf(), 'drawn-digits', run, file)).toEqual([]);
  });

  it.skipIf(!hasMnist).each(keptOf('mnist'))('on MNIST, of the %s, lies among right runs', async (run, file) => {
    expect(await outliers(evaluatorOf(mnist), 'mnist', run, file)).toEqual([]);
  });
});
