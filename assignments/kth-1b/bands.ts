import type { Band } from '../../contract/band.ts';
import { repeated } from '../bands-of-runs.ts';

/**
 * `elbow train kth-vae --reference`, measured with bench/bands.mjs. On MNIST their losses
 * are the published ones, epoch by epoch (docs/training.md).
 */
export const bands: readonly Band[] = [
  ...repeated({ run: 'kth-vae', dataSet: 'mnist', runs: 3 }, {
    'training-loss': { seen: [84.21, 84.42], mean: 84.33, deviation: 0.11 },
    nelbo: { seen: [85.31, 86.14], mean: 85.73, deviation: 0.42 },
  }),
  ...repeated({ run: 'kth-vae', dataSet: 'drawn-digits', runs: 8 }, {
    'training-loss': { seen: [92.99, 94.82], mean: 93.77, deviation: 0.74 },
    nelbo: { seen: [98.38, 100.75], mean: 99.35, deviation: 0.91 },
  }),
];
