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

async function expectInBand(evaluator: Evaluator, dataSet: 'mnist' | 'drawn-digits', run: TrainingRun, file: string): Promise<void> {
  const checkpoint = readCheckpoint(fs.readFileSync(file), trainingRuns[run].family);
  if (checkpoint.kind === 'refused') throw new Error(checkpoint.reason);
  const evaluation = await evaluator.evaluate({ run, dataSet, tensors: checkpoint.tensors });
  if (evaluation.kind !== 'evaluated') throw new Error(evaluation.reason);
  const limited = bands.filter((band) => band.run === run && band.dataSet === dataSet && band.limit !== undefined);
  expect(limited.length).toBeGreaterThan(3);
  for (const { quantity, seen: [low, high] } of limited) {
    const { value, error } = evaluation.public[quantity] ?? { value: Number.NaN, error: 0 };
    expect(value, `${run} ${quantity}`).toBeGreaterThan(low - 5 * error);
    expect(value, `${run} ${quantity}`).toBeLessThan(high + 5 * error);
  }
}

describe('a kept checkpoint on drawn digits', () => {
  it.each(keptOf('drawn-digits'))('of the %s lies among right runs', (run, file) => expectInBand(evaluatorOf(), 'drawn-digits', run, file));
});

describe.skipIf(!hasMnist)('a kept checkpoint on MNIST', () => {
  it.each(keptOf('mnist'))('of the %s lies among right runs', (run, file) => expectInBand(evaluatorOf(mnist), 'mnist', run, file));
});
