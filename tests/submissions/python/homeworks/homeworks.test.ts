/** The homeworks that courses set in Python beside CS 236: the right hand-in as files and as notebooks, untouched ones, and known mistakes by their names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignments } from '../../../../assignments/assignments.ts';
import { missingPython, openPythonJudge, type PythonJudge, pythonTasksOf } from '../judge-python.ts';
import { rewritten, rightHandIn, templateOf } from '../mistakes.ts';
import { kth } from './kth-1b.ts';
import { nyu } from './nyu-hw4.ts';
import { ualberta } from './ualberta-a4-2025.ts';

/** Of which so many must be named by their own id. */
const NAMED = 0.95;

describe.skipIf(missingPython !== null).each([kth, nyu, ualberta])('$id in Python', ({ id, rows, added = {}, notebooks }) => {
  const assignment = assignments.get(id);
  if (assignment === undefined) throw new Error(`there is no ${id}`);
  const tasks = pythonTasksOf(assignment);
  const given = templateOf(id).filter(({ path }) => assignment.handIn.otherLanguages?.['python']?.given.includes(path));
  const mistakes = Object.entries(rows).flatMap(([file, all]) =>
    all.map(([name, task, from, to, after]) => ({ name, task: `${id}/${task}`, files: rewritten(file, from, to, after, id).map((own) => (own.path === file ? { ...own, text: own.text + (added[file] ?? '') } : own)) })),
  );
  let judge: PythonJudge['judge'];
  let close: PythonJudge['close'];

  beforeAll(async () => {
    const handIns = new Map([['right', rightHandIn(id)], ['template', templateOf(id)], ['solved', notebooks.solved], ['untouched', notebooks.untouched], ...mistakes.map(({ name, files }) => [name, files] as const)]);
    ({ judge, close } = await openPythonJudge(handIns, assignment, given));
  }, 300_000);
  afterAll(() => close());

  const failedOf = ({ outcome, checks, error }: Awaited<ReturnType<PythonJudge['judge']>>) => [outcome, error, checks.filter((check) => check.outcome !== 'pass')];

  it.for(tasks)('the reference passes $id', async (task) => {
    expect(failedOf(await judge('right', task))).toEqual(['pass', null, []]);
  });

  it.for(tasks)('the untouched template leaves $id unanswered', async (task) => {
    expect(await judge('template', task)).toMatchObject({ outcome: 'unanswered' });
  });

  it.for(tasks)('the solved notebooks pass $id', async (task) => {
    const judged = await judge('solved', task);
    expect(failedOf(judged)).toEqual(notebooks.lacks(task.id) ? ['unanswered', null, expect.anything()] : ['pass', null, []]);
  });

  it.for(tasks)('the untouched notebooks leave $id unanswered', async (task) => {
    expect(await judge('untouched', task)).toMatchObject({ outcome: 'unanswered' });
  });

  describe('known mistakes', () => {
    const named: string[] = [];

    it.for(mistakes)('$name loses its task, and no other that does not build on it', async ({ name, task }) => {
      const [own] = tasks.filter((each) => each.id === task);
      if (own === undefined) throw new Error(`no task ${task}`);
      const { outcome, diagnosis, error } = await judge(name, own);
      expect([outcome, error]).toEqual(['fail', null]);
      if (diagnosis?.ids.includes(name) === true) named.push(name);
      for (const other of tasks.filter((each) => each !== own && each.buildsOn?.includes(own.id) !== true)) expect([other.id, (await judge(name, other)).outcome]).toEqual([other.id, 'pass']);
    });

    it('are named', () => {
      const others = mistakes.map(({ name }) => name).filter((name) => !named.includes(name));
      expect([others, named.length / mistakes.length >= NAMED]).toEqual([others, true]);
    });
  });
});
