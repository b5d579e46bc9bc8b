import type { Question } from '../../contract/rubric.ts';
import { gradientHint, stabilityHint, trainingHint, vectorisedHint } from './hints.ts';
import { samplesTask, trainedTask } from './trained.ts';

/** Problem 2: a mixture of Gaussians as the prior, 22 marks; the split of the first 16 is ours. */
export const gmvae: Question = {
  id: 'gmvae',
  title: 'Mixture-of-Gaussians VAE',
  tasks: [
    {
      kind: 'function',
      id: 'cs236-hw2/gmvae/log-normal',
      title: 'Log density of a diagonal Gaussian',
      handoutName: 'log_normal in utils.py',
      points: 4,
      bonus: false,
      module: 'distributions.ts',
      function: 'logNormal',
      checks: [
        {
          id: 'density',
          title: 'Log density',
          kind: 'value',
          points: 3,
          hint: 'One number a row: sum the log densities over the last axis. Check the constant, the half, and that the argument is a variance.',
        },
        { id: 'stability', title: 'Far out, and with tiny variances', kind: 'stability', points: 1, hint: stabilityHint },
      ],
    },
    {
      kind: 'function',
      id: 'cs236-hw2/gmvae/log-normal-mixture',
      title: 'Log density of a mixture of Gaussians',
      handoutName: 'log_normal_mixture in utils.py',
      points: 6,
      bonus: false,
      module: 'distributions.ts',
      function: 'logNormalMixture',
      buildsOn: ['cs236-hw2/gmvae/log-normal'],
      checks: [
        {
          id: 'density',
          title: 'Log density',
          kind: 'value',
          points: 4,
          hint: 'The mixture is over whole vectors: first the log density of each component, then the mean of the densities (not of their logs) over components.',
        },
        { id: 'stability', title: 'Far from every component', kind: 'stability', points: 2, hint: stabilityHint },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    {
      kind: 'function',
      id: 'cs236-hw2/gmvae/negative-elbo-bound',
      title: 'Negative ELBO of the GMVAE',
      handoutName: 'negative_elbo_bound in gmvae.py',
      points: 6,
      bonus: false,
      module: 'gmvae.ts',
      function: 'negativeElboBound',
      buildsOn: ['cs236-hw2/vae/sample-gaussian', 'cs236-hw2/gmvae/log-normal', 'cs236-hw2/gmvae/log-normal-mixture'],
      checks: [
        {
          id: 'nelbo',
          title: 'nelbo',
          kind: 'value',
          components: ['nelbo'],
          points: 2,
          hint: 'The negative ELBO is the sum of the two parts, each averaged over the batch. Check the sign of each.',
        },
        {
          id: 'kl',
          title: 'kl',
          kind: 'value',
          components: ['kl'],
          points: 1,
          hint: 'This KL divergence has no closed form: estimate it at the sample, with the density of q(z|x) and the density of the mixture.',
        },
        {
          id: 'rec',
          title: 'rec',
          kind: 'value',
          components: ['rec'],
          points: 1,
          hint: 'The decoder returns logits of a sample from q(z|x). Sum over pixels, average over the batch, and mind the sign.',
        },
        { id: 'gradient', title: 'Gradients reach encoder, decoder and prior', kind: 'gradient', points: 1, hint: gradientHint },
        { id: 'stability', title: 'Extreme logits, far components', kind: 'stability', components: ['nelbo', 'kl', 'rec'], points: 1, hint: stabilityHint },
        { id: 'training', title: 'A short training with it', kind: 'training', components: ['nelbo'], points: 0, hint: trainingHint },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    trainedTask({ id: 'cs236-hw2/gmvae/trained', title: 'Trained GMVAE: nelbo, kl, rec', points: 3, run: 'gmvae', reported: ['nelbo', 'kl', 'rec'], banded: ['nelbo'] }),
    samplesTask('cs236-hw2/gmvae/samples', 'Grid of 200 sampled digits', 3, 'gmvae'),
  ],
};
