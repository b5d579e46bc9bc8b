/** A short training ends where Adam, written out here for a linear network and a square, ends. */
import { describe, expect, it } from 'vitest';
import type { Model, Question } from '../../contract/question.ts';
import type { Reply } from '../../contract/reply.ts';
import { type Asker, floats, tensorArgument, valueOf } from './asker.ts';

const [KERNEL, BIAS] = [[1, -0.5], [0.25, 0.75]] as const;
const X = [1, -2, 0.5, 3];
const ROWS = [0, 1, 2, 3, 3, 1];
const [STEPS, BATCH, RATE] = [3, 2, 0.1];

const model: Model = {
  family: 'vae',
  networks: {
    encoder: [{ kernel: floats([1, 2], [1, 1]), bias: floats([2], [0, 0]), activation: 'identity' }],
    decoder: [{ kernel: floats([1, 2], KERNEL), bias: floats([2], BIAS), activation: 'identity' }],
  },
  parameters: {},
};
const mixture: Model = { ...model, family: 'gmvae', parameters: { means: floats([1, 2, 1], [1, 2]), spreads: floats([1, 2, 1], [0, 0]) } };

const asked = (trained: Model): Partial<Question> => ({
  arguments: [{ kind: 'model', model: trained }, tensorArgument('x', floats([4, 1], X))],
  training: { component: 'nelbo', position: 0, rows: { dtype: 'int32', shape: [STEPS, BATCH], values: Int32Array.from(ROWS) }, learningRate: RATE },
});

/** By module, as plain numbers. */
function modulesOf(reply: Reply): Readonly<Record<string, readonly number[]>> {
  const value = valueOf(reply);
  if (value.kind !== 'record') throw new Error(`not a record: ${JSON.stringify(value)}`);
  return Object.fromEntries(value.entries.map(([name, entry]) => [name, entry.kind === 'tensor' ? [...entry.tensor.values] : []]));
}

const near = (values: readonly number[]): unknown => values.map((value) => expect.closeTo(value, 4));

export function describeTraining(asker: () => Asker): void {
  describe('a training', () => {
    it('ends where Adam does', async () => {
      const modules = modulesOf(await asker().ask('training', 'fits', asked(model)));
      expect(modules).toEqual({ encoder: [1, 1, 0, 0], decoder: near(byHand()) });
    });

    it('reaches the prior, which the loss sees anew in every step', async () => {
      const modules = modulesOf(await asker().ask('training', 'moves', asked(mixture)));
      // (mean - 0)^2 of both: Adam's first steps are as long as the rate, and so nearly are the next.
      expect(modules['prior']).toEqual([expect.closeTo(1 - STEPS * RATE, 1), expect.closeTo(2 - STEPS * RATE, 1), 0, 0]);
    });

    it('leaves the model as it was where nothing leads to it', async () => {
      expect(modulesOf(await asker().ask('training', 'reaches', asked(model)))).toEqual({ encoder: [1, 1, 0, 0], decoder: [...KERNEL, ...BIAS] });
    });
  });
}

/** The loss is the average over rows and outputs of (x k + b - 3)^2. */
function byHand(): readonly number[] {
  const weights: number[] = [...KERNEL, ...BIAS];
  const [first, second] = [weights.map(() => 0), weights.map(() => 0)];
  for (let step = 0; step < STEPS; step += 1) {
    const slopes = weights.map(() => 0);
    for (const row of ROWS.slice(step * BATCH, (step + 1) * BATCH)) {
      const x = X[row] ?? 0;
      for (const output of [0, 1]) {
        const slope = (2 * (x * (weights[output] ?? 0) + (weights[2 + output] ?? 0) - 3)) / (2 * BATCH);
        slopes[output] = (slopes[output] ?? 0) + slope * x;
        slopes[2 + output] = (slopes[2 + output] ?? 0) + slope;
      }
    }
    for (const [index, slope] of slopes.entries()) {
      first[index] = 0.9 * (first[index] ?? 0) + 0.1 * slope;
      second[index] = 0.999 * (second[index] ?? 0) + 0.001 * slope * slope;
      const [average, square] = [(first[index] ?? 0) / (1 - 0.9 ** (step + 1)), (second[index] ?? 0) / (1 - 0.999 ** (step + 1))];
      weights[index] = (weights[index] ?? 0) - (RATE * average) / (Math.sqrt(square) + 1e-8);
    }
  }
  return weights;
}
