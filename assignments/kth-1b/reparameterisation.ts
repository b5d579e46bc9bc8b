import type { Question } from '../../contract/rubric.ts';
import type { Check, FunctionTask } from '../../contract/task.ts';
import { gradientHint } from './hints.ts';
import { derivation, picture } from './rows.ts';

/** Section 4: exponential and categorical variables, 14 marks; the split within each is ours too. */
export const reparameterisation: Question = {
  id: 'reparameterisation',
  title: 'Reparameterisation of common distributions',
  tasks: [
    derivation('kth-1b/reparameterisation/exponential', 'The inverse of the exponential distribution function', 2),
    sampler('exp-sampler', 'Exponential draws', 'exp_sampler', 'expSampler', 1, [
      { id: 'draws', title: 'Draws of the exponential law', kind: 'value', points: 1, hint: 'lambda is a rate: the mean of the law is 1 / lambda. One independent draw for every row.' },
    ]),
    {
      ...sampler('inv-cdf-exp', 'The inverse as a function', 'inv_cdf_exp', 'invCdfExp', 1, [
        { id: 'inverse', title: 'F⁻¹ at every entry', kind: 'value', points: 1, hint: 'Solve y = 1 - exp(-lambda x) for x. What is divided by lambda, and what is inside the logarithm?' },
      ]),
    },
    {
      ...sampler('exp-reparametrize', 'Exponential draws by reparameterisation', 'exp_reparametrize', 'expReparametrize', 1, [
        { id: 'draws', title: 'Draws of the exponential law', kind: 'value', points: 0.5, hint: 'Uniform noise goes through the inverse of the distribution function; lambda is a rate.' },
        { id: 'gradient', title: 'Gradients reach lambda', kind: 'gradient', points: 0.5, hint: gradientHint },
      ]),
      buildsOn: ['kth-1b/reparameterisation/inv-cdf-exp'],
    },
    picture('kth-1b/reparameterisation/exponential-histogram', 'Histograms of exponential draws, direct and reparameterised', 1, 'exponential-histogram.png'),
    derivation('kth-1b/reparameterisation/gumbel-softmax', 'The Gumbel-softmax and its limit', 2),
    sampler('categorical-sampler', 'Categorical draws', 'categorical_sampler', 'categoricalSampler', 1, [
      { id: 'labels', title: 'Labels with these probabilities', kind: 'value', points: 1, hint: 'Labels count from 0, one independent label for every row, each as often as its probability says.' },
    ]),
    sampler('categorical-reparametrize', 'Categorical draws by the Gumbel-softmax', 'categorical_reparametrize', 'categoricalReparametrize', 2, [
      {
        id: 'rows',
        title: 'Rows of the Gumbel-softmax',
        kind: 'value',
        points: 1,
        hint: 'Gumbel noise of its own for every entry is added to the logarithm of the probabilities, divided by the temperature, and the softmax is taken over the classes.',
      },
      { id: 'gradient', title: 'Gradients reach the probabilities', kind: 'gradient', points: 1, hint: gradientHint },
    ]),
    picture('kth-1b/reparameterisation/categorical-histogram', 'Histograms of labels, direct and reparameterised', 1, 'categorical-histogram.png'),
    sampler('argmax', 'Argmax for evaluation', 'torch.argmax(..., dim=1), section 4.2.2', 'evaluateCategorical', 2, [
      { id: 'labels', title: 'The class of every row', kind: 'value', points: 2, hint: 'The place of the largest entry of each row: mind the axis.' },
    ]),
  ],
};

/** Of shape [n] or [n, 1]: the notebook asks for "N-by-1", and its own code returns vectors. */
function sampler(name: string, title: string, handoutName: string, called: string, points: number, checks: readonly Check[]): FunctionTask {
  return {
    kind: 'function',
    id: `kth-1b/reparameterisation/${name}`,
    title,
    handoutName,
    points,
    bonus: false,
    module: 'reparameterisation.ts',
    function: called,
    columnsAreVectors: true,
    checks: [...checks],
  };
}
