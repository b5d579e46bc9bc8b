import type { Band } from '../../contract/band.ts';

const MANY = 'right solutions collected over several terms; the limit is their range once more beyond its bad end';

/** Nats above a first run: ten right runs on MNIST lie within 1.1 of one another. */
const ROOM_FOR_ONE_RUN = 2.5;

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

/** Drawn digits: one run of 20,000 iterations so far, so the limits leave more room than repeated runs will need. */
const onDrawnDigits: readonly Band[] = [
  ...firstRun('vae', { nelbo: 100.37, 'iwae-1': 100.37, 'iwae-10': 97.04, 'iwae-100': 95.62, 'iwae-1000': 94.7 }),
];

export const bands: readonly Band[] = [...onMnist, ...onDrawnDigits];

type Ranges = Readonly<Partial<Record<Band['quantity'], readonly [low: number, high: number]>>>;

function loss(run: Band['run'], ranges: Ranges): readonly Band[] {
  return entries(ranges).map(([quantity, [low, high]]) => ({ run, dataSet: 'mnist', quantity, seen: [low, high], limit: rounded(high + (high - low)), from: MANY }));
}

function firstRun(run: Band['run'], measured: Readonly<Partial<Record<Band['quantity'], number>>>): readonly Band[] {
  return (Object.entries(measured) as [Band['quantity'], number][]).map(([quantity, value]) => ({
    run,
    dataSet: 'drawn-digits',
    quantity,
    seen: [value, value],
    limit: rounded(value + ROOM_FOR_ONE_RUN),
    from: 'one right run of 20,000 iterations; the limit is set with room until there are eight',
  }));
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

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
