/** What a child may say: the agreed messages and nothing beside them. */
import { describe, expect, it } from 'vitest';
import { FromChild } from '../../contract/messages.ts';
import { parser, SchemaError } from '../../contract/schema.ts';
import { MAX_ENTRIES } from '../../contract/values.ts';

const parse = parser('a message', FromChild);

const number = { kind: 'number', offset: 0 };
const answer = (result: unknown, rest: object = {}) => ({ type: 'answer', id: 1, result, gradients: [], draws: [], operations: 0, ...rest });
const returned = (value: unknown) => answer({ kind: 'returned', value });
const list = (...items: unknown[]) => ({ kind: 'list', items });
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

describe('a message that is agreed', () => {
  it.each<[string, object]>([
    ['ready', { type: 'ready', protocol: 1, backend: 'cpu' }],
    ['console text', { type: 'console', text: 'ψ\n' }],
    ['a number', returned(number)],
    ['a tensor of rank 8', returned({ kind: 'tensor', tensor: { dtype: 'bool', shape: many(8, 1), offset: 8 } })],
    ['a record in a list', returned(list({ kind: 'record', entries: [['nelbo', number]] }))],
    ['something of another kind', returned({ kind: 'other', description: 'a function' })],
    ['an error', answer({ kind: 'threw', error: { name: 'Error', message: '', frames: [{ path: 'vae.ts', line: 3, column: 7 }] } })],
    ['nothing to ask', answer({ kind: 'unanswered', reason: 'not written yet' })],
    ['a kernel this backend lacks', answer({ kind: 'unsupported', kernel: 'Einsum' })],
    ['a gradient that is zero', answer({ kind: 'returned', value: number }, { gradients: [{ component: 'kl', modules: [{ module: 'decoder', tensor: null }] }] })],
    ['a record of draws', answer({ kind: 'returned', value: number }, { draws: [{ law: 'normal', seeded: false, count: 12 }] })],
  ])('is believed: %s', (_, message) => {
    expect(parse(message)).toBe(message);
  });
});

describe('a message that is not', () => {
  it.each<[string, unknown]>([
    ['no kind', { text: 'x' }],
    ['a kind of its own', { type: 'result', score: 100 }],
    ['marks beside an answer', { ...returned(number), score: 100 }],
    ['marks inside a result', answer({ kind: 'returned', value: number, passed: true })],
    ['two results in one', answer({ kind: 'threw', value: number, error: { name: '', message: '', frames: [] } })],
    ['an id as text', { ...returned(number), id: '1' }],
    ['an id that is no whole number', { ...returned(number), id: 1.5 }],
    ['another protocol', { type: 'ready', protocol: 2, backend: 'cpu' }],
    ['another backend', { type: 'ready', protocol: 1, backend: 'webgl' }],
    ['a number as JSON', returned({ kind: 'number', value: 1 })],
    ['a negative offset', returned({ kind: 'number', offset: -8 })],
    ['half an offset', returned({ kind: 'number', offset: 0.5 })],
    ['a negative dimension', returned({ kind: 'tensor', tensor: { dtype: 'float32', shape: [-1], offset: 0 } })],
    ['rank 9', returned({ kind: 'tensor', tensor: { dtype: 'float32', shape: many(9, 1), offset: 0 } })],
    ['a type without bytes', returned({ kind: 'tensor', tensor: { dtype: 'string', shape: [1], offset: 0 } })],
    ['lists nested too deep', returned(list(list(list(number))))],
    ['a list too long', returned(list(...many(MAX_ENTRIES + 1, number)))],
    ['a record with a planted prototype', returned({ kind: 'record', entries: { __proto__: null, nelbo: number } })],
    ['an error text without end', answer({ kind: 'threw', error: { name: 'Error', message: 'x'.repeat(4001), frames: [] } })],
    ['too many frames', answer({ kind: 'threw', error: { name: '', message: '', frames: many(11, { path: '', line: 1, column: 1 }) } })],
    ['a negative count', answer({ kind: 'returned', value: number }, { operations: -1 })],
    ['too many draws', answer({ kind: 'returned', value: number }, { draws: many(257, { law: 'normal', seeded: false, count: 1 }) })],
  ])('is refused: %s', (_, message) => {
    expect(() => parse(message)).toThrow(SchemaError);
  });

  it.each(['{"type":"console","text":"","__proto__":{"x":1}}', '{"__proto__":{"type":"console","text":""}}'])('is refused: %s', (text) => {
    expect(() => parse(JSON.parse(text))).toThrow(SchemaError);
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });
});
