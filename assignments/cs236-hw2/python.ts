/** The homework as its handout asks it: in Python, in the repository `codebase`. */
import type { InLanguage, OtherRules } from '../../contract/rubric.ts';
import { limits } from './limits.ts';
import { results, runs } from './trained.ts';

const models = 'codebase/models';

export const pythonRules: OtherRules = {
  home: { name: 'codebase', aliases: ['submission', 'src/submission', 'src/codebase', ''] },
  code: ['codebase/utils.py', `${models}/vae.py`, `${models}/gmvae.py`, `${models}/ssvae.py`, `${models}/fsvae.py`],
  extraCode: ['.py'],
  written: ['answers.md', 'derivations/iwae-lower-bound-proof.md', 'derivations/fsvae-elbo-derivation.md'],
  results: [...results, ...runs.map((run) => `checkpoints/${run}.pt`)],
  given: ['codebase/utils.py'],
  scaffolding: ['README.md', 'package.json', 'package-lock.json', '.gitignore', 'requirements.txt', 'make_submission.sh', 'LICENSE', 'LICENSE.md'],
};

export const inPython: InLanguage = {
  // PyTorch is large before it has done anything, and a first call sets things up.
  limits: { ...limits, cpuSeconds: 10, memoryMegabytes: 1536 },
  functions: {
    'cs236-hw2/vae/sample-gaussian': { module: 'codebase/utils.py', function: 'sample_gaussian', arguments: ['m', 'v'] },
    'cs236-hw2/vae/negative-elbo-bound': { module: `${models}/vae.py`, function: 'VAE.negative_elbo_bound', arguments: ['x'], reduction: 'mean' },
    'cs236-hw2/gmvae/log-normal': { module: 'codebase/utils.py', function: 'log_normal', arguments: ['x', 'm', 'v'] },
    'cs236-hw2/gmvae/log-normal-mixture': { module: 'codebase/utils.py', function: 'log_normal_mixture', arguments: ['z', 'm', 'v'] },
    'cs236-hw2/gmvae/negative-elbo-bound': { module: `${models}/gmvae.py`, function: 'GMVAE.negative_elbo_bound', arguments: ['x'], reduction: 'mean' },
    'cs236-hw2/iwae/vae-negative-iwae-bound': { module: `${models}/vae.py`, function: 'VAE.negative_iwae_bound', arguments: ['x', 'iw'], reduction: 'mean' },
    'cs236-hw2/iwae/gmvae-negative-iwae-bound': { module: `${models}/gmvae.py`, function: 'GMVAE.negative_iwae_bound', arguments: ['x', 'iw'], reduction: 'mean' },
    'cs236-hw2/ssvae/negative-elbo-bound': { module: `${models}/ssvae.py`, function: 'SSVAE.negative_elbo_bound', arguments: ['x'], reduction: 'mean' },
    'cs236-hw2/fsvae/negative-elbo-bound': { module: `${models}/fsvae.py`, function: 'FSVAE.negative_elbo_bound', arguments: ['x', 'y'], reduction: 'mean' },
  },
  hints: {
    gradient:
      'Every module must get its gradient through your result. `.item()`, `.data`, `.detach()`, `torch.no_grad()`, a new tensor made of numbers, or `sample()` where `rsample()` is needed cuts the path.',
  },
};
