/**
 * The rows that rest on a training run of the student's own networks. Their layers are free, so no weights that were
 * handed in could be loaded: the grader trains the networks itself, for a while, and measures what they have become.
 * Where it cannot, a person reads the numbers and looks at the pictures.
 */
import type { NetworksTask } from '../../contract/task.ts';

type Networks = Pick<NetworksTask, 'encoder' | 'decoder' | 'negativeElbo' | 'isConditional' | 'given' | 'buildsOn'>;

const GIVEN = 'given/training.ts';

const functionIn = (module: string) => (name: string) => ({ module, function: name });
const conv = functionIn('conv-vae.ts');
const conditional = functionIn('conditional-vae.ts');

const helpers = ['nyu-hw4/conv-vae/reparameterize', 'nyu-hw4/conv-vae/loss'];

const convNetworks: Networks = {
  encoder: conv('buildEncoder'),
  decoder: conv('buildDecoder'),
  negativeElbo: conv('negativeElbo'),
  isConditional: false,
  given: GIVEN,
  buildsOn: [...helpers, 'nyu-hw4/conv-vae/encoder', 'nyu-hw4/conv-vae/decoder', 'nyu-hw4/conv-vae/negative-elbo'],
};

const conditionalNetworks: Networks = {
  encoder: conditional('buildConditionalEncoder'),
  decoder: conditional('buildConditionalDecoder'),
  negativeElbo: conditional('conditionalNegativeElbo'),
  isConditional: true,
  given: GIVEN,
  buildsOn: [...helpers, 'nyu-hw4/conditional-vae/encoder', 'nyu-hw4/conditional-vae/decoder', 'nyu-hw4/conditional-vae/negative-elbo'],
};

function trainedTask(id: string, networks: Networks): NetworksTask {
  return {
    kind: 'networks',
    id,
    title: 'Test ELBO after a short training run of your own networks',
    points: 1,
    bonus: false,
    ...networks,
    checks: [
      {
        id: 'elbo',
        title: 'Test ELBO',
        kind: 'elbo',
        points: 1,
        hint: 'Train it yourself for a few hundred steps and print the loss. Can every layer learn from the weights that it begins with, and is every layer trained?',
      },
    ],
    answer: { kind: 'text', file: 'answers.md', heading: id },
  };
}

export const convTrained = trainedTask('nyu-hw4/conv-vae/trained', convNetworks);
export const conditionalTrained = trainedTask('nyu-hw4/conditional-vae/trained', conditionalNetworks);

/** Pictures of generated digits, a class in each row, where a person must look. */
export const recognisedTask: NetworksTask = {
  kind: 'networks',
  id: 'nyu-hw4/conditional-vae/recognised',
  title: 'Generated digits are of the class asked for',
  points: 2,
  bonus: false,
  ...conditionalNetworks,
  checks: [
    {
      id: 'recognised',
      title: 'Digits of the class asked for',
      kind: 'recognised',
      points: 2,
      hint: 'Draw one z and decode it with each class in turn. What of the class is left where it meets z, and can that layer learn?',
    },
  ],
  answer: { kind: 'picture' },
};
