/** The handout gives no marks: these 100 are ours, and stated in docs/assignments.md. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/kth-1b/assignment.ts';
import { tasksOf } from '../../../contract/rubric.ts';
import type { Task } from '../../../contract/task.ts';

const tasks = tasksOf(assignment);
const sum = (own: readonly Task[]): number => own.reduce((total, { points }) => total + points, 0);

/** In the handout's order; functions it has no code for are practice. */
const rows: readonly (readonly [id: string, marks: number, kind: Task['kind']])[] = [
  ['cavi/graphical-model', 4, 'written'],
  ['cavi/log-joint', 6, 'derivation'],
  ['cavi/optimal-z', 6, 'derivation'],
  ['cavi/optimal-lambda', 6, 'derivation'],
  ['cavi/optimal-mu', 6, 'derivation'],
  ['cavi/expectations', 6, 'derivation'],
  ['cavi/update-z', 0, 'function'],
  ['cavi/update-lambda', 0, 'function'],
  ['cavi/update-mu', 0, 'function'],
  ['cavi/elbo', 0, 'function'],
  ['cavi/coordinate-ascent', 0, 'function'],
  ['vae/elbo-rewritten', 6, 'derivation'],
  ['vae/gaussian-kl', 10, 'derivation'],
  ['vae/reparameterization', 4, 'function'],
  ['vae/loss-function', 6, 'function'],
  ['vae/trained', 4, 'trained'],
  ['vae/reconstruction', 2, 'figure'],
  ['vae/from-noise', 2, 'figure'],
  ['sticking-the-landing/gradient-decomposition', 6, 'derivation'],
  ['sticking-the-landing/zero-mean-score', 6, 'derivation'],
  ['sticking-the-landing/dropping-the-score', 3, 'written'],
  ['sticking-the-landing/control-variate', 3, 'written'],
  ['sticking-the-landing/gradient-parts', 0, 'function'],
  ['reparameterisation/exponential', 2, 'derivation'],
  ['reparameterisation/exp-sampler', 1, 'function'],
  ['reparameterisation/inv-cdf-exp', 1, 'function'],
  ['reparameterisation/exp-reparametrize', 1, 'function'],
  ['reparameterisation/exponential-histogram', 1, 'written'],
  ['reparameterisation/gumbel-softmax', 2, 'derivation'],
  ['reparameterisation/categorical-sampler', 1, 'function'],
  ['reparameterisation/categorical-reparametrize', 2, 'function'],
  ['reparameterisation/categorical-histogram', 1, 'written'],
  ['reparameterisation/argmax', 2, 'function'],
];

describe('marks', () => {
  it('are ours, row by row, and none is a bonus', () => {
    expect(tasks.map(({ id, points, kind }) => [id, points, kind])).toEqual(rows.map(([id, marks, kind]) => [`kth-1b/${id}`, marks, kind]));
    expect(tasks.filter(({ bonus }) => bonus)).toEqual([]);
  });

  it('add up to 100, section by section', () => {
    expect(assignment.questions.map((question) => [question.id, sum(question.tasks)])).toEqual([
      ['cavi', 34],
      ['vae', 34],
      ['sticking-the-landing', 18],
      ['reparameterisation', 14],
    ]);
    expect(sum(tasks)).toBe(100);
  });

  it('are for 88 given by the machine, eight of them where a checkpoint is handed in, and for 12 by a person', () => {
    const ofKind = (kind: Task['kind']): number => sum(tasks.filter((task) => task.kind === kind));
    expect([ofKind('function'), ofKind('derivation'), ofKind('trained') + ofKind('figure'), ofKind('written')]).toEqual([18, 62, 8, 12]);
  });

  it('are those that the template’s page tells students', () => {
    const readme = readFileSync(path.resolve(import.meta.dirname, '../../../student-template/kth-1b/README.md'), 'utf8');
    const told = [...readme.matchAll(/^\|.*\| (\d+) \|$/gm)].map(([, marks]) => Number(marks));
    expect(told.reduce((total, marks) => total + marks, 0)).toBe(100);
    const functions = tasks.flatMap((task) => (task.kind === 'function' ? [`| \`${task.module}\` | \`${task.function}\` |`] : []));
    expect(functions.filter((row) => !readme.includes(row))).toEqual([]);
    const files = tasks.flatMap((task) => (task.kind === 'derivation' ? [task.file] : task.kind === 'written' && task.answer.kind === 'picture' ? [task.answer.file ?? ''] : []));
    expect(files.filter((file) => !readme.includes(`| \`${file}\` |`))).toEqual([]);
  });
});
