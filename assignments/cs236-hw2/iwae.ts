import type { Question } from '../../contract/rubric.ts';
import type { FunctionTask, TrainedTask } from '../../contract/task.ts';
import { gradientHint, stabilityHint, vectorisedHint } from './hints.ts';
import { trainedTask } from './trained.ts';

const niwaeHint =
  'Each sample has one weight: p(x, z) / q(z|x) at that same z. Average the m weights of one image (in log space) before you average over the batch, and check which axis holds the samples.';

/** Problem 3: importance weighted bounds, 21 marks; the split of the last 6 is ours. */
export const iwae: Question = {
  id: 'iwae',
  title: 'Importance weighted autoencoder',
  tasks: [
    {
      kind: 'derivation',
      id: 'cs236-hw2/iwae/lower-bound-proof',
      title: 'Proof that log p(x) ≥ L_m ≥ L_1',
      points: 6,
      bonus: false,
      file: 'derivations/iwae-lower-bound-proof.md',
    },
    iwaeTask('cs236-hw2/iwae/vae-negative-iwae-bound', 'vae', { niwae: 4, gradient: 1, stability: 1 }),
    evaluatedTask('cs236-hw2/iwae/vae-evaluated', 'IWAE bounds of the trained VAE', 3, 'vae'),
    iwaeTask('cs236-hw2/iwae/gmvae-negative-iwae-bound', 'gmvae', { niwae: 2, gradient: 0.5, stability: 0.5 }),
    evaluatedTask('cs236-hw2/iwae/gmvae-evaluated', 'IWAE bounds of the trained GMVAE', 1, 'gmvae'),
    {
      kind: 'written',
      id: 'cs236-hw2/iwae/gmvae-compare-and-contrast',
      title: 'The bounds of GMVAE and VAE compared',
      points: 2,
      bonus: false,
      answer: { kind: 'text', file: 'answers.md', heading: 'cs236-hw2/iwae/gmvae-compare-and-contrast' },
    },
  ],
};

function evaluatedTask(id: string, title: string, points: number, run: 'vae' | 'gmvae'): TrainedTask {
  return trainedTask({
    id,
    title,
    points,
    run,
    reported: ['iwae-1', 'iwae-10', 'iwae-100', 'iwae-1000'],
    // Where one bound is right the others are: a hundred samples leave the least to chance.
    banded: ['iwae-100'],
    evaluatedWith: [`cs236-hw2/iwae/${run}-negative-iwae-bound`],
  });
}

/** The handout does not say what kl and rec of an IWAE function are, so only niwae is judged. */
function iwaeTask(id: string, model: 'vae' | 'gmvae', points: { niwae: number; gradient: number; stability: number }): FunctionTask {
  const modules = model === 'vae' ? 'encoder and decoder' : 'encoder, decoder and prior';
  return {
    kind: 'function',
    id,
    title: `Negative IWAE bound of the ${model.toUpperCase()}`,
    handoutName: `negative_iwae_bound in ${model}.py`,
    points: points.niwae + points.gradient + points.stability,
    bonus: false,
    module: `${model}.ts`,
    function: 'negativeIwaeBound',
    buildsOn: ['cs236-hw2/vae/sample-gaussian', 'cs236-hw2/gmvae/log-normal', ...(model === 'gmvae' ? ['cs236-hw2/gmvae/log-normal-mixture'] : [])],
    checks: [
      { id: 'niwae', title: 'niwae', kind: 'value', components: ['niwae'], points: points.niwae, hint: niwaeHint },
      { id: 'gradient', title: `Gradients reach ${modules}`, kind: 'gradient', points: points.gradient, hint: gradientHint },
      { id: 'stability', title: 'Weights far too small for exp', kind: 'stability', components: ['niwae'], points: points.stability, hint: stabilityHint },
      { id: 'vectorised', title: 'Vectorised', kind: 'vectorised', points: 0, hint: vectorisedHint },
    ],
  };
}
