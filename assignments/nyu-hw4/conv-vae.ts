import type { Question } from '../../contract/rubric.ts';
import { gradientHint, stabilityHint, trainingHint, vectorisedHint } from './hints.ts';
import { networkTask } from './network-tasks.ts';
import { convTrained } from './trained.ts';

const lossHints = {
  nelbo: 'The negative ELBO is the sum of the two parts, each averaged over the batch and over nothing else.',
  kl: 'The closed form for a diagonal Gaussian against N(0, I). Its argument is the logarithm of the variance; sum over the latent dimensions.',
  rec: 'The binary cross-entropy of the theory part, from logits: summed over all pixels of an image, averaged over the images.',
} as const;

/** Part 2, first half: a convolutional VAE, 20 marks; the split is ours. */
export const convVae: Question = {
  id: 'conv-vae',
  title: 'Convolutional VAE',
  tasks: [
    networkTask({
      id: 'nyu-hw4/conv-vae/encoder', title: 'Encoder', points: 4, module: 'conv-vae.ts', function: 'buildEncoder', through: 'askEncoder', part: 'encoder', isConditional: false,
    }),
    {
      kind: 'function',
      id: 'nyu-hw4/conv-vae/reparameterize',
      title: 'Reparameterised sample',
      handoutName: 'in hw4_vae.ipynb',
      points: 3,
      bonus: false,
      module: 'conv-vae.ts',
      function: 'reparameterize',
      through: { module: 'given/asking.ts', function: 'askReparameterize' },
      checks: [
        {
          id: 'samples',
          title: 'Samples of the asked-for Gaussian',
          kind: 'value',
          points: 2,
          hint: 'How does a standard normal become one with this mean and this variance? The second argument is the logarithm of the variance.',
        },
        { id: 'gradient', title: 'Gradients reach mean and log variance', kind: 'gradient', points: 1, hint: gradientHint },
      ],
    },
    networkTask({
      id: 'nyu-hw4/conv-vae/decoder', title: 'Decoder', points: 3, module: 'conv-vae.ts', function: 'buildDecoder', through: 'askDecoder', part: 'decoder', isConditional: false,
    }),
    {
      kind: 'function',
      id: 'nyu-hw4/conv-vae/loss',
      title: 'Loss of given outputs',
      handoutName: 'in hw4_vae.ipynb',
      points: 5,
      bonus: false,
      module: 'conv-vae.ts',
      function: 'loss',
      through: { module: 'given/asking.ts', function: 'askLoss' },
      checks: [
        { id: 'nelbo', title: 'nelbo', kind: 'value', components: ['nelbo'], points: 1.5, hint: lossHints.nelbo },
        { id: 'kl', title: 'kl', kind: 'value', components: ['kl'], points: 1, hint: lossHints.kl },
        { id: 'rec', title: 'rec', kind: 'value', components: ['rec'], points: 1, hint: lossHints.rec },
        { id: 'gradient', title: 'Gradients reach logits, mean and log variance', kind: 'gradient', points: 1, hint: gradientHint },
        { id: 'stability', title: 'Extreme logits', kind: 'stability', components: ['nelbo', 'kl', 'rec'], points: 0.5, hint: stabilityHint },
      ],
    },
    {
      kind: 'function',
      id: 'nyu-hw4/conv-vae/negative-elbo',
      title: 'Negative ELBO of the convolutional VAE',
      handoutName: 'in hw4_vae.ipynb',
      points: 4,
      bonus: false,
      module: 'conv-vae.ts',
      function: 'negativeElbo',
      through: { module: 'given/asking.ts', function: 'askNegativeElbo' },
      buildsOn: ['nyu-hw4/conv-vae/reparameterize', 'nyu-hw4/conv-vae/loss'],
      checks: [
        { id: 'nelbo', title: 'nelbo', kind: 'value', components: ['nelbo'], points: 1, hint: 'Encode, draw one sample of q(z|x), decode that sample, and hand everything to the loss.' },
        { id: 'kl', title: 'kl', kind: 'value', components: ['kl'], points: 0.5, hint: lossHints.kl },
        { id: 'rec', title: 'rec', kind: 'value', components: ['rec'], points: 0.5, hint: 'What is decoded is a sample of q(z|x): not its mean, and not a draw from the prior.' },
        { id: 'gradient', title: 'Gradients reach encoder and decoder', kind: 'gradient', points: 1, hint: gradientHint },
        { id: 'training', title: 'A short training with it', kind: 'training', components: ['nelbo'], points: 1, hint: trainingHint },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    convTrained,
  ],
};
