/** A hand-in in Python that looks around: in the box it finds nothing, reaches nothing, and keeps the marks of its right answers. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { judgeTask } from '../../autograder/compare/compare.ts';
import { inspectBox } from '../../autograder/host/host.ts';
import { python } from '../../autograder/languages/python/python.ts';
import { projectRoot } from '../../autograder/paths.ts';
import { Session } from '../../autograder/session/session.ts';
import type { Reply } from '../../contract/reply.ts';
import { GENEROUS } from '../autograder/session/student-session.ts';
import { missingPython, pythonTasks } from '../submissions/python/judge-python.ts';
import { readPythonCorpus } from './python-corpus.ts';
import { setTripwires, type Tripwires } from './tripwires.ts';

const box = await inspectBox();
const attacks = readPythonCorpus({});

describe.skipIf(box.status !== 'present' || missingPython !== null).each(attacks.map(({ name }) => name))('in Python: %s', (name) => {
  let tripwires: Tripwires;
  let session: Session;

  beforeAll(async () => {
    tripwires = await setTripwires();
    const attack = readPythonCorpus(tripwires.places).find((entry) => entry.name === name);
    const code = await python.prepare(attack?.files ?? []);
    const launch = python.launch('cpu');
    const opened = launch === null ? null : await Session.open(launch, 'bubblewrap', { ...GENEROUS, consoleBytesKept: 1 << 16 }, { files: [...code.files], originals: [] }, 20);
    if (!(opened instanceof Session)) throw new Error(JSON.stringify(opened));
    session = opened;
  }, 300_000);

  afterAll(async () => {
    await session.close();
    await tripwires.remove();
  });

  it('earns what its answers are worth, and reports no gain', async () => {
    const tasks = attacks.find((entry) => entry.name === name)?.tasks ?? {};
    const key = await openAnswerKey(path.join(projectRoot, 'fixtures/cs236-hw2'), { basicOnly: false });
    const attacked = pythonTasks.flatMap((task) => Object.entries(tasks).flatMap(([id, expected]) => (task.id === `cs236-hw2/${id}` ? [{ task, id, ...expected }] : [])));
    expect(attacked).toHaveLength(Object.keys(tasks).length);
    for (const { task, id, outcome, points } of attacked) {
      const cases = key.questionsFor(task).filter(({ weight }) => weight === 'light');
      const replies = new Map<string, Reply>();
      session.startTask();
      for (const { case: asked, question } of cases) replies.set(asked, await session.ask(question));
      const judged = judgeTask(task, key.expectationsFor(task).filter((expectation) => replies.has(expectation.case)), replies);
      expect([id, judged.outcome, judged.checks.reduce((sum, check) => sum + check.earned, 0)]).toEqual([id, outcome, points]);
      expect(session.consoleText()).toContain('refused');
      expect(session.consoleText()).not.toContain('GAINED');
      expect(session.consoleText()).not.toContain(tripwires.secret);
    }
    expect(tripwires.touched()).toEqual([]);
  }, 300_000);
});
