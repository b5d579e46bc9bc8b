/** A column is a vector where a task says so, in whatever it stands. */
import { describe, expect, it } from 'vitest';
import { withoutColumns } from '../../../autograder/compare/columns.ts';
import type { Reply } from '../../../contract/reply.ts';
import type { Value } from '../../../contract/values.ts';

const tensor = (...shape: number[]): Value => ({ kind: 'tensor', tensor: { dtype: 'float32', shape, values: new Float32Array(shape.reduce((product, size) => product * size, 1)) } });
const returned = (value: Value): Reply => ({ kind: 'returned', value, gradients: [], draws: [], operations: 0 });

describe('withoutColumns', () => {
  it.each<[before: Value, after: Value]>([
    [tensor(5, 1), tensor(5)],
    [tensor(1, 1), tensor(1)],
    [tensor(5), tensor(5)],
    [tensor(5, 2), tensor(5, 2)],
    [tensor(1, 5), tensor(1, 5)],
    [tensor(5, 1, 1), tensor(5, 1, 1)],
    [{ kind: 'number', value: 3 }, { kind: 'number', value: 3 }],
    [{ kind: 'list', items: [tensor(3, 1)] }, { kind: 'list', items: [tensor(3)] }],
    [{ kind: 'record', entries: [['a', tensor(3, 1)]] }, { kind: 'record', entries: [['a', tensor(3)]] }],
    [{ kind: 'other', description: 'null' }, { kind: 'other', description: 'null' }],
  ])('%#', (before, after) => {
    expect(withoutColumns(returned(before))).toEqual(returned(after));
  });

  it('leaves what did not return alone', () => {
    const threw: Reply = { kind: 'threw', error: { name: 'Error', message: '', frames: [] } };
    expect(withoutColumns(threw)).toBe(threw);
  });
});
