/** The statistical fallback through the whole path: the student's process, the long batches, the verdict and its words. */
import { describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import { gradeIntake } from '../../autograder/pipeline.ts';
import type { TaskResult } from '../../contract/outcome.ts';
import { completeHandIn, givenFiles } from '../submissions/variants.ts';

/** The complete hand-in with another file in place of one of its own; only one task of it is asked for. */
async function graded(path: string, text: string, id: string): Promise<TaskResult> {
  const code = [...completeHandIn().code.filter((file) => file.path !== path), { path, text: `import * as tf from '@tensorflow/tfjs';${path === 'distributions.ts' ? '' : "\nimport { sampleGaussian } from './distributions.ts';"}\nimport { klNormal } from './given/divergences.ts';\nimport { logBernoulliWithLogits } from './given/likelihoods.ts';\n${text}` }];
  const questions = assignment.questions.map((question) => ({ ...question, tasks: question.tasks.filter((task) => task.id === id) }));
  const submission = { student: { id: 'one' }, source: 'one', code, written: [], attachments: [], results: [], notes: [] };
  const { result } = await gradeIntake({ kind: 'submission', submission }, {
    assignment: { ...assignment, questions: questions.filter(({ tasks }) => tasks.length > 0) },
    key: await openAnswerKey('fixtures/cs236-hw2', { basicOnly: false }),
    language: typescript, originals: givenFiles(), templateTexts: [], isolation: 'none', backend: 'auto', warnings: [],
  });
  const [task] = result.questions.flatMap(({ tasks }) => tasks);
  if (task === undefined) throw new Error('nothing was graded');
  return task;
}

const vae = (noise: string): string => `
  export function negativeElboBound(model: any, x: tf.Tensor) {
    const { mean, variance } = model.encode(x);
    const each = () => { const z = ${noise}; return tf.neg(logBernoulliWithLogits(x, model.decode(z))); };
    const one = () => tf.mean(each());
    const kl = tf.mean(klNormal(mean, variance, tf.zerosLike(mean), tf.onesLike(variance)));
    const rec = RESULT;
    return { nelbo: tf.add(kl, rec), kl, rec };
  }`;
const VAE = 'cs236-hw2/vae/negative-elbo-bound';
const BOX_MULLER = 'tf.add(mean, tf.mul(tf.sqrt(variance), tf.mul(tf.sqrt(tf.mul(-2, tf.log(tf.sub(1, tf.randomUniform(mean.shape))))), tf.cos(tf.mul(2 * Math.PI, tf.randomUniform(mean.shape))))))';

describe('passes', () => {
  it.each([
    ['noise by Box and Muller', vae(BOX_MULLER).replace('RESULT', 'one()')],
    ['the average of three samples', vae('sampleGaussian(mean, variance)').replace('RESULT', 'tf.div(tf.addN([one(), one(), one()]), 3)')],
    ['noise in an order that nobody would list', vae('tf.add(mean, tf.mul(tf.sqrt(variance), tf.reverse(tf.randomNormal(mean.shape), [0, 1])))').replace('RESULT', 'one()')],
  ])('%s', async (_, text) => {
    const task = await graded('vae.ts', text, VAE);
    expect(task).toMatchObject({ outcome: 'pass', earned: 6 });
    expect(task.checks.flatMap(({ evidence }) => evidence).filter((line) => line.startsWith('judged by statistics')).length).toBeGreaterThan(0);
  });
});

describe('fails', () => {
  it('the best of three samples for every image, whose every number is a right one', async () => {
    const task = await graded('vae.ts', vae('sampleGaussian(mean, variance)').replace('RESULT', 'tf.mean(tf.minimum(each(), tf.minimum(each(), each())))'), VAE);
    expect(task.checks.map(({ check, outcome }) => [check, outcome])).toEqual([['nelbo', 'fail'], ['kl', 'pass'], ['rec', 'fail'], ['gradient', 'fail'], ['stability', 'fail']]);
    expect(task.checks[0]?.message).toBe('The average of nelbo over many calls differs from the right one by more than chance explains.');
  });

  it('uniform noise that is used as if it were normal, named by its law', async () => {
    const text = 'export const sampleGaussian = (mean: tf.Tensor, variance: tf.Tensor) => tf.add(mean, tf.mul(tf.sqrt(variance), tf.randomUniform(mean.shape, -1, 1)));';
    const { outcome, checks } = await graded('distributions.ts', text, 'cs236-hw2/vae/sample-gaussian');
    expect(outcome).toBe('fail');
    expect(checks[0]?.message).toContain('Its noise is made from uniform numbers, where a Gaussian sample needs Gaussian noise.');
  });
});

it('shows no number of the statistical case', async () => {
  const task = await graded('vae.ts', vae('sampleGaussian(mean, variance)').replace('RESULT', 'tf.sum(tf.stack([one(), one(), one()]))'), VAE);
  const shown = [task.message, task.console ?? '', ...task.remarks, ...task.checks.map(({ message }) => message)].join('\n');
  expect(task.outcome).toBe('fail');
  expect(shown).not.toMatch(/\d\.\d/);
});
