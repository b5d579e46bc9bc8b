import type { Question } from '../../contract/rubric.ts';
import { gradientHint } from './hints.ts';
import { derivation } from './rows.ts';
import { fromNoise, reconstruction, trained } from './trained.ts';

/** Section 2: the VAE, 34 marks. */
export const vae: Question = {
  id: 'vae',
  title: 'VAE image generation',
  tasks: [
    derivation('kth-1b/vae/elbo-rewritten', 'The ELBO as reconstruction minus KL', 6),
    derivation('kth-1b/vae/gaussian-kl', 'The KL divergence in closed form', 10),
    {
      kind: 'function',
      id: 'kth-1b/vae/reparameterization',
      title: 'The reparameterisation trick',
      handoutName: 'reparameterization, Q3.1',
      points: 4,
      bonus: false,
      module: 'vae.ts',
      function: 'reparameterization',
      checks: [
        {
          id: 'samples',
          title: 'Samples of the asked-for Gaussian',
          kind: 'value',
          points: 3,
          hint: 'How does a standard normal become one with this mean and this variance? The second argument is a variance: neither a deviation nor a logarithm.',
        },
        { id: 'gradient', title: 'Gradients reach mean and variance', kind: 'gradient', points: 1, hint: gradientHint },
      ],
    },
    {
      kind: 'function',
      id: 'kth-1b/vae/loss-function',
      title: 'The loss, summed over the batch',
      handoutName: 'loss_function, Q5.3',
      // Two of the six of the trained model are for a training that is run.
      points: 6,
      bonus: false,
      module: 'vae.ts',
      function: 'lossFunction',
      // A training draws its samples with the student's own.
      buildsOn: ['kth-1b/vae/reparameterization'],
      checks: [
        {
          id: 'loss',
          title: 'The negative ELBO',
          kind: 'value',
          points: 3,
          hint: 'Cross entropy of the pixels plus KL divergence, both positive, summed over pixels or dimensions and over the batch. theta are probabilities, and the last argument is the log of a variance.',
        },
        { id: 'gradient', title: 'Gradients reach theta, mean and log variance', kind: 'gradient', points: 1, hint: gradientHint },
        {
          id: 'training',
          title: 'A short training with both functions',
          kind: 'training',
          points: 2,
          through: { module: 'given/short-training.ts', function: 'askShortTraining' },
          hint: 'A small model is trained with your loss and your samples. Which of its networks do their gradients reach, and does a step along them make the loss smaller?',
        },
      ],
    },
    trained,
    reconstruction,
    fromNoise,
  ],
};
