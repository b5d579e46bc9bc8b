/** kth-1b's training: its networks number by number, the loss of its two functions, and the average of every epoch. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { drawDigits } from '../../data/digits.ts';
import { pick } from '../../data/public-subset.ts';
import * as notebook from '../../reference/kth-1b/vae.ts';
import { freshState } from '../../training/adam.ts';
import { rounded } from '../../training/batches.ts';
import { NO_EPOCHS, withStep } from '../../training/epoch-losses.ts';
import { initialWeights } from '../../training/initial-weights.ts';
import { buildModel, type Parameters } from '../../training/models.ts';
import { lossOf } from '../../training/objective.ts';
import { type NotebookFunctions, summedLossOf } from '../../training/summed-loss.ts';
import { createTrainer } from '../../training/train.ts';

const weights = initialWeights('kth-vae', 1);
const parameters: Parameters = new Map([...weights].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]));
const images = pick(drawDigits(3, 'train', 4), [0, 1]);
const x = rounded(images, [0, 1]);
const right = notebook as unknown as NotebookFunctions;
const minimised = (functions: NotebookFunctions): number => lossOf({ family: 'kth-vae', gw: 1 }, summedLossOf(functions), parameters, { x }).dataSync()[0] ?? Number.NaN;

/** x through a network of the checkpoint, number by number, with LeakyReLU(0.2). */
function forward(network: string, input: readonly number[]): readonly number[] {
  return [0, 1, 2].reduce<readonly number[]>((row, layer) => {
    const [kernel, bias] = ['kernel', 'bias'].map((part) => weights.get(`${network}.${layer}.${part}`)?.values ?? []);
    return Array.from(bias ?? [], (start, column) => {
      const sum = row.reduce((total, value, at) => total + value * (kernel?.[at * (bias?.length ?? 0) + column] ?? 0), start);
      return layer === 2 || sum >= 0 ? sum : 0.2 * sum;
    });
  }, input);
}

describe('the networks of the notebook', () => {
  it('have its sizes', () => {
    expect(Object.fromEntries([...weights].map(([name, { shape }]) => [name, shape.join('-')]))).toEqual({
      ...{ 'encoder.0.kernel': '784-400', 'encoder.0.bias': '400', 'encoder.1.kernel': '400-400', 'encoder.1.bias': '400', 'encoder.2.kernel': '400-400', 'encoder.2.bias': '400' },
      ...{ 'decoder.0.kernel': '200-400', 'decoder.0.bias': '400', 'decoder.1.kernel': '400-400', 'decoder.1.bias': '400', 'decoder.2.kernel': '400-784', 'decoder.2.bias': '784' },
    });
  });

  it('are what is left of sums and slopes', () => {
    const { encode, decode } = buildModel['kth-vae'](parameters);
    const [mean, logVariance] = [encode(x).mean, encode(x).logVariance].map((tensor) => tensor.arraySync() as number[][]);
    const expected = forward('encoder', (x.arraySync() as number[][])[0] ?? []);
    for (const [at, value] of [...(mean?.[0] ?? []), ...(logVariance?.[0] ?? [])].entries()) expect(Math.abs(value - (expected[at] ?? 0))).toBeLessThan(1e-5);
    const z = Array.from({ length: 200 }, (_, at) => Math.sin(at));
    const logits = (decode(tf.tensor2d([z])).arraySync() as number[][])[0] ?? [];
    for (const [at, value] of forward('decoder', z).entries()) expect(Math.abs(value - (logits[at] ?? 0))).toBeLessThan(1e-5);
  });
});

describe('what is minimised', () => {
  it('is the loss of the two functions, with the sample of the one inside the other', () => {
    const calls: number[][] = [];
    const shape = (value: unknown): number[] => (value as tf.Tensor).shape;
    const found = minimised({
      reparameterization: (mean, variance) => {
        calls.push(shape(mean), shape(variance));
        expect(Math.min(...(variance as tf.Tensor).dataSync())).toBeGreaterThan(0);
        return mean;
      },
      lossFunction: (...given) => {
        calls.push(...given.map(shape));
        return tf.scalar(7);
      },
    });
    expect(found).toBe(7);
    expect(calls).toEqual([[2, 200], [2, 200], [2, 784], [2, 784], [2, 200], [2, 200]]);
  });

  it.each<readonly [string, Partial<NotebookFunctions>, RegExp]>([
    ['a number for a loss', { lossFunction: () => 3 }, /lossFunction must return a tensor/],
    ['a loss for every image', { lossFunction: () => tf.zeros([2]) }, /lossFunction must return a scalar, the sum over the batch; it has the shape \[2\]/],
    ['a promise', { lossFunction: () => Promise.resolve() }, /promise/],
    ['one sample for all', { reparameterization: () => tf.zeros([200]) }, /a sample for every mean, \[2, 200\]; it has the shape \[200\]/],
  ])('cannot be %s', (_, wrong, reason) => {
    expect(() => minimised({ ...right, ...wrong })).toThrow(reason);
  });
});

describe('training', () => {
  const trainer = createTrainer({ family: 'kth-vae', gw: 1, batch: 2, learningRate: 1e-3, seed: 1 }, { images }, summedLossOf(right), freshState(weights), { seedNoise: () => undefined });

  it('tells the loss an image, and lowers it', () => {
    const losses = Array.from({ length: 6 }, () => trainer.step());
    // 784 pixels at logits near 0: about 784 log 2 = 543 nats, of one image and not of both.
    expect(losses[0]).toBeGreaterThan(500);
    expect(losses[0]).toBeLessThan(600);
    expect(losses.at(-1)).toBeLessThan(0.95 * (losses[0] ?? 0));
    expect(trainer.unreached()).toEqual([]);
  });
});

it('an epoch’s loss is the average of its steps, wherever the run was cut', () => {
  const steps = [6, 4, 5, 3, 2, 1, 9];
  const all = steps.reduce((epochs, loss, at) => withStep(epochs, { step: at + 1, loss, stepsPerEpoch: 3 }), NO_EPOCHS);
  expect(all).toEqual({ losses: [5, 2], sum: 9 });
});
