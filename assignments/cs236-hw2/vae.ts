import type { Question } from '../../contract/rubric.ts';
import { gradientHint, stabilityHint, trainingHint, vectorisedHint } from './hints.ts';
import { samplesTask, trainedTask } from './trained.ts';

/** Problem 1: the variational autoencoder, 21 marks. */
export const vae: Question = {
  id: 'vae',
  title: 'Variational autoencoder',
  tasks: [
    {
      kind: 'function',
      id: 'cs236-hw2/vae/sample-gaussian',
      title: 'Sampling with the reparameterisation trick',
      handoutName: 'sample_gaussian in utils.py',
      points: 6,
      bonus: false,
      module: 'distributions.ts',
      function: 'sampleGaussian',
      checks: [
        {
          id: 'samples',
          title: 'Samples of the asked-for Gaussian',
          kind: 'value',
          points: 4,
          hint: 'How does a standard normal become one with this mean and this variance? Mind that the second argument is a variance.',
        },
        { id: 'gradient', title: 'Gradients reach mean and variance', kind: 'gradient', points: 2, hint: gradientHint },
      ],
    },
    {
      kind: 'function',
      id: 'cs236-hw2/vae/negative-elbo-bound',
      title: 'Negative ELBO of the VAE',
      handoutName: 'negative_elbo_bound in vae.py',
      points: 6,
      bonus: false,
      module: 'vae.ts',
      function: 'negativeElboBound',
      // logNormal for a KL by Monte Carlo, which the handout allows.
      buildsOn: ['cs236-hw2/vae/sample-gaussian', 'cs236-hw2/gmvae/log-normal'],
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
          hint: 'Which distribution comes first in this KL divergence, and what are the mean and variance of the prior? Sum over latent dimensions, average over the batch.',
        },
        {
          id: 'rec',
          title: 'rec',
          kind: 'value',
          components: ['rec'],
          points: 1,
          hint: 'The decoder returns logits of a sample from q(z|x). Sum over pixels, average over the batch, and mind the sign.',
        },
        { id: 'gradient', title: 'Gradients reach encoder and decoder', kind: 'gradient', points: 1, hint: gradientHint },
        { id: 'stability', title: 'Extreme logits and tiny variances', kind: 'stability', components: ['nelbo', 'kl', 'rec'], points: 1, hint: stabilityHint },
        { id: 'training', title: 'A short training with it', kind: 'training', components: ['nelbo'], points: 0, hint: trainingHint },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    trainedTask({ id: 'cs236-hw2/vae/trained', title: 'Trained VAE: nelbo, kl, rec', points: 3, run: 'vae', reported: ['nelbo', 'kl', 'rec'], banded: ['nelbo'] }),
    samplesTask('cs236-hw2/vae/samples', 'Grid of 200 sampled digits', 3, 'vae'),
    {
      kind: 'written',
      id: 'cs236-hw2/vae/beta-vae',
      title: 'What β does in the β-VAE',
      points: 3,
      bonus: false,
      answer: { kind: 'text', file: 'answers.md', heading: 'cs236-hw2/vae/beta-vae' },
    },
  ],
};
