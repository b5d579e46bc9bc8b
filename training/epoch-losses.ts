/** What a notebook prints: the average loss of every epoch, while its weights change. */

/** So far: the epochs that are over, and the sum of the one that is not. */
export interface EpochLosses {
  readonly losses: readonly number[];
  readonly sum: number;
}

export const NO_EPOCHS: EpochLosses = { losses: [], sum: 0 };

/** After a step, counted from 1, of this loss. Of the sums only the last is kept, so that a run that goes on ends with the same numbers. */
export function withStep({ losses, sum }: EpochLosses, { step, loss, stepsPerEpoch }: { readonly step: number; readonly loss: number; readonly stepsPerEpoch: number }): EpochLosses {
  const total = sum + loss;
  return step % stepsPerEpoch === 0 ? { losses: [...losses, total / stepsPerEpoch], sum: 0 } : { losses, sum: total };
}
