/** The homework as it was set: every row of the handout's marks, and ids and files that agree with one another. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignments } from '../../../assignments/assignments.ts';
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import { derivationTasks } from '../../../autograder/derivation/derivation.ts';
import { checkpointPath } from '../../../contract/checkpoint.ts';
import { Assignment, tasksOf } from '../../../contract/rubric.ts';
import { parser } from '../../../contract/schema.ts';
import type { FigureTask, FunctionTask, Task, TrainedTask, WrittenTask } from '../../../contract/task.ts';
import { METRICS_FILE } from '../../../contract/training-metrics.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const template = path.join(root, 'student-template/cs236-hw2');
const tasks = tasksOf(assignment);
const functionTasks = tasks.filter((task): task is FunctionTask => task.kind === 'function');
const writtenTasks = tasks.filter((task): task is WrittenTask => task.kind === 'written');
const derivations = tasks.filter((task) => task.kind === 'derivation');
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

  it.each([...functionTasks, ...resultTasks])('of $id are shared out among its checks', ({ checks, points }) => {
    expect(sum(checks.map((check) => check.points))).toBeCloseTo(points, 10);
  });

  it('none are given for being vectorised', () => {
    expect(functionTasks.flatMap(({ checks }) => checks).filter(({ kind, points }) => kind === 'vectorised' && points !== 0)).toEqual([]);
    expect(functionTasks.flatMap(({ checks }) => checks).filter(({ kind, points }) => kind !== 'vectorised' && points <= 0)).toEqual([]);
  });
});

describe('derivations', () => {
  it.each(derivations)('$id can be checked, and stands in the file of its name', ({ id, file }) => {
    expect(derivationTasks.has(id)).toBe(true);
    expect(file).toBe(`derivations/${id.split('/').slice(1).join('-')}.md`);
  });
});

describe('ids', () => {
  it('are unique and say assignment, question and task', () => {
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    for (const { id, tasks: own } of assignment.questions) {
      expect(own.filter((task) => !task.id.startsWith(`${assignment.id}/${id}/`))).toEqual([]);
    }
    expect([...assignments]).toEqual([[assignment.id, assignment]]);
  });

  it.each(functionTasks)('of the checks of $id differ from one another', ({ checks }) => {
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length);
  });

  it('name the files of every question: assignment, fixtures, reference and template', () => {
    expect(readdirSync(path.join(root, 'assignments/cs236-hw2')).toSorted()).toEqual(
      ['assignment.ts', 'bands.ts', 'hints.ts', 'limits.ts', 'python.ts', 'trained.ts', ...assignment.questions.map(({ id }) => `${id}.ts`)].toSorted(),
    );
    expect(assignment.questions.map(({ id }) => `fixtures/cs236-hw2/${id}.json`).filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    for (const { module } of functionTasks) {
      expect([`reference/cs236-hw2/${module}`, `student-template/cs236-hw2/${module}`].filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
    }
  });
});

describe('what is handed in', () => {
  it('is exactly the files that tasks are about', () => {
    expect(assignment.handIn.code.toSorted()).toEqual([...new Set(functionTasks.map(({ module }) => module))].toSorted());
    const files = [...[...writtenTasks, ...trainedTasks].flatMap(({ answer }) => (answer.kind === 'text' ? [answer.file] : [])), ...derivations.map(({ file }) => file)];
    expect(assignment.handIn.written.toSorted()).toEqual([...new Set(files)].toSorted());
  });

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

  it('is all in the template', () => {
    const { code, written, given } = assignment.handIn;
    expect([...code, ...written, ...given].filter((file) => !existsSync(path.join(template, file)))).toEqual([]);
    expect(given.map((file) => path.basename(file)).toSorted()).toEqual(readdirSync(path.join(template, 'given')).toSorted());
  });

  it.each(functionTasks)('$id is a function the template exports', ({ module, function: name }) => {
    expect(readFileSync(path.join(template, module), 'utf8')).toContain(`export function ${name}(`);
  });

  it('has a heading under the task’s id for every typed answer', () => {
    const under = [...writtenTasks, ...trainedTasks].flatMap(({ id, answer }) => (answer.kind === 'text' && answer.heading !== undefined ? [{ id, heading: answer.heading }] : []));
    expect(under.filter(({ id, heading }) => heading !== id)).toEqual([]);
    const headings = readFileSync(path.join(template, 'answers.md'), 'utf8').matchAll(/^## (.*)$/gm);
    expect([...headings].map((match) => match[1]).toSorted()).toEqual(under.map(({ heading }) => heading).toSorted());
  });

  it.each(functionTasks)('$id is named in the template as the handout names it', ({ handoutName }) => {
    const readme = readFileSync(path.join(template, 'README.md'), 'utf8');
    const [name = '', file = ''] = handoutName.split(' in ');
    expect(readme).toContain(`| \`${name}\`, \`${file}\` |`);
  });
});

describe('the words', () => {
  it('are there for every task and check, and every hint is a sentence', () => {
    const texts = tasks.flatMap((task) => [task.title, ...(task.kind !== 'written' && task.kind !== 'derivation' ? task.checks.flatMap(({ title, hint }) => [title, hint]) : [])]);
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
    const hints = functionTasks.flatMap(({ checks }) => checks.map(({ hint }) => hint));
    expect(hints.filter((hint) => !/[.?]$/.test(hint))).toEqual([]);
  });

  it('give no answer away: no hint holds a formula or a number of the solution', () => {
    const hints = functionTasks.flatMap(({ checks }) => checks.map(({ hint }) => hint));
    expect(hints.filter((hint) => /\bsqrt|\btf\.|=>|\d\.\d|\bMath\./.test(hint))).toEqual([]);
  });
});

it('fits its schema', () => {
  expect(parser('an assignment', Assignment)(JSON.parse(JSON.stringify(assignment)))).toEqual(assignment);
});
