/** Hand-ins in Python: the right one, the untouched template, and known mistakes by their names. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingPython, openPythonJudge, type PythonJudge, pythonTasks } from './judge-python.ts';
import { pythonMistakes, rightHandIn, templateOf } from './mistakes.ts';

/** Of which so many must be named by their own id. */
const NAMED = 0.95;

describe.skipIf(missingPython !== null)('hand-ins in Python', () => {
  let judge: PythonJudge['judge'];
  let close: PythonJudge['close'];

  beforeAll(async () => {
    ({ judge, close } = await openPythonJudge(new Map([['right', rightHandIn()], ['template', templateOf('cs236-hw2')], ...pythonMistakes.map(({ id, files }) => [id, files] as const)])));
  }, 300_000);
  afterAll(() => close());

  it.for(pythonTasks)('the reference passes $id at every size', async (task) => {
    const { outcome, checks, remarks } = await judge('right', task);
    expect([outcome, checks.filter((check) => check.outcome !== 'pass'), remarks]).toEqual(['pass', [], []]);
  });

  it.for(pythonTasks)('the untouched template leaves $id unanswered', async (task) => {
    expect(await judge('template', task)).toMatchObject({ outcome: 'unanswered' });
  });

  describe('known mistakes', () => {
    const named: string[] = [];

    it('are at least forty', () => expect(pythonMistakes.length).toBeGreaterThanOrEqual(40));

    it.for(pythonMistakes)('$id loses its task, and no other that does not build on it', async ({ id }) => {
      const own = pythonTasks.find((task) => isOf(id, task.id)) ?? expect.fail(`no task for ${id}`);
      const { outcome, diagnosis, error } = await judge(id, own, ['A', 'B', 'C', 'blind', 'stability', 'stability-2']);
      expect([outcome, error]).toEqual(['fail', null]);
      if (diagnosis?.ids.includes(id) === true) named.push(id);
      const others = pythonTasks.filter((task) => task !== own && task.buildsOn?.includes(own.id) !== true);
      for (const other of others) expect([other.id, (await judge(id, other, ['A', 'blind', 'stability'])).outcome]).toEqual([other.id, 'pass']);
    });

    it('are named', () => {
      const others = pythonMistakes.map(({ id }) => id).filter((id) => !named.includes(id));
      expect([others, named.length / pythonMistakes.length >= NAMED]).toEqual([others, true]);
    });
  });
});

/** `vae-elbo/kl-sign` is a mistake of `cs236-hw2/vae/negative-elbo-bound`. */
function isOf(id: string, task: string): boolean {
  const [file = ''] = id.split('/');
  const [, question = '', name = ''] = task.split('/');
  if (file.endsWith('-iwae')) return name === `${file.replace('-iwae', '')}-negative-iwae-bound`;
  if (file.endsWith('-elbo')) return question === file.replace('-elbo', '') && name === 'negative-elbo-bound';
  return name === file;
}
