/**
 * Gradients that the library has wrong or not at all, against finite differences, on every backend: what a
 * right formula uses must not fail because of tfjs. Each child reads its snapshot or bundle as graded.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typescript } from '../../../../../autograder/languages/typescript/typescript.ts';
import type { Backend } from '../../../../../contract/messages.ts';
import type { Argument } from '../../../../../contract/question.ts';
import { elementCount } from '../../../../../contract/codec.ts';
import { openStudent, question, type StudentSession } from '../../../session/student-session.ts';

type Case = readonly [name: string, body: string, x: readonly number[], y: readonly number[]];

/** Each returns a scalar that weighs every element differently, so that a transposed gradient is seen. */
const CASES: readonly Case[] = [
  ['squaredDifference, row', 'tf.squaredDifference(x, y)', [2, 3], [3]],
  ['squaredDifference, column', 'tf.squaredDifference(x, y)', [2, 1], [1, 3]],
  ['squaredDifference, scalar first', 'tf.squaredDifference(x, y)', [], [2, 3]],
  ['squaredDifference, samples', 'tf.squaredDifference(x, y)', [4, 2, 3], [2, 1]],
  ['squaredDifference, equal shapes', 'tf.squaredDifference(x, y)', [2, 3], [2, 3]],
  ['mean squared error', 'tf.losses.meanSquaredError(tf.add(x, 0), tf.add(y, 0), undefined, tf.Reduction.NONE)', [2, 3], [2, 3]],
  ['maximum, row', 'tf.maximum(x, y)', [2, 3], [3]],
  ['maximum, scalar first', 'tf.maximum(x, y)', [], [2, 3]],
  ['minimum, column', 'tf.minimum(x, y)', [2, 1], [2, 3]],
  ['matMul, one matrix for a batch', 'tf.matMul(x, y)', [4, 2, 3], [3, 2]],
  ['matMul, a batch of one', 'tf.matMul(x, y)', [4, 2, 3], [1, 3, 2]],
  ['matMul, transposed', 'tf.matMul(x, y, true, true)', [3, 2], [4, 2, 3]],
  ['matMul, plain', 'tf.matMul(x, y)', [2, 3], [3, 2]],
  ['cumsum over rows', 'tf.mul(tf.cumsum(x, 0), y)', [3, 3], [3]],
  ['cumsum in the middle, exclusive and reversed', 'tf.mul(tf.cumsum(x, 1, true, true), y)', [2, 3, 2], [2]],
  ['a mask', 'tf.where(tf.greater(x, y), tf.square(x), tf.mul(3, y))', [2, 3], [3]],
  ['a mask by multiplication', 'tf.mul(tf.cast(tf.lessEqual(x, y), "float32"), tf.square(x))', [2, 3], [3]],
  ['a mask of several conditions', 'tf.where(tf.logicalAnd(tf.logicalNot(tf.less(x, y)), tf.notEqual(x, 0)), x, tf.exp(y))', [2, 3], [3]],
  ['divNoNan', 'tf.divNoNan(x, tf.add(y, 3))', [2, 3], [3]],
  ['logSigmoid of a result', 'tf.logSigmoid(tf.mul(x, y))', [2, 3], [3]],
  ['split into one', 'tf.mul(tf.split(x, 1, 1)[0], y)', [2, 3], [3]],
  ['unstack of one', 'tf.mul(tf.unstack(x)[0], y)', [1, 3], [3]],
  ['einsum, matrices', "tf.einsum('ij,jk->ik', x, y)", [2, 3], [3, 4]],
  ['einsum, matrices, exchanged', "tf.einsum('ij,jk->ki', x, y)", [2, 3], [3, 4]],
  ['einsum, a quadratic form', "tf.einsum('bz,bz->b', x, y)", [2, 3], [2, 3]],
  ['einsum, a vector for every row', "tf.einsum('bz,z->bz', x, y)", [2, 3], [3]],
  ['einsum, an outer product', "tf.einsum('i,j->ji', x, y)", [2], [3]],
  ['einsum, to a scalar', "tf.einsum('ij,ji->', x, y)", [2, 3], [3, 2]],
  ['einsum, a label that only one argument has', "tf.einsum('bkz,bz->kb', x, y)", [2, 4, 3], [2, 3]],
  ['einsum, batches', "tf.einsum('bij,bjk->bik', x, y)", [2, 2, 3], [2, 3, 2]],
  ['einsum, one argument', "tf.mul(tf.einsum('ijk->ki', x), y)", [2, 3, 2], [2]],
  ['einsum, the sum of all', "tf.mul(tf.einsum('ij->', x), y)", [2, 3], []],
  ['unstack and stack', 'tf.stack(tf.unstack(x, 1).map((column) => tf.mul(column, y)), 1)', [2, 3], [2]],
];

const program = `
import * as tf from '@tensorflow/tfjs';
const weighed = (t: tf.Tensor) => tf.sum(tf.mul(t, tf.reshape(tf.linspace(0.5, 2, t.size), t.shape)));
${CASES.map(([, body], index) => `export const case${index} = (x: tf.Tensor, y: tf.Tensor) => weighed(${body});`).join('\n')}
`;

/** Apart from each other, so that no maximum and no comparison changes sides within a step. */
const numbers = (count: number, phase: number): number[] => Array.from({ length: count }, (_, index) => 1.3 * Math.sin(2.1 * index + phase) + 0.07 * index);

const STEP = 2 ** -7;

describe.each<Backend>(['cpu', 'wasm', 'native'])('on %s', (backend) => {
  // WebAssembly has no einsum at all: such a call goes to the plain backend.
  const cases = CASES.map(([name], index) => [name, index] as const).filter(([name]) => backend !== 'wasm' || !name.startsWith('einsum'));
  const isHere = typescript.launch(backend) !== null;
  let opened: StudentSession;
  beforeAll(async () => {
    if (isHere) opened = await openStudent(program, { isolation: 'none', backend, tasks: 100 });
  });
  afterAll(() => opened?.session.close());

  it.skipIf(!isHere).each(cases)('%s', async (_, index) => {
    const [, , xShape, yShape] = CASES[index] ?? CASES[0] ?? ['', '', [], []];
    const at = { x: numbers(elementCount(xShape), 0.4), y: numbers(elementCount(yShape), 1.9) };
    const ask = async (x: readonly number[], y: readonly number[], gradients: readonly { component: string }[]) => {
      const tensor = (name: string, shape: readonly number[], values: readonly number[]): Argument => ({
        kind: 'tensor',
        name,
        tensor: { dtype: 'float32', shape, values: Float32Array.from(values) },
      });
      opened.session.startTask();
      const reply = await opened.session.ask(question({ function: `case${index}`, arguments: [tensor('x', xShape, x), tensor('y', yShape, y)], gradients }));
      if (reply.kind !== 'returned' || reply.value.kind !== 'tensor') throw new Error(JSON.stringify(reply));
      return { value: reply.value.tensor.values[0] ?? Number.NaN, gradient: reply.gradients[0] };
    };
    const slope = async (which: 'x' | 'y', place: number): Promise<number> => {
      const moved = (by: number) => at[which].map((value, other) => (other === place ? value + by : value));
      const value = async (by: number) => (await (which === 'x' ? ask(moved(by), at.y, []) : ask(at.x, moved(by), []))).value;
      return ((await value(STEP)) - (await value(-STEP))) / (2 * STEP);
    };

    const { gradient } = await ask(at.x, at.y, [{ component: '' }]);
    expect(gradient?.error).toBeNull();
    for (const which of ['x', 'y'] as const) {
      const actual = [...(gradient?.modules.get(which)?.values ?? at[which].map(() => 0))];
      expect(actual).toHaveLength(at[which].length);
      for (const [place, value] of actual.entries()) {
        expect(Math.abs(value - (await slope(which, place))) / (1 + Math.abs(value))).toBeLessThan(5e-3);
      }
    }
  });
});
