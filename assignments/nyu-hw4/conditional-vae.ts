import type { Question } from '../../contract/rubric.ts';
import { gradientHint, trainingHint, vectorisedHint } from './hints.ts';
import { networkTask } from './network-tasks.ts';
import { conditionalTrained, recognisedTask } from './trained.ts';

/** Part 2, second half: q(z|x,c) and p(x|z,c), 20 marks; the split is ours. */
export const conditionalVae: Question = {
  id: 'conditional-vae',
  title: 'Conditional VAE',
  tasks: [
    networkTask({
      id: 'nyu-hw4/conditional-vae/encoder', title: 'Encoder of q(z|x,c)', points: 4, module: 'conditional-vae.ts', function: 'buildConditionalEncoder', through: 'askConditionalEncoder',
      part: 'encoder', isConditional: true,
    }),
    networkTask({
      id: 'nyu-hw4/conditional-vae/decoder', title: 'Decoder of p(x|z,c)', points: 4, module: 'conditional-vae.ts', function: 'buildConditionalDecoder', through: 'askConditionalDecoder',
      part: 'decoder', isConditional: true,
    }),
    {
      kind: 'function',
      id: 'nyu-hw4/conditional-vae/negative-elbo',
      title: 'Negative ELBO of the conditional VAE',
      handoutName: 'in hw4_vae.ipynb',
      points: 6,
      bonus: false,
      module: 'conditional-vae.ts',
      function: 'conditionalNegativeElbo',
      through: { module: 'given/asking.ts', function: 'askConditionalNegativeElbo' },
      buildsOn: ['nyu-hw4/conv-vae/reparameterize', 'nyu-hw4/conv-vae/loss'],
      checks: [
        { id: 'nelbo', title: 'nelbo', kind: 'value', components: ['nelbo'], points: 2, hint: 'As without a class, with the class of each image given to both networks as a one-hot row.' },
        { id: 'kl', title: 'kl', kind: 'value', components: ['kl'], points: 1, hint: 'KL(q(z|x,c) || p(z)): the class goes into q, and the prior is the same for every class.' },
        { id: 'rec', title: 'rec', kind: 'value', components: ['rec'], points: 1, hint: 'The image is decoded with its own class, and its label is seen: nothing is summed over classes.' },
        { id: 'gradient', title: 'Gradients reach encoder and decoder', kind: 'gradient', points: 1, hint: gradientHint },
        { id: 'training', title: 'A short training with it', kind: 'training', components: ['nelbo'], points: 1, hint: trainingHint },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    {
      kind: 'function',
      id: 'nyu-hw4/conditional-vae/generate',
      title: 'A new image of each class',
      handoutName: 'in hw4_vae.ipynb',
      points: 3,
      bonus: false,
      module: 'conditional-vae.ts',
      function: 'generate',
      through: { module: 'given/asking.ts', function: 'askGenerate' },
      checks: [
        { id: 'images', title: 'Probabilities of the pixels', kind: 'value', points: 3, hint: 'z comes from the prior, one for every image; the decoder gets it with the class as a one-hot row and returns logits.' },
        { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
      ],
    },
    conditionalTrained,
    recognisedTask,
  ],
};
