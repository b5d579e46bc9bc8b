/** The handout's totals, 60 of theory and 40 of programming; the split within them is ours. Its errata, as they are held here. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/nyu-hw4/assignment.ts';
import { checkDerivation, derivationTasks } from '../../../autograder/derivation/derivation.ts';
import { packagingRules, tasksOf } from '../../../contract/rubric.ts';
import type { Task } from '../../../contract/task.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const tasks = tasksOf(assignment);
const sum = (own: readonly Task[], bonus: boolean): number => own.filter((task) => task.bonus === bonus).reduce((total, { points }) => total + points, 0);

const rows: readonly (readonly [id: string, marks: number, kind: Task['kind'], bonus?: 'bonus'])[] = [
  ['theory/elbo-plus-kl', 9, 'derivation'],
  ['theory/lower-bound', 5, 'written'],
  ['theory/reconstruction-minus-kl', 9, 'derivation'],
  ['theory/roles-of-the-terms', 6, 'written'],
  ['theory/joint-plus-entropy', 5, 'derivation', 'bonus'],
  ['theory/bernoulli-cross-entropy', 9, 'derivation'],
  ['theory/gaussian-squared-error', 9, 'derivation'],
  ['theory/reparameterization', 4, 'written'],
  ['theory/overlapping-latents', 4, 'written'],
  ['theory/missing-labels', 5, 'written'],
  ['theory/discrete-latents', 3, 'written', 'bonus'],
  ['conv-vae/encoder', 4, 'function'],
  ['conv-vae/reparameterize', 3, 'function'],
  ['conv-vae/decoder', 3, 'function'],
  ['conv-vae/loss', 5, 'function'],
  ['conv-vae/negative-elbo', 4, 'function'],
  ['conv-vae/trained', 1, 'networks'],
  ['conditional-vae/encoder', 4, 'function'],
  ['conditional-vae/decoder', 4, 'function'],
  ['conditional-vae/negative-elbo', 6, 'function'],
  ['conditional-vae/generate', 3, 'function'],
  ['conditional-vae/trained', 1, 'networks'],
  ['conditional-vae/recognised', 2, 'networks'],
];

describe('marks', () => {
  it('stand row by row', () => {
    expect(tasks.map(({ id, points, kind, bonus }) => [id, points, kind, bonus])).toEqual(rows.map(([id, marks, kind, bonus]) => [`nyu-hw4/${id}`, marks, kind, bonus === 'bonus']));
  });

  it('add up to 60 of theory, 40 of programming and two bonuses', () => {
    expect(assignment.questions.map(({ id, tasks: own }) => [id, sum(own, false), sum(own, true)])).toEqual([
      ['theory', 60, 8],
      ['conv-vae', 20, 0],
      ['conditional-vae', 20, 0],
    ]);
    expect(tasks.filter(({ bonus }) => bonus)).toHaveLength(2);
  });

  it('are told to students as they are', () => {
    const readme = readFileSync(path.join(root, 'student-template/nyu-hw4/README.md'), 'utf8');
    const told = [...readme.matchAll(/^\|.*\| ([\d, ]+) \|$/gm)].flatMap(([, marks = '']) => marks.split(', ').map(Number));
    expect(told.reduce((total, marks) => total + marks, 0)).toBe(100 + 8);
    expect(tasks.filter((task) => task.kind === 'function' && !readme.includes(`| \`${task.function}\` |`))).toEqual([]);
  });

  it('of a person have a model answer and criteria', () => {
    const marking = readFileSync(path.join(root, 'reference/nyu-hw4/marking.md'), 'utf8');
    const headings = [...marking.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(tasks.filter(({ kind }) => kind !== 'function').map(({ id }) => id));
  });
});

describe('errata', () => {
  const task = derivationTasks.get('nyu-hw4/theory/gaussian-squared-error');
  const judged = (end: string) => {
    if (task === undefined) throw new Error('there is no such task');
    return checkDerivation(['```', '-log p(x|z) = -sum[d=1..D](log N(x[d]; xhat[d], s2))', end, '```'].join('\n'), task);
  };

  it.each([
    ['with both', '= sum[d=1..D]((x[d] - xhat[d])^2) / (2 * s2) + D / 2 * log(2 * pi * s2)'],
    ['without the summand', '=+[x, xhat] sum[d=1..D]((x[d] - xhat[d])^2) / (2 * s2)'],
    ['without the factor and the summand', '=~[x, xhat] sum[d=1..D]((x[d] - xhat[d])^2)'],
  ])('3.2 ends %s', (_, end) => {
    expect(judged(end)).toMatchObject({ verdict: 'shown' });
  });

  it('3.2 does not end with the factor dropped as if it were a summand', () => {
    expect(judged('=+[x, xhat] sum[d=1..D]((x[d] - xhat[d])^2)')).not.toMatchObject({ verdict: 'shown' });
  });

  it('takes the notebook under both of its names', () => {
    expect(assignment.handIn.packaging?.one.find(({ id }) => id === 'one-notebook')?.names).toEqual(['hw_4.ipynb', 'hw4_vae.ipynb']);
    expect(assignment.handIn.results).toEqual(expect.arrayContaining(['hw_4.ipynb', 'hw4_vae.ipynb']));
  });
});

it('names the rules of packaging for which a term may set a cost', () => {
  expect(assignment.handIn.packaging === undefined ? [] : packagingRules(assignment.handIn.packaging)).toEqual(['archive-name', 'one-pdf', 'one-notebook', 'id-in-names']);
});
