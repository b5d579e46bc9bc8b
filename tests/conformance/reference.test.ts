/**
 * The reference, in its own children, meets its fixtures on every backend: the tolerances hold wherever a
 * hand-in may run. (Heavy cases stay off plain cpu, where nobody runs them.)
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import path from 'node:path';
import { type AnswerKey, openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { judgeTask } from '../../autograder/compare/compare.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import { projectRoot } from '../../autograder/paths.ts';
import { assignments } from '../../assignments/assignments.ts';
import type { Backend } from '../../contract/messages.ts';
import type { Reply } from '../../contract/reply.ts';
import { tasksOf } from '../../contract/rubric.ts';
import { openReference, type ReferenceSession } from '../../fixtures/reference-session.ts';
import { buildStaleChildren } from '../autograder/session/stale-children.ts';

await buildStaleChildren();

describe.each([...assignments.values()])('$id', (assignment) => {
  const tasks = tasksOf(assignment).filter((task) => task.kind === 'function');
  let key: AnswerKey;
  beforeAll(async () => {
    key = await openAnswerKey(path.join(projectRoot, 'fixtures', assignment.id), { basicOnly: false });
  });

  describe.each<Backend>(['cpu', 'wasm', 'native'])('the reference on %s', (backend) => {
    const isHere = typescript.launch(backend) !== null;
    let reference: ReferenceSession;
    let onCpu: ReferenceSession;
    beforeAll(async () => {
      if (!isHere) return;
      [reference, onCpu] = await Promise.all([openReference(assignment.id, backend), openReference(assignment.id)]);
    });
    afterAll(async () => {
      await reference?.close();
      await onCpu?.close();
    });

    it.skipIf(!isHere).each(tasks)('passes $id', async (task) => {
      const cases = key.questionsFor(task).filter(({ weight }) => weight === 'light' || backend !== 'cpu');
      const replies = new Map<string, Reply>();
      for (const asked of cases) {
        const { module, through, ...rest } = asked.question;
        // What a task is called through lies beside the reference, as the given files of a hand-in do.
        const given = through === undefined ? {} : { through: { ...through, module: `${assignment.id}/${through.module}` } };
        const question = { ...rest, ...given, module: `${assignment.id}/${module}` };
        const reply = await reference.replyTo(question);
        // A backend that lacks a kernel (WebAssembly: gradients of convolutions) is asked no more: plain cpu has all, as in grading.
        replies.set(asked.case, reply.kind === 'unsupported' ? await onCpu.ask(question) : reply);
      }
      const judgement = judgeTask(task, key.expectationsFor(task).filter((expected) => replies.has(expected.case)), replies);
      expect(judgement.checks.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
      expect(judgement.outcome).toBe('pass');
    });
  });
});
