/** What is minimised, on tensors small enough to count by hand, and what is said of a bound that cannot be. */
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../training/initial-weights.ts';
import type { Parameters } from '../../training/models.ts';
import { lossOf } from '../../training/objective.ts';

const parametersOf = (family: 'vae' | 'ssvae'): Parameters => new Map([...initialWeights(family, 1)].map(([name, { values, shape }]) => [name, tf.tensor(values, [...shape])]));
const vae = parametersOf('vae');
const x = tf.zeros([2, 784]) as tf.Tensor2D;
const returning = (value: unknown) => ({ negativeElboBound: () => value });

describe('the loss', () => {
  it('of a VAE is the nelbo that its bound returns', () => {
    const loss = lossOf({ family: 'vae', gw: 1 }, returning({ nelbo: tf.scalar(3), kl: tf.scalar(1), rec: tf.scalar(2) }), vae, { x });
    expect(loss.dataSync()[0]).toBe(3);
  });

  it('of an SSVAE weighs the bound with gw and the cross entropy of the labelled images a hundredfold', () => {
    // A classifier whose last layer is zero says 1/10 for every class.
    const flat = new Map(parametersOf('ssvae'));
    flat.set('classifier.2.kernel', tf.zeros([300, 10])).set('classifier.2.bias', tf.zeros([10]));
    const labelled = { x, y: tf.oneHot(tf.tensor1d([3, 8], 'int32'), 10) as tf.Tensor2D };
    const loss = (gw: number): number => lossOf({ family: 'ssvae', gw }, returning({ nelbo: tf.scalar(7) }), flat, { x, labelled }).dataSync()[0] ?? Number.NaN;
    expect(loss(1)).toBeCloseTo(7 + 100 * Math.log(10), 3);
    expect(loss(0.5)).toBeCloseTo(3.5 + 100 * Math.log(10), 3);
    // Problem 4.1 comes before the bound is written.
    const unwritten = { negativeElboBound: () => { throw new Error('not yet'); } };
    expect(lossOf({ family: 'ssvae', gw: 0 }, unwritten, flat, { x, labelled }).dataSync()[0]).toBeCloseTo(100 * Math.log(10), 3);
  });

  it.each([
    ['nothing', undefined, /must return an object whose nelbo is a tensor/],
    ['a number', 3, /must return an object/],
    ['a number by name', { nelbo: 3 }, /nelbo is a tensor/],
    ['a nelbo for every image', { nelbo: tf.zeros([2]) }, /must be a scalar, an average over the batch; it has the shape \[2\]/],
    ['a promise', Promise.resolve({}), /promise/],
  ])('cannot be had from a bound that returns %s', (_, value, reason) => {
    expect(() => lossOf({ family: 'vae', gw: 1 }, returning(value), vae, { x })).toThrow(reason);
  });
});
