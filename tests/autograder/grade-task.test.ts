import { expect, it } from 'vitest';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import { gradeIntake } from '../../autograder/pipeline.ts';
import { assignments } from '../../assignments/assignments.ts';

/** Right, and prints the first number it was given. */
const distributions = `
import * as tf from '@tensorflow/tfjs';
export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  console.log('first number: ' + x.dataSync()[0]);
  const terms = tf.add(tf.add(tf.log(variance), tf.div(tf.square(tf.sub(x, mean)), variance)), Math.log(2 * Math.PI));
  return tf.mul(tf.sum(terms, -1), -0.5);
}
`;

it('shows what a function prints in basic cases, and of hidden ones only that it printed', async () => {
  const assignment = assignments.get('cs236-hw2');
  if (assignment === undefined) throw new Error('no cs236-hw2');
  const key = await openAnswerKey('fixtures/cs236-hw2', { basicOnly: false });
  const submission = { student: { id: 'talker' }, source: 'talker', code: [{ path: 'distributions.ts', text: distributions }], written: [], attachments: [], results: [], notes: [] };
  const { result } = await gradeIntake({ kind: 'submission', submission }, {
    assignment, key, language: typescript, originals: [], templateTexts: [], isolation: 'none', backend: 'cpu', warnings: [],
  });
  const task = result.questions.flatMap(({ tasks }) => tasks).find(({ task: id }) => id === 'cs236-hw2/gmvae/log-normal');
  expect(task).toMatchObject({ outcome: 'pass', earned: 4 });

  const given = assignment.questions.flatMap(({ tasks }) => tasks).find(({ id }) => id === 'cs236-hw2/gmvae/log-normal');
  if (given?.kind !== 'function') throw new Error('no such task');
  for (const { visibility, question } of key.questionsFor(given)) {
    const [x] = question.arguments;
    const first = x?.kind === 'tensor' ? String(x.tensor.values[0]) : '';
    expect(task?.console?.includes(`first number: ${first}`)).toBe(visibility === 'basic');
  }
  expect(task?.console?.match(/hidden case/g)).toHaveLength(1);
});

it('does not believe that plain cpu lacks an operation', async () => {
  const assignment = assignments.get('cs236-hw2');
  if (assignment === undefined) throw new Error('no cs236-hw2');
  const text = `export function logNormal() { throw new Error("Kernel 'Sum' not registered for backend 'cpu'"); }`;
  const submission = { student: { id: 'shirker' }, source: 'shirker', code: [{ path: 'distributions.ts', text }], written: [], attachments: [], results: [], notes: [] };
  const { result } = await gradeIntake({ kind: 'submission', submission }, {
    assignment,
    key: await openAnswerKey('fixtures/cs236-hw2', { basicOnly: true }),
    language: typescript, originals: [], templateTexts: [], isolation: 'none', backend: 'cpu', warnings: [],
  });
  const task = result.questions.flatMap(({ tasks }) => tasks).find(({ task: id }) => id === 'cs236-hw2/gmvae/log-normal');
  expect(task).toMatchObject({ outcome: 'fail', earned: 0 });
});
