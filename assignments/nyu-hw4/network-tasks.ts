/** Tasks that ask for a network: its layers are the student's choice, so what is judged holds for every right one. */
import type { Check, FunctionTask } from '../../contract/task.ts';

interface Network {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly module: string;
  readonly function: string;
  /** The given function that asks for it. */
  readonly through: string;
  readonly part: 'encoder' | 'decoder';
  readonly isConditional: boolean;
}

export function networkTask({ id, title, points, module, function: name, through, part, isConditional }: Network): FunctionTask {
  const checks = [...shared(part), ...(isConditional ? [labelCheck] : [])];
  const shares = checks.reduce((sum, check) => sum + check.points, 0);
  return {
    kind: 'function',
    id,
    title,
    handoutName: 'in hw4_vae.ipynb',
    points,
    bonus: false,
    module,
    function: name,
    through: { module: 'given/asking.ts', function: through },
    // Shares first, so that every network's marks are split alike; in whole 1024ths, which add up without a rest.
    checks: checks.map((check) => ({ ...check, points: Math.round((1024 * points * check.points) / shares) / 1024 })),
  };
}

function shared(part: Network['part']): readonly Check[] {
  const outputs = part === 'encoder' ? ['mean', 'logVariance'] : ['logits'];
  return [
    {
      id: 'shapes',
      title: 'Shapes of what it returns',
      kind: 'value',
      components: outputs,
      points: 4,
      hint:
        part === 'encoder'
          ? 'Two outputs, mean first, each with a row for every image and a column for every latent dimension.'
          : 'One picture of 28 x 28 x 1 for every row of z. Follow the sides through your layers: where do they double?',
    },
    {
      id: 'range',
      title: 'Free to be any number',
      kind: 'value',
      components: ['signs'],
      points: 3,
      hint:
        part === 'encoder'
          ? 'A mean and the logarithm of a variance may be negative as well as positive: look at the activation of the last layers.'
          : 'Logits may be negative as well as positive: look at the activation of the last layer. The sigmoid belongs to the loss.',
    },
    {
      id: 'network',
      title: 'A convolutional network within its limits',
      kind: 'value',
      components: ['convolutions', 'linear', 'parametersAboveTheLimit'],
      points: 3,
      hint: 'At least one convolution, an activation between layers, and at most a million weights: model.summary() prints where they are.',
    },
    {
      id: 'learns',
      title: 'Every weight learns, every image for itself',
      kind: 'value',
      components: [...(part === 'encoder' ? ['meanIsLogVariance'] : []), 'weightsWithoutGradient', 'rowsMixed', 'inputIgnored'],
      points: 2,
      hint: 'Each weight must have a part in what is returned, and a row of the result must depend on its own row of the input and on no other.',
    },
  ];
}

const labelCheck: Check = {
  id: 'label',
  title: 'The class has a part in it',
  kind: 'value',
  components: ['labelIgnored'],
  points: 4,
  hint: 'The second input is the class. It must reach every output: concatenate it with what the layers have so far.',
};
