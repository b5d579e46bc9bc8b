import type { Question } from '../../contract/rubric.ts';
import type { TrainedTask } from '../../contract/task.ts';
import { gradientHint, stabilityHint, trainingHint, vectorisedHint } from './hints.ts';
import { trainedTask } from './trained.ts';

/** Problem 4: the semi-supervised VAE, 19 marks. */
export const ssvae: Question = {
  id: 'ssvae',
  title: 'Semi-supervised VAE',
  tasks: [
    accuracyTask('cs236-hw2/ssvae/supervised-accuracy', 'Accuracy with the ELBO term off (gw = 0)', 1, 'ssvae-gw0'),
    {
      kind: 'function',
      id: 'cs236-hw2/ssvae/negative-elbo-bound',
      title: 'Negative ELBO of the SSVAE',
      handoutName: 'negative_elbo_bound in ssvae.py',
      points: 15,
      bonus: false,
      module: 'ssvae.ts',
      function: 'negativeElboBound',
      buildsOn: ['cs236-hw2/vae/sample-gaussian'],
      checks: [
        {
          id: 'nelbo',
          title: 'nelbo',
          kind: 'value',
          components: ['nelbo'],
          points: 5,
          hint: 'The negative ELBO is the sum of klY, klZ and rec, each averaged over the batch.',
        },
        {
          id: 'kl-z',
          title: 'klZ',
          kind: 'value',
          components: ['klZ'],
          points: 3,
          hint: 'The KL of z is an expectation over q(y|x): every label counts with its own probability for that image. Check that labels and images are not exchanged when you reshape.',
        },
        {
          id: 'kl-y',
          title: 'klY',
          kind: 'value',
          components: ['klY'],
          points: 2,
          hint: 'The KL between q(y|x) and the uniform prior. Check which arguments of the given function are probabilities and which are their logs.',
        },
        {
          id: 'rec',
          title: 'rec',
          kind: 'value',
          components: ['rec'],
          points: 2,
          hint: 'The reconstruction is an expectation over q(y|x) as well, with one sample of z for each label.',
        },
        { id: 'gradient', title: 'Gradients reach classifier, encoder and decoder', kind: 'gradient', points: 2, hint: gradientHint },
        {
          id: 'stability',
          title: 'Extreme logits of pixels and labels',
          kind: 'stability',
          components: ['nelbo', 'klZ', 'klY', 'rec'],
          points: 1,
          hint: stabilityHint,
        },
        { id: 'training', title: 'A short training with it', kind: 'training', components: ['nelbo'], points: 0, hint: trainingHint },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    accuracyTask('cs236-hw2/ssvae/semi-supervised-accuracy', 'Accuracy with the ELBO term on (gw = 1)', 3, 'ssvae'),
  ],
};

/** On the whole test set; marked on hidden images. */
function accuracyTask(id: string, title: string, points: number, run: 'ssvae' | 'ssvae-gw0'): TrainedTask {
  return trainedTask({ id, title, points, run, reported: ['accuracy'], banded: ['accuracy'] });
}
