/** Structure before numbers: what counts as the asked-for component, and what is said where it does not. */
import { describe, expect, it } from 'vitest';
import { findComponent } from '../../../autograder/compare/shape.ts';
import type { Value } from '../../../contract/values.ts';
import { asValue, list, numberValue, record, scalar, tensor, vector } from './evidence-builders.ts';

const ORDER = ['nelbo', 'kl', 'rec'];
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
const other = (description: string): Value => ({ kind: 'other', description });

describe('a component', () => {
  const right = record({ nelbo: 3, kl: 1, rec: 2 });
  const zeros: Value = asValue(tensor([2, 3], [0, 0, 0, 0, 0, 0]));

  it.each<[what: string, value: Value, component: string, shape: readonly number[], found: readonly number[]]>([
    ['a scalar of an object', right, 'kl', [], [1]],
    ['a scalar as a JavaScript number', { kind: 'record', entries: [['kl', numberValue(1.5)]] }, 'kl', [], [1.5]],
    ['a scalar as a list of one', { kind: 'record', entries: [['kl', asValue(vector(4))]] }, 'kl', [], [4]],
    ['beside others nobody asked for', record({ kl: 1, extra: 9 }), 'kl', [], [1]],
    ['a tuple in the handout’s order', list(asValue(scalar(3)), asValue(scalar(1)), asValue(scalar(2))), 'rec', [], [2]],
    ['a tuple with more behind', list(asValue(scalar(3)), asValue(scalar(1)), asValue(scalar(2)), numberValue(9)), 'nelbo', [], [3]],
    ['the result itself', asValue(vector(1, 2)), '', [2], [1, 2]],
    ['the result of two axes', zeros, '', [2, 3], [0, 0, 0, 0, 0, 0]],
    ['whole numbers', asValue(tensor([2], [1, 2], 'int32')), '', [2], [1, 2]],
    ['truth values, as 0 and 1', asValue(tensor([2], [1, 0], 'bool')), '', [2], [1, 0]],
    ['no numbers where none are asked for', asValue(vector()), '', [0], []],
  ])('is found: %s', (_, value, component, shape, found) => {
    expect(findComponent(value, component, ORDER, shape)).toMatchObject({ kind: 'tensor', tensor: { values: expect.objectContaining({ length: found.length }) } });
    const result = findComponent(value, component, ORDER, shape);
    expect(result.kind === 'tensor' ? Array.from(result.tensor.values) : result.problem).toEqual(found);
  });

  it.each<[what: string, value: Value, component: string, shape: readonly number[], problem: string]>([
    ['a missing component', record({ nelbo: 3, kl: 1 }), 'rec', [], 'The result has no rec: an object with nelbo, kl'],
    ['an empty object', record({}), 'rec', [], 'The result has no rec: an empty object'],
    ['a tuple that is too short', list(numberValue(1), numberValue(2)), 'rec', [], 'The result has no rec: an array of 2'],
    ['a component the handout does not order', list(numberValue(1)), 'niwae', [], 'The result has no niwae: an array of 1'],
    ['a tensor in place of an object', asValue(scalar(1)), 'nelbo', [], 'The result has no nelbo: a tensor of shape []'],
    ['a number in place of an object', numberValue(1), 'nelbo', [], 'The result has no nelbo: a number'],
    ['nothing returned', other('nothing (undefined)'), 'nelbo', [], 'The result has no nelbo: nothing (undefined)'],
    ['nothing in place of a tensor', other('nothing (undefined)'), '', [2], 'The result is nothing (undefined) instead of a tensor of shape [2]'],
    ['an object in place of a tensor', right, '', [2], 'The result is an object with nelbo, kl, rec instead of a tensor of shape [2]'],
    ['text in a component', { kind: 'record', entries: [['kl', other('a string')]] }, 'kl', [], 'kl is a string instead of a tensor of shape []'],
    ['a list in a component', { kind: 'record', entries: [['kl', list()]] }, 'kl', [], 'kl is an array of 0 instead of a tensor of shape []'],
    ['a vector for a scalar', asValue(vector(1, 2)), '', [], 'The result has shape [2] where [] is asked for'],
    ['a matrix of one for a scalar', asValue(tensor([1, 1], [1])), '', [], 'The result has shape [1, 1] where [] is asked for'],
    ['a scalar for a vector of one', asValue(scalar(1)), '', [1], 'The result has shape [] where [1] is asked for'],
    ['a number for a vector', numberValue(1), '', [3], 'The result has shape [] where [3] is asked for'],
    ['a column for a row, which would broadcast', asValue(tensor([3, 1], [1, 2, 3])), '', [3], 'The result has shape [3, 1] where [3] is asked for'],
    ['exchanged axes', zeros, '', [3, 2], 'The result has shape [2, 3] where [3, 2] is asked for'],
    ['NaN', asValue(vector(1, nan)), '', [2], 'The result holds NaN (not a number)'],
    ['an infinity', asValue(vector(1, -infinity)), '', [2], 'The result holds an infinity'],
    ['both', asValue(vector(infinity, nan)), '', [2], 'The result holds NaN (not a number)'],
    ['a number that is none', numberValue(nan), '', [], 'The result holds NaN (not a number)'],
    ['a number too large for 32 bits', numberValue(1e300), '', [], 'The result holds an infinity'],
  ])('is not accepted: %s', (_, value, component, shape, problem) => {
    expect(findComponent(value, component, ORDER, shape)).toEqual({ kind: 'problem', problem });
  });

  it.each(['toString', 'constructor', '__proto__', 'length'])('is not found on what every object inherits: %s', (name) => {
    expect(findComponent(record({ kl: 1 }), name, ORDER, [])).toMatchObject({ kind: 'problem' });
    expect(findComponent(list(), name, ORDER, [])).toMatchObject({ kind: 'problem' });
  });
});
