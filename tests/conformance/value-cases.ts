/** Tensors and numbers reach the function and come back with every bit. */
import { describe, expect, it } from 'vitest';
import type { TensorData } from '../../contract/values.ts';
import { AWKWARD, tensorBits } from '../contract/value-arbitraries.ts';
import { type Asker, floats, numbersOf, tensorArgument, valueOf } from './asker.ts';

const TENSORS: readonly (readonly [string, TensorData])[] = [
  ['awkward numbers', floats([AWKWARD.length], AWKWARD)],
  ['a scalar', floats([], [1.5])],
  ['rank 6', floats([1, 2, 1, 2, 1, 2], [1, 2, 3, 4, 5, 6, 7, 8])],
  ['nothing in a shape', floats([0, 3], [])],
  ['whole numbers', { dtype: 'int32', shape: [2, 2], values: Int32Array.of(-(2 ** 31), 2 ** 31 - 1, 0, -1) }],
  ['truth values', { dtype: 'bool', shape: [3], values: Uint8Array.of(1, 0, 1) }],
  ['an image batch', floats([100, 784], Array.from({ length: 78_400 }, (_, index) => Math.sin(index)))],
];

export function describeValues(asker: () => Asker): void {
  describe('values', () => {
    it.each(TENSORS)('%s', async (_, tensor) => {
      const value = valueOf(await asker().ask('echo', 'same', { arguments: [tensorArgument('x', tensor)] }));
      expect(value.kind === 'tensor' ? tensorBits(value.tensor) : value).toEqual(tensorBits(tensor));
    });

    it('arrive in the order of the arguments', async () => {
      const reply = await asker().ask('echo', 'all', {
        arguments: [{ kind: 'number', value: 0.1 }, tensorArgument('x', floats([2], [1, 2])), { kind: 'number', value: -3 }],
      });
      expect(numbersOf(valueOf(reply))).toEqual([0.1, 1, 2, -3]);
    });

    it('arrive as the language’s own tensors and numbers', async () => {
      const reply = await asker().ask('echo', 'kinds', { arguments: [{ kind: 'number', value: 1 }, tensorArgument('x', floats([1], [1]))] });
      expect(numbersOf(valueOf(reply))).toEqual([0, 1]);
    });

    it('come back by name', async () => {
      const scalars = [tensorArgument('a', floats([], [1])), tensorArgument('b', floats([], [2]))];
      const value = valueOf(await asker().ask('echo', 'record', { arguments: scalars }));
      expect(value.kind === 'record' && value.entries.map(([key]) => key)).toEqual(['nelbo', 'kl']);
      expect(numbersOf(value)).toEqual([1, 2]);
    });

    it('come back as numbers with every bit', async () => {
      expect(numbersOf(valueOf(await asker().ask('echo', 'numbers')))).toEqual([Number.NaN, Infinity, -Infinity, -0, 0.1, 5e-324]);
    });

    it('come back from a function that answers later', async () => {
      if (asker().programs.lacks.includes('later')) return;
      const reply = await asker().ask('echo', 'later', { arguments: [tensorArgument('x', floats([1], [4]))] });
      expect(numbersOf(valueOf(reply))).toEqual([4]);
    });
  });
}
