/** The homework as its handout asks it: in Python, in the notebooks of the course or in files. */
import type { InLanguage, OtherRules } from '../../contract/rubric.ts';
import { inPythonLimits, pythonGradientHint } from '../in-python.ts';
import { limits } from './limits.ts';
import { results } from './trained.ts';

const vae = 'vae.py';
const reparameterization = 'reparameterization.py';
const cavi = 'cavi.py';

export function pythonRules(written: readonly string[]): OtherRules {
  return {
    home: { name: '', aliases: [] },
    code: [vae, reparameterization, cavi, 'sticking_the_landing.py'],
    otherNames: {
      [vae]: ['1B-VAE.ipynb', '*vae*.ipynb', '*vae*.py'],
      [reparameterization]: ['1B-Reparameterization.ipynb', '*reparam*.ipynb', '*reparam*.py'],
      [cavi]: ['*cavi*.ipynb', '*cavi*.py'],
    },
    extraCode: ['.py', '.ipynb'],
    written: [...written],
    results: [...results, 'checkpoints/kth-vae.pt'],
    given: ['given.py'],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', '.gitignore', 'requirements.txt'],
  };
}

export const inPython: InLanguage = {
  limits: { ...limits, ...inPythonLimits },
  functions: {
    'kth-1b/vae/reparameterization': { module: vae, function: 'reparameterization', otherNames: ['Model.reparameterization', 'VAE.reparameterization'], arguments: ['mean', 'var'] },
    'kth-1b/vae/loss-function': { module: vae, function: 'loss_function', otherNames: ['Model.loss_function', 'VAE.loss_function'], arguments: ['x', 'theta', 'mean', 'log_var'], reduction: 'sum', trained: { module: 'given.py', function: 'ask_short_training', with: ['kth-1b/vae/reparameterization'] } },
    'kth-1b/reparameterisation/exp-sampler': { module: reparameterization, function: 'exp_sampler', arguments: ['l', 'N'] },
    'kth-1b/reparameterisation/inv-cdf-exp': { module: reparameterization, function: 'inv_cdf_exp', arguments: ['l', 'samples'] },
    'kth-1b/reparameterisation/exp-reparametrize': { module: reparameterization, function: 'exp_reparametrize', arguments: ['l', 'N'] },
    'kth-1b/reparameterisation/categorical-sampler': { module: reparameterization, function: 'categorical_sampler', arguments: ['a', 'N'] },
    'kth-1b/reparameterisation/categorical-reparametrize': { module: reparameterization, function: 'categorical_reparametrize', arguments: ['a', 'N', 'temp', 'eps'] },
    'kth-1b/reparameterisation/argmax': { module: reparameterization, function: 'evaluate_categorical', arguments: ['y'] },
    'kth-1b/cavi/update-z': { module: cavi, function: 'update_z', arguments: ['quakes', 'prior', 'q'] },
    'kth-1b/cavi/update-lambda': { module: cavi, function: 'update_lambda', arguments: ['quakes', 'prior', 'pi'] },
    'kth-1b/cavi/update-mu': { module: cavi, function: 'update_mu', arguments: ['quakes', 'prior', 'pi'] },
    'kth-1b/cavi/elbo': { module: cavi, function: 'elbo', arguments: ['quakes', 'prior', 'q'] },
    'kth-1b/cavi/coordinate-ascent': { module: cavi, function: 'coordinate_ascent', arguments: ['quakes', 'prior', 'start', 'rounds'] },
    'kth-1b/sticking-the-landing/gradient-parts': { module: 'sticking_the_landing.py', function: 'gradient_parts', arguments: ['q', 'posterior', 'epsilon'] },
  },
  hints: { gradient: pythonGradientHint },
};
