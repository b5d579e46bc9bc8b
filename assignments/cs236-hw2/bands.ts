import type { Band } from '../../contract/band.ts';
import { repeated, rounded } from '../bands-of-runs.ts';

const MANY = 'right solutions collected over several terms; the limit is their range once more beyond its bad end';

/**
 * Real MNIST: ranges over right solutions on the course's own bits, widened on the bad side by their own width,
 * because the course's published tolerances are narrower than right work in places.
 */
const onMnist: readonly Band[] = [
  ...loss('vae', { nelbo: [100.9, 101.9], 'iwae-1': [100.9, 101.9], 'iwae-10': [98.1, 99.2], 'iwae-100': [97.0, 98.1], 'iwae-1000': [96.7, 97.7] }),
  ...parts('vae', { kl: [19.1, 19.8], rec: [81.4, 82.6] }),
  ...loss('gmvae', { nelbo: [98.5, 99.2], 'iwae-10': [95.8, 96.8], 'iwae-100': [94.8, 95.9], 'iwae-1000': [94.2, 95.7] }),
  ...parts('gmvae', { kl: [17.3, 17.9], rec: [80.6, 81.9] }),
  accuracy('ssvae-gw0', [0.729, 0.763]),
  accuracy('ssvae', [0.931, 0.956]),
];

/** Drawn digits: runs of the whole length, by `elbow train --reference` and by programs that share no code with it (bench/bands.mjs). */
const onDrawnDigits: readonly Band[] = [
  ...repeated({ run: 'vae', dataSet: 'drawn-digits', runs: 6 }, {
    nelbo: { seen: [99.81, 101.05], mean: 100.47, deviation: 0.45 },
    'iwae-1': { seen: [99.8, 101.05], mean: 100.47, deviation: 0.45 },
    'iwae-10': { seen: [96.73, 97.8], mean: 97.26, deviation: 0.43 },
    'iwae-100': { seen: [95.54, 96.56], mean: 95.95, deviation: 0.47 },
    'iwae-1000': { seen: [94.44, 95.88], mean: 95.15, deviation: 0.57 },
  }),
  ...repeated({ run: 'gmvae', dataSet: 'drawn-digits', runs: 5 }, {
    nelbo: { seen: [97.47, 98.59], mean: 97.87, deviation: 0.48 },
    'iwae-10': { seen: [94.26, 95.32], mean: 94.65, deviation: 0.42 },
    'iwae-100': { seen: [92.93, 94.03], mean: 93.35, deviation: 0.43 },
    'iwae-1000': { seen: [92.28, 93.26], mean: 92.65, deviation: 0.37 },
  }),
  ...repeated({ run: 'ssvae', dataSet: 'drawn-digits', runs: 5 }, { accuracy: { seen: [0.972, 0.987], mean: 0.9796, deviation: 0.0056 } }),
  ...repeated({ run: 'ssvae-gw0', dataSet: 'drawn-digits', runs: 8 }, { accuracy: { seen: [0.752, 0.785], mean: 0.7713, deviation: 0.0113 } }),
];

export const bands: readonly Band[] = [...onMnist, ...onDrawnDigits];

type Ranges = Readonly<Partial<Record<Band['quantity'], readonly [low: number, high: number]>>>;

function loss(run: Band['run'], ranges: Ranges): readonly Band[] {
  return entries(ranges).map(([quantity, [low, high]]) => ({ run, dataSet: 'mnist', quantity, seen: [low, high], limit: rounded(high + (high - low)), from: MANY }));
}

/** KL and reconstruction have no bad side of their own: their sum has. */
function parts(run: Band['run'], ranges: Ranges): readonly Band[] {
  return entries(ranges).map(([quantity, [low, high]]) => ({ run, dataSet: 'mnist', quantity, seen: [low, high], from: MANY }));
}

function accuracy(run: Band['run'], [low, high]: readonly [number, number]): Band {
  return { run, dataSet: 'mnist', quantity: 'accuracy', seen: [low, high], limit: rounded(low - (high - low)), from: MANY };
}

function entries(ranges: Ranges): readonly (readonly [Band['quantity'], readonly [number, number]])[] {
  return Object.entries(ranges) as [Band['quantity'], readonly [number, number]][];
}
