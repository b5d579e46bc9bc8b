/** What a student can know before grading: the cases that travel with the template, answers included. */
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { type Places, taskOf } from './corpus.ts';
import { fixturesFolder } from './grade-hostile.ts';

/** For knows-the-shown-cases: pixels of each shown case of the VAE's bound, and its answer. */
export async function shownAnswers(): Promise<Places> {
  const task = taskOf('vae/negative-elbo-bound');
  if (task === undefined) throw new Error('the task of the corpus is gone');
  const key = await openAnswerKey(fixturesFolder, { basicOnly: true });
  const expectations = new Map(key.expectationsFor(task).map((expectation) => [expectation.case, expectation]));
  const known = key.questionsFor(task).flatMap((asked) => {
    const answer = expectations.get(asked.case)?.accepted[0];
    const pixels = asked.question.arguments.find((argument) => argument.kind === 'tensor')?.tensor.values ?? [];
    if (answer === undefined) return [];
    return [[[...pixels].join(''), Object.fromEntries([...answer.values].map(([name, { values }]) => [name, values[0]]))] as const];
  });
  return { SHOWN_ANSWERS: JSON.stringify(known) };
}
