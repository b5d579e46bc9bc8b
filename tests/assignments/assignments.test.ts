/** What holds for every homework: ids, files, template and words that agree with one another. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignments } from '../../assignments/assignments.ts';
import { derivationTasks } from '../../autograder/derivation/derivation.ts';
import { Assignment, tasksOf } from '../../contract/rubric.ts';
import { parser } from '../../contract/schema.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sum = (numbers: readonly number[]): number => numbers.reduce((total, value) => total + value, 0);

it('are known by their ids', () => {
  expect([...assignments].filter(([id, assignment]) => id !== assignment.id)).toEqual([]);
});

describe.each([...assignments.values()])('$id', (assignment) => {
  const template = path.join(root, 'student-template', assignment.id);
  const tasks = tasksOf(assignment);
  const functions = tasks.filter((task) => task.kind === 'function');
  const derivations = tasks.filter((task) => task.kind === 'derivation');
  const judged = tasks.filter((task) => 'checks' in task);
  const typed = tasks.flatMap((task) => ('answer' in task && task.answer.kind === 'text' ? [{ id: task.id, ...task.answer }] : []));

  it('fits its schema', () => {
    expect(parser('an assignment', Assignment)(JSON.parse(JSON.stringify(assignment)))).toEqual(assignment);
  });

  it('has ids that are unique and say assignment, question and task', () => {
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
    for (const { id, tasks: own } of assignment.questions) expect(own.filter((task) => !task.id.startsWith(`${assignment.id}/${id}/`))).toEqual([]);
  });

  it.each(judged)('shares the marks of $id out among its checks', ({ checks, points }) => {
    expect(sum(checks.map((check) => check.points))).toBeCloseTo(points, 10);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
    expect(new Set(checks.map(({ title }) => title)).size).toBe(checks.length);
  });

  it.skipIf(derivations.length === 0)('has derivations that can be checked, each in the file of its name', () => {
    expect(derivations.filter(({ id }) => !derivationTasks.has(id))).toEqual([]);
    expect(derivations.map(({ file }) => file)).toEqual(derivations.map(({ id }) => `derivations/${id.split('/').slice(1).join('-')}.md`));
  });

  it('keeps each question in a file of its name', () => {
    const files = readdirSync(path.join(root, 'assignments', assignment.id));
    expect(assignment.questions.filter(({ id }) => !files.includes(`${id}.ts`))).toEqual([]);
  });

  it('builds on functions that it has', () => {
    const known = new Set(functions.map(({ id }) => id));
    expect(functions.flatMap(({ buildsOn = [] }) => buildsOn).filter((id) => !known.has(id))).toEqual([]);
  });

  it('asks for exactly the files that tasks are about', () => {
    expect(assignment.handIn.code.toSorted()).toEqual([...new Set(functions.map(({ module }) => module))].toSorted());
    const written = [...typed.map(({ file }) => file), ...derivations.map(({ file }) => file)];
    expect(assignment.handIn.written.toSorted()).toEqual([...new Set(written)].toSorted());
  });

  it('has all of them in its template', () => {
    const { code, written, given } = assignment.handIn;
    expect([...code, ...written, ...given].filter((file) => !existsSync(path.join(template, file)))).toEqual([]);
    expect(given.map((file) => path.basename(file)).toSorted()).toEqual(readdirSync(path.join(template, 'given')).toSorted());
  });

  it('has a stub for every function, and nothing else to fill in', () => {
    const stubs = functions.map(({ module, function: name }) => `${module} ${name}`);
    const exported = assignment.handIn.code.flatMap((file) => [...readFileSync(path.join(template, file), 'utf8').matchAll(/^export function (\w+)/gm)].map(([, name]) => `${file} ${name}`));
    expect(exported.toSorted()).toEqual(stubs.toSorted());
  });

  it('has a heading under the task’s id for every typed answer', () => {
    const under = typed.flatMap(({ id, file, heading }) => (heading === undefined ? [] : [{ id, file, heading }]));
    expect(under.filter(({ id, heading }) => heading !== id)).toEqual([]);
    for (const file of new Set(under.map((answer) => answer.file))) {
      const headings = [...readFileSync(path.join(template, file), 'utf8').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(headings.toSorted()).toEqual(under.filter((answer) => answer.file === file).map(({ heading }) => heading).toSorted());
    }
  });

  it('has words for every task and check, and every hint is a sentence', () => {
    const texts = tasks.flatMap((task) => [task.title, ...('checks' in task ? task.checks.flatMap(({ title, hint }) => [title, hint]) : [])]);
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
    expect(functions.flatMap(({ checks }) => checks.map(({ hint }) => hint)).filter((hint) => !/[.?]$/.test(hint))).toEqual([]);
  });

  it('gives no answer away: no hint holds a call or a number of the solution', () => {
    const hints = functions.flatMap(({ checks }) => checks.map(({ hint }) => hint));
    expect(hints.filter((hint) => /\bsqrt|\btf\.|=>|\d\.\d|\bMath\./.test(hint))).toEqual([]);
  });
});
