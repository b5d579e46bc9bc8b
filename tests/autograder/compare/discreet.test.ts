/** A hidden case's inputs can be put into whatever a child is free to word: none of that may reach a student. */
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../contract/reply.ts';
import { asValue, gradientOf, record, returned, scalar } from './evidence-builders.ts';
import { allRight, cases, judge, right } from './judged-bound.ts';

/** As a function would word it that has read its input. */
const LOOT = 'x is 0.8147236';

type Answer = Extract<Reply, { kind: 'returned' }>;
type Change = (answer: Answer) => Reply;

/** Right but for one case. */
function judgedWith(id: string, change: Change): ReturnType<typeof judge> {
  const entry = cases.find((candidate) => candidate.case === id) ?? expect.fail(`no case ${id}`);
  return judge({ ...allRight(), [id]: change(right(entry, 'row, latent')) });
}
const basic = (change: Change) => judgedWith('A', change);
const hidden = (change: Change) => judgedWith('B', change);

const differentiated = (error: string): Change => (answer) => ({ ...answer, gradients: answer.gradients.map(({ component }) => gradientOf(component, {}, error)) });

describe('of a hidden case nothing is told that the child worded', () => {
  it.each<[what: string, change: Change]>([
    ['the message of an error', () => ({ kind: 'threw', error: { name: 'TypeError', message: LOOT, frames: [] } })],
    ['the name of an error', () => ({ kind: 'threw', error: { name: LOOT, message: '', frames: [] } })],
    ['an error while it is differentiated', differentiated(LOOT)],
    ['the sentence of an open stub', () => ({ kind: 'unanswered', reason: LOOT })],
    ['the names in an object', () => returned(record({ [LOOT]: 1, kl: 1 }))],
    ['the names in an object in an object', () => returned({ kind: 'record', entries: [['nelbo', record({ [LOOT]: 1 })], ['kl', record({ [LOOT]: 1 })]] })],
    ['what a child calls a strange value', () => returned({ kind: 'other', description: LOOT })],
    ['a strange value in a component', () => returned({ kind: 'record', entries: [['nelbo', { kind: 'other', description: LOOT }], ['kl', asValue(scalar(1))]] })],
    ['a strange value in a tuple', () => returned({ kind: 'list', items: [{ kind: 'other', description: LOOT }] })],
  ])('%s', (_, change) => {
    expect(JSON.stringify(hidden(change))).not.toContain(LOOT);
    expect(hidden(change).outcome).not.toBe('pass');
    // The same in a basic case is shown: whoever looks for a mistake needs it.
    expect(JSON.stringify(basic(change))).toContain(LOOT);
  });

  it('but in our own words: what is missing, and what is there instead', () => {
    const told = (reply: Reply): string => JSON.stringify(hidden(() => reply).checks.map(({ message }) => message));
    expect(told(returned({ kind: 'other', description: 'nothing (undefined)' }))).toContain('The result has no nelbo: nothing (undefined)');
    expect(told(returned(record({ kl: 1, [LOOT]: 1 })))).toContain('an object with kl, another name');
  });

  it('and a gap of the library stays one', () => {
    const gap = differentiated('Cannot compute gradient: gradient function not found for Einsum.');
    expect(hidden(gap).checks.find(({ check }) => check === 'gradient')).toMatchObject({ outcome: 'awaiting-person' });
  });
});
