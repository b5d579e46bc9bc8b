/** The homework as its handout asks it: in Python, in its notebook or in a file. */
import type { InLanguage, OtherRules } from '../../contract/rubric.ts';
import { inPythonLimits, pythonGradientHint } from '../in-python.ts';
import { limits } from './limits.ts';

const module = 'hw4_vae.py';
const conv = 'nyu-hw4/conv-vae';
const conditional = 'nyu-hw4/conditional-vae';

/** `notebooks`: the names that the handout has for it. */
export function pythonRules(written: readonly string[], notebooks: readonly string[]): OtherRules {
  return {
    home: { name: '', aliases: [] },
    code: [module],
    otherNames: { [module]: [...notebooks, '*hw*4*.ipynb', '*vae*.ipynb', '*.ipynb', '*hw*4*.py'] },
    extraCode: ['.py', '.ipynb'],
    written: [...written],
    results: [],
    given: ['asking.py'],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', '.gitignore', 'requirements.txt'],
  };
}

const through = (name: string) => ({ through: { module: 'asking.py', function: name } });

export const inPython: InLanguage = {
  limits: { ...limits, ...inPythonLimits },
  functions: {
    [`${conv}/encoder`]: { module, function: 'build_encoder', arguments: ['latent'], ...through('ask_encoder') },
    [`${conv}/reparameterize`]: { module, function: 'reparameterize', otherNames: ['reparameterise', 'reparametrize', 'VAE.reparameterize', 'VAE.reparameterise'], arguments: ['mean', 'log_var'], ...through('ask_reparameterize') },
    [`${conv}/decoder`]: { module, function: 'build_decoder', arguments: ['latent'], ...through('ask_decoder') },
    [`${conv}/loss`]: { module, function: 'loss_function', arguments: ['images', 'logits', 'mean', 'log_var'], reduction: 'mean', ...through('ask_loss') },
    [`${conv}/negative-elbo`]: { module, function: 'negative_elbo', arguments: ['model', 'images'], reduction: 'mean', ...through('ask_negative_elbo') },
    [`${conditional}/encoder`]: { module, function: 'build_conditional_encoder', arguments: ['latent'], ...through('ask_conditional_encoder') },
    [`${conditional}/decoder`]: { module, function: 'build_conditional_decoder', arguments: ['latent'], ...through('ask_conditional_decoder') },
    [`${conditional}/negative-elbo`]: { module, function: 'conditional_negative_elbo', arguments: ['model', 'images', 'labels'], reduction: 'mean', ...through('ask_conditional_negative_elbo') },
    [`${conditional}/generate`]: { module, function: 'generate', arguments: ['model', 'labels', 'latent'], ...through('ask_generate') },
  },
  hints: { gradient: pythonGradientHint },
};
