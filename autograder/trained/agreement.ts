/** Whether numbers that were reported are those of the checkpoint, as far as their noise can tell. */
import type { Estimate, Estimates } from '../../contract/evaluation.ts';
import type { Quantity } from '../../contract/task.ts';
import type { RunMetrics } from '../../contract/training-metrics.ts';

/** A right number is this many standard errors off once in a million. */
const DEVIATIONS = 5;

/** What float32 and another machine may change. */
const ARITHMETIC = 0.01;

/** A test set of another binarisation, or another part of it: accuracy is no number of this noise. */
const ACCURACY_ELSEWHERE = 0.03;
const ACCURACY_OF_ELBOW = 0.002;

/**
 * The average of an epoch is that of weights which were still changing, over all training images; the checkpoint is
 * measured after it, on some of them. The notebook divides by one batch less, up to half a nat more on drawn digits.
 */
const LAST_EPOCH = 2.5;

export interface Reported {
  readonly quantity: Quantity;
  readonly value: number;
  /** How far the checkpoint may be below it beside all noise: an average of weights that were still changing lies behind them. */
  readonly behind?: number;
}

export interface Disagreement extends Reported {
  readonly measured: number;
  readonly tolerance: number;
}

/** In the order asked for; a quantity that was not reported is not there. */
export function reportedIn(metrics: RunMetrics, wanted: readonly Quantity[]): readonly Reported[] {
  return wanted.flatMap((quantity) => {
    const value = valueOf(metrics, quantity);
    return value === undefined ? [] : [{ quantity, value, ...(quantity === 'training-loss' ? { behind: behindOf(metrics) } : {}) }];
  });
}

/** By less than two epochs before it made the loss fall: steps may have been taken after it. Nobody gains by a loss that is too large. */
function behindOf({ losses = [] }: RunMetrics): number {
  const [before, last] = [losses.at(-2), losses.at(-1)];
  return before === undefined || last === undefined ? Infinity : 2 * Math.max(0, before - last);
}

function valueOf({ measured, losses }: RunMetrics, quantity: Quantity): number | undefined {
  switch (quantity) {
    case 'nelbo':
    case 'kl':
    case 'rec':
    case 'accuracy':
      return measured[quantity];
    case 'iwae-1':
      return measured.iwae?.['1'];
    case 'iwae-10':
      return measured.iwae?.['10'];
    case 'iwae-100':
      return measured.iwae?.['100'];
    case 'iwae-1000':
      return measured.iwae?.['1000'];
    case 'training-loss':
      return losses?.at(-1);
  }
}

/** @param byElbow measured by `elbow train`, which says with how many repeats. */
export function disagreements(reported: readonly Reported[], estimates: Estimates, byElbow: boolean): readonly Disagreement[] {
  return reported.flatMap(({ quantity, value, behind = 0 }) => {
    const estimate = estimates[quantity];
    if (estimate === undefined) return [];
    const tolerance = toleranceOf(quantity, value, estimate, byElbow);
    const above = value - estimate.value;
    return above <= tolerance + behind && above >= -tolerance ? [] : [{ quantity, value, measured: estimate.value, tolerance }];
  });
}

function toleranceOf(quantity: Quantity, value: number, { error, once }: Estimate, byElbow: boolean): number {
  if (quantity === 'training-loss') return LAST_EPOCH;
  if (quantity === 'accuracy') return (byElbow ? ACCURACY_OF_ELBOW : ACCURACY_ELSEWHERE) + rounding(value);
  const theirs = byElbow ? once / Math.sqrt(repeatsOfElbow(quantity)) : once;
  return DEVIATIONS * Math.hypot(theirs, error) + rounding(value) + ARITHMETIC;
}

/** As training/measure.ts repeats them. */
function repeatsOfElbow(quantity: Quantity): number {
  switch (quantity) {
    case 'iwae-1':
    case 'nelbo':
    case 'kl':
    case 'rec':
      return 100;
    case 'iwae-10':
      return 10;
    default:
      return 1;
  }
}

/** Half of the last digit that was written. */
function rounding(value: number): number {
  const digits = String(value).split('.')[1]?.length ?? 0;
  return 0.5 * 10 ** -digits;
}

/** Numbers that cannot be of one model, whatever it is: sentences, none where they fit one another. */
export function contradictions(reported: readonly Reported[]): readonly string[] {
  const value = (quantity: Quantity): number | undefined => reported.find((entry) => entry.quantity === quantity)?.value;
  const [nelbo, kl, rec] = [value('nelbo'), value('kl'), value('rec')];
  const sum = nelbo === undefined || kl === undefined || rec === undefined || Math.abs(nelbo - kl - rec) <= 0.02 + rounding(nelbo) + rounding(kl) + rounding(rec);
  const bounds = (['iwae-1', 'iwae-10', 'iwae-100', 'iwae-1000'] as const).flatMap((quantity) => value(quantity) ?? []);
  // Each falls in expectation; one evaluation has a standard deviation of at most 0.35.
  const falling = bounds.every((bound, index) => index === 0 || bound <= (bounds[index - 1] ?? 0) + DEVIATIONS * 0.35);
  return [...(sum ? [] : ['The nelbo that is reported is not kl plus rec.']), ...(falling ? [] : ['The bounds that are reported rise with m, which they cannot.'])];
}
