/** When a hand-in's own networks are trained at all, and what is said where they are not. Trainings themselves: tests/autograder/networks. */
import { describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/nyu-hw4/assignment.ts';
import { conditionalTrained, convTrained, recognisedTask } from '../../assignments/nyu-hw4/trained.ts';
import { networksGrader } from '../../autograder/grade-networks.ts';
import { SessionPool } from '../../autograder/session/session-pool.ts';
import type { WrittenAnswer } from '../../autograder/written-answers.ts';
import { inLanguage } from '../../contract/in-language.ts';
import type { Outcome, TaskResult } from '../../contract/outcome.ts';
import { tasksOf } from '../../contract/rubric.ts';

const typed: WrittenAnswer = { kind: 'text', text: '-98 nats after 10 epochs' };
const nothing: WrittenAnswer = { kind: 'none' };

/** No native TensorFlow: whoever tries to train is seen. */
function grader(outcomes: Readonly<Record<string, Outcome>>, seed: string | null = 'a seed') {
  let started = 0;
  const pool = new SessionPool({ launch: () => ((started += 1), null), isolation: 'none', limits: assignment.limits, load: { files: [], originals: [] }, tasks: 1 });
  const settled = new Map(
    tasksOf(assignment).map(({ id, title, points }): [string, TaskResult] => [
      id,
      { task: id, title, where: '', handoutName: 'x', points, earned: 0, bonus: false, outcome: outcomes[id.slice('nyu-hw4/'.length)] ?? 'pass', message: '', checks: [], remarks: [] },
    ]),
  );
  return { grade: networksGrader({ assignment, pool, seed, settled }), tries: () => started };
}

describe('nothing is trained', () => {
  it('where a function is not there, and then the row is unanswered as well', async () => {
    const { grade, tries } = grader({ 'conv-vae/decoder': 'unanswered' });
    expect(await grade(convTrained, nothing)).toMatchObject({ outcome: 'unanswered', message: 'Nothing was trained: buildDecoder is not answered yet.' });
    // Whoever trained in another way is read.
    expect(await grade(convTrained, typed)).toMatchObject({ outcome: 'awaiting-person', answer: '-98 nats after 10 epochs' });
    expect(tries()).toBe(0);
  });

  it('with a function that is marked wrong: that is paid for where it is', async () => {
    const { grade, tries } = grader({ 'conv-vae/loss': 'fail', 'conv-vae/encoder': 'fail' });
    expect(await grade(convTrained, nothing)).toMatchObject({ outcome: 'awaiting-person', message: 'Nothing was trained, because buildEncoder and loss are marked wrong above: that is paid for there, and a person decides here.' });
    // The conditional model takes the loss too, and no encoder of the first.
    expect(await grade(conditionalTrained, nothing)).toMatchObject({ message: expect.stringContaining('because loss is marked wrong') });
    expect(tries()).toBe(0);
  });

  it('with one that was not judged', async () => {
    const { grade } = grader({ 'conditional-vae/negative-elbo': 'not-gradable' });
    expect(await grade(recognisedTask, nothing)).toMatchObject({ outcome: 'awaiting-person', checks: [] });
  });

  it('in a student’s own check', async () => {
    const { grade, tries } = grader({}, null);
    expect(await grade(convTrained, nothing)).toMatchObject({ outcome: 'awaiting-person', message: 'Your networks are trained when your work is graded.' });
    expect(tries()).toBe(0);
  });

  it('in Python, where a person reads what is reported', () => {
    const kinds = tasksOf(inLanguage(assignment, 'python')).filter(({ id }) => /trained|recognised/.test(id)).map(({ kind, points }) => [kind, points]);
    expect(kinds).toEqual([['written', 1], ['written', 1], ['written', 2]]);
  });
});

it('tries one training for the rows of the same networks, and leaves to a person what it cannot train', async () => {
  const { grade, tries } = grader({});
  expect(await grade(conditionalTrained, typed)).toMatchObject({ outcome: 'awaiting-person', answer: '-98 nats after 10 epochs' });
  const once = tries();
  expect(once).toBeGreaterThan(0);
  expect(await grade(recognisedTask, nothing)).toMatchObject({ outcome: 'awaiting-person' });
  expect(tries()).toBe(once);
});
