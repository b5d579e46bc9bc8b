/** The homework as it was set: every row of the handout's marks. What holds for every homework is in assignments.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { checkpointPath } from '../../../contract/checkpoint.ts';
import { tasksOf } from '../../../contract/rubric.ts';
import type { FigureTask, FunctionTask, Task, TrainedTask } from '../../../contract/task.ts';
import { METRICS_FILE } from '../../../contract/training-metrics.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const template = path.join(root, 'student-template/cs236-hw2');
const tasks = tasksOf(assignment);
const functionTasks = tasks.filter((task): task is FunctionTask => task.kind === 'function');
const trainedTasks = tasks.filter((task): task is TrainedTask => task.kind === 'trained');
const figureTasks = tasks.filter((task): task is FigureTask => task.kind === 'figure');
const resultTasks = [...trainedTasks, ...figureTasks];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

/** Marks, kind of task, and whether it is bonus, in the handout's order. */
const handout: readonly (readonly [id: string, marks: number, kind: Task['kind'], bonus?: 'bonus'])[] = [
  ['vae/sample-gaussian', 6, 'function'],
  ['vae/negative-elbo-bound', 6, 'function'],
  ['vae/trained', 3, 'trained'],
  ['vae/samples', 3, 'figure'],
  ['vae/beta-vae', 3, 'written'],
  ['gmvae/log-normal', 4, 'function'],
  ['gmvae/log-normal-mixture', 6, 'function'],
  ['gmvae/negative-elbo-bound', 6, 'function'],
  ['gmvae/trained', 3, 'trained'],
  ['gmvae/samples', 3, 'figure'],
  ['iwae/lower-bound-proof', 6, 'derivation'],
  ['iwae/vae-negative-iwae-bound', 6, 'function'],
  ['iwae/vae-evaluated', 3, 'trained'],
  ['iwae/gmvae-negative-iwae-bound', 3, 'function'],
  ['iwae/gmvae-evaluated', 1, 'trained'],
  ['iwae/gmvae-compare-and-contrast', 2, 'written'],
  ['ssvae/supervised-accuracy', 1, 'trained'],
  ['ssvae/negative-elbo-bound', 15, 'function'],
  ['ssvae/semi-supervised-accuracy', 3, 'trained'],
  ['fsvae/elbo-derivation', 3, 'derivation', 'bonus'],
  ['fsvae/negative-elbo-bound', 4, 'function', 'bonus'],
  ['fsvae/samples', 2, 'figure', 'bonus'],
];

describe('marks', () => {
  it('are the handout’s, row by row', () => {
    expect(tasks.map(({ id, points, kind, bonus }) => [id, points, kind, bonus])).toEqual(
      handout.map(([id, marks, kind, bonus]) => [`cs236-hw2/${id}`, marks, kind, bonus === 'bonus']),
    );
  });

  it('add up to 83 and 9 of bonus, problem by problem', () => {
    const marksOf = (wanted: readonly Task[], bonus: boolean): number => sum(wanted.filter((task) => task.bonus === bonus).map(({ points }) => points));
    expect(assignment.questions.map(({ id, tasks: own }) => [id, marksOf(own, false), marksOf(own, true)])).toEqual([
      ['vae', 21, 0],
      ['gmvae', 22, 0],
      ['iwae', 21, 0],
      ['ssvae', 19, 0],
      ['fsvae', 0, 9],
    ]);
    expect([marksOf(tasks, false), marksOf(tasks, true)]).toEqual([83, 9]);
  });

  it('are all given by the machine or put before a person', () => {
    const kinds = ['function', 'derivation', 'trained', 'figure', 'written'] as const;
    const given = kinds.map((kind) => [kind, sum(tasks.filter((task) => task.kind === kind).map(({ points }) => points))]);
    // Functions are run, derivations are checked line by line, checkpoints are measured, pictures are looked through; the rest a person reads.
    expect(given).toEqual([['function', 56], ['derivation', 9], ['trained', 14], ['figure', 8], ['written', 5]]);
    expect(sum(given.map(([, marks]) => Number(marks)))).toBe(83 + 9);
  });

  it('none are given for being vectorised', () => {
    expect(functionTasks.flatMap(({ checks }) => checks).filter(({ kind, points }) => (kind === 'vectorised' || kind === 'training') && points !== 0)).toEqual([]);
    expect(functionTasks.flatMap(({ checks }) => checks).filter(({ kind, points }) => kind !== 'vectorised' && kind !== 'training' && points <= 0)).toEqual([]);
  });
});

describe('files', () => {
  it('of every question are there: assignment, and what belongs to no question', () => {
    expect(readdirSync(path.join(root, 'assignments/cs236-hw2')).toSorted()).toEqual(
      ['assignment.ts', 'bands.ts', 'hints.ts', 'limits.ts', 'python.ts', 'trained.ts', ...assignment.questions.map(({ id }) => `${id}.ts`)].toSorted(),
    );
  });
});

describe('what is handed in', () => {
  it('may hold what training leaves, for the tasks that rest on it', () => {
    const files = [METRICS_FILE, ...resultTasks.map(({ run }) => checkpointPath(run)), ...figureTasks.map(({ picture }) => picture)];
    expect(assignment.handIn.results.toSorted()).toEqual([...new Set(files)].toSorted());
  });

  it('rests on functions of the homework, and on bands that are kept', () => {
    const known = new Set(functionTasks.map(({ id }) => id));
    expect(trainedTasks.flatMap(({ buildsOn }) => buildsOn).filter((id) => !known.has(id))).toEqual([]);
    const banded = trainedTasks.flatMap(({ run, banded: quantities }) => quantities.map((quantity) => `${run} ${quantity}`));
    const kept = new Set((assignment.bands ?? []).filter(({ limit }) => limit !== undefined).map(({ run, quantity }) => `${run} ${quantity}`));
    expect(banded.filter((name) => !kept.has(name))).toEqual([]);
  });

  it.each(functionTasks)('$id is named in the template as the handout names it', ({ handoutName }) => {
    const readme = readFileSync(path.join(template, 'README.md'), 'utf8');
    const [name = '', file = ''] = handoutName.split(' in ');
    expect(readme).toContain(`| \`${name}\`, \`${file}\` |`);
  });
});
