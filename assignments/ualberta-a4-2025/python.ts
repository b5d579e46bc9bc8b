/** The homework as its handout asks it: in Python, in the helper script `assign4.py` or a notebook of it. */
import type { InLanguage, OtherRules } from '../../contract/rubric.ts';
import { inPythonLimits, pythonGradientHint } from '../in-python.ts';
import { limits } from '../ualberta-a4-2022/limits.ts';

const script = 'assign4.py';
const vae = 'ualberta-a4-2025/vae';
const cvae = 'ualberta-a4-2025/cvae';

export function pythonRules(written: readonly string[]): OtherRules {
  return {
    home: { name: '', aliases: [] },
    code: [script],
    otherNames: { [script]: ['assign4.ipynb', '*assign*4*.ipynb', '*a4*.ipynb', '*assign*4*.py', '*vae*.ipynb', '*.ipynb'] },
    extraCode: ['.py', '.ipynb'],
    written: [...written],
    results: [],
    given: ['given.py'],
    scaffolding: ['README.md', 'package.json', 'package-lock.json', '.gitignore', 'requirements.txt'],
  };
}

const asLosses = { module: 'given.py', function: 'losses_of' } as const;

export const inPython: InLanguage = {
  limits: { ...limits, ...inPythonLimits },
  functions: {
    [`${vae}/reconstruct`]: { module: script, function: 'reconstruct', otherNames: ['reconstruct_vae'], arguments: ['model', 'x'] },
    [`${vae}/kl-divergence`]: { module: script, function: 'kl_divergence', otherNames: ['kl', 'kl_div'], arguments: ['mean', 'variance'], reduction: 'mean' },
    [`${vae}/binary-cross-entropy`]: { module: script, function: 'binary_cross_entropy', otherNames: ['cross_entropy', 'bce'], arguments: ['x', 'logits'], reduction: 'mean' },
    [`${vae}/elbo`]: { module: script, function: 'elbo', otherNames: ['elbo_loss'], arguments: ['model', 'x'], reduction: 'mean' },
    [`${vae}/train-mnist-vae`]: { module: script, function: 'train_mnist_vae', through: asLosses, arguments: ['model', 'images', 'epochs', 'batch_size', 'learning_rate'] },
    [`${cvae}/reconstruct`]: { module: script, function: 'reconstruct_cvae', otherNames: ['reconstruct_conditional'], arguments: ['model', 'x', 'y'] },
    [`${cvae}/celbo`]: { module: script, function: 'celbo', otherNames: ['celbo_loss'], arguments: ['model', 'x', 'y'], reduction: 'mean' },
    [`${cvae}/train-mnist-cvae`]: { module: script, function: 'train_mnist_cvae', through: asLosses, arguments: ['model', 'images', 'labels', 'epochs', 'batch_size', 'learning_rate'] },
    'ualberta-a4-2025/gradient-estimators/naive': { module: script, function: 'naive_gradient', arguments: ['mean', 'variance', 'target', 'n'] },
    'ualberta-a4-2025/gradient-estimators/reparameterised': { module: script, function: 'reparameterised_gradient', arguments: ['mean', 'variance', 'target', 'n'] },
  },
  hints: { gradient: pythonGradientHint },
};
