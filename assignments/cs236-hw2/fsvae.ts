import type { Question } from '../../contract/rubric.ts';
import { gradientHint, stabilityHint, trainingHint, vectorisedHint } from './hints.ts';
import { classesTask } from './trained.ts';

/** The bonus: the fully supervised VAE, 9 marks; the split of the last 6 is ours. */
export const fsvae: Question = {
  id: 'fsvae',
  title: 'Bonus: fully supervised VAE',
  tasks: [
    {
      kind: 'derivation',
      id: 'cs236-hw2/fsvae/elbo-derivation',
      title: 'Derivation of the conditional ELBO',
      points: 3,
      bonus: true,
      file: 'derivations/fsvae-elbo-derivation.md',
    },
    {
      kind: 'function',
      id: 'cs236-hw2/fsvae/negative-elbo-bound',
      title: 'Negative ELBO of the FSVAE',
      handoutName: 'negative_elbo_bound in fsvae.py',
      points: 4,
      bonus: true,
      module: 'fsvae.ts',
      function: 'negativeElboBound',
      buildsOn: ['cs236-hw2/vae/sample-gaussian', 'cs236-hw2/gmvae/log-normal'],
      checks: [
        {
          id: 'nelbo',
          title: 'nelbo',
          kind: 'value',
          components: ['nelbo'],
          points: 1.5,
          hint: 'The negative ELBO is the sum of the two parts, each averaged over the batch.',
        },
        {
          id: 'kl',
          title: 'kl',
          kind: 'value',
          components: ['kl'],
          points: 0.5,
          hint: 'The label is observed: no sum over labels, and the prior of z does not depend on it.',
        },
        {
          id: 'rec',
          title: 'rec',
          kind: 'value',
          components: ['rec'],
          points: 1,
          hint: 'The pixels are continuous: a Gaussian with the decoder’s output as mean. The handout states its variance; keep the constant of the density.',
        },
        { id: 'gradient', title: 'Gradients reach encoder and decoder', kind: 'gradient', points: 0.5, hint: gradientHint },
        { id: 'stability', title: 'Tiny variances of q', kind: 'stability', components: ['nelbo', 'kl', 'rec'], points: 0.5, hint: stabilityHint },
        { id: 'training', title: 'A short training with it', kind: 'training', components: ['nelbo'], points: 0, hint: trainingHint },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    classesTask,
  ],
};
