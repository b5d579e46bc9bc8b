/** The numbers of a finished run as lines of text: what was measured, and where right work lies. */
import { type Band, type BandQuantity, type Standing, standingIn } from '../../contract/band.ts';
import { type TrainingRun } from '../../contract/model-layout.ts';
import type { RunMetrics } from '../../contract/training-metrics.ts';

export function summaryOf(run: TrainingRun, { dataSet, seconds, iterations, losses, measured }: RunMetrics, bands: readonly Band[]): readonly string[] {
  const { iwae = {} } = measured;
  const rows: readonly (readonly [label: string, value: number | undefined, quantity?: BandQuantity])[] = [
    ['nelbo', measured.nelbo, 'nelbo'],
    ['kl', measured.kl, 'kl'],
    ['  of z', measured.klZ],
    ['  of y', measured.klY],
    ['rec', measured.rec, 'rec'],
    ['IWAE 1', iwae['1'], 'iwae-1'],
    ['IWAE 10', iwae['10'], 'iwae-10'],
    ['IWAE 100', iwae['100'], 'iwae-100'],
    ['IWAE 1000', iwae['1000'], 'iwae-1000'],
    ['accuracy', measured.accuracy, 'accuracy'],
    ['last epoch', losses?.at(-1)],
  ];
  const lines = rows.flatMap(([label, value, quantity]) => {
    if (value === undefined) return [];
    const band = bands.find((candidate) => candidate.run === run && candidate.dataSet === dataSet && candidate.quantity === quantity);
    const shown = quantity === 'accuracy' ? value.toFixed(4) : value.toFixed(2);
    return [`  ${label.padEnd(10)} ${shown.padStart(8)}${band === undefined ? '' : `   right work: ${rangeOf(band)}${wordsOf(band, value)}`}`];
  });
  const has = bands.some((band) => band.run === run && band.dataSet === dataSet);
  return [
    `After ${iterations.toLocaleString('en')} iterations${seconds === undefined ? '' : ` in ${Math.round(seconds)} s`}, on the public test subset of ${dataSet}${measured.accuracy === undefined ? '' : ' (accuracy: on the whole test set)'}:`,
    ...lines,
    ...(has ? [] : [`There is no band of right work for ${run} on ${dataSet} yet.`]),
  ];
}

function rangeOf({ seen: [low, high] }: Band): string {
  return low === high ? `about ${low}` : `${low} to ${high}`;
}

/** A single run of right work does not tell better from worse. */
function wordsOf(band: Band, value: number): string {
  const standing = standingIn(band, value);
  // A part of the loss has no bad side: what is more in one is less in the other.
  if (band.limit === undefined) return standing === 'inside' ? '' : ' (yours lies beside it; that costs nothing)';
  return band.seen[0] === band.seen[1] && standing !== 'beyond' ? '' : WORDS[standing];
}

const WORDS: Readonly<Record<Standing, string>> = { inside: '', better: ' (yours is better)', worse: ' (yours is a little worse, and within the limit)', beyond: ' (yours is beyond it)' };
