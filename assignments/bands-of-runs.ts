/** Bands that follow from repeated runs of right work, as bench/bands.mjs prints them. */
import type { Band } from '../contract/band.ts';

/** Two-sided normal tolerance factors: 99.9 % of right runs with 95 % confidence (Howe 1969), by the number of runs. */
export const FACTORS = { 2: 64, 3: 16.8, 4: 10.7, 5: 8.3, 6: 7.4, 7: 6.7, 8: 6.2, 9: 5.9, 10: 5.6, 12: 5.3, 15: 4.9, 20: 4.6 } as const;

export interface Spread {
  readonly seen: readonly [low: number, high: number];
  readonly mean: number;
  readonly deviation: number;
}

interface Runs {
  readonly run: Band['run'];
  readonly dataSet: Band['dataSet'];
  readonly runs: keyof typeof FACTORS;
}

export function repeated({ run, dataSet, runs }: Runs, spreads: Readonly<Partial<Record<Band['quantity'], Spread>>>): readonly Band[] {
  const factor = FACTORS[runs];
  return (Object.entries(spreads) as [Band['quantity'], Spread][]).map(([quantity, { seen: [low, high], mean, deviation }]) => ({
    run,
    dataSet,
    quantity,
    seen: [low, high],
    limit: rounded(mean + (quantity === 'accuracy' ? -factor : factor) * deviation),
    from: `${runs} right runs at the handout's settings; the limit is their mean and ${factor} standard deviations`,
  }));
}

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
