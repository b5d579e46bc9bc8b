/** Whether a trained model is as good as right work makes it. Only the bad side costs anything. */
import { type Band, standingIn } from '../../contract/band.ts';
import type { Estimate, Evaluation } from '../../contract/evaluation.ts';
import type { Quantity } from '../../contract/task.ts';

type Evaluated = Extract<Evaluation, { readonly kind: 'evaluated' }>;

const DEVIATIONS = 5;

export interface OutsideBand {
  readonly quantity: Quantity;
  /** On the public subset: of hidden images no number is told. */
  readonly shown: number | undefined;
  readonly limit: number;
}

/**
 * Limits are known for the public subset. Another hundred images are easier or harder for every model alike, so on
 * hidden ones the limit is moved by as much as the checkpoint of a right run tells. Without one the public subset decides.
 */
export function outsideBands(bands: readonly Band[], evaluation: Evaluated, classified: number): readonly OutsideBand[] {
  return bands.flatMap((band) => {
    const onPublic = evaluation.public[band.quantity];
    const judged = onHidden(band, evaluation, classified) ?? judgedOn(band, onPublic, 0, 0);
    return standingIn(judged.band, judged.value) === 'beyond' ? [{ quantity: band.quantity, shown: onPublic?.value, limit: band.limit ?? Number.NaN }] : [];
  });
}

interface Judged {
  readonly band: Band;
  readonly value: number;
}

function onHidden(band: Band, { hidden, reference }: Evaluated, classified: number): Judged | null {
  const [own, right] = [hidden?.[band.quantity], reference];
  if (own === undefined || right === null) return null;
  const [rightHidden, rightPublic] = [right.hidden[band.quantity], right.public[band.quantity]];
  if (rightHidden === undefined || rightPublic === undefined) return null;
  const chance = band.quantity === 'accuracy' ? Math.sqrt((rightHidden.value * (1 - rightHidden.value)) / classified) : 0;
  return judgedOn(band, own, rightHidden.value - rightPublic.value, Math.hypot(rightHidden.error, rightPublic.error, chance));
}

function judgedOn(band: Band, estimate: Estimate | undefined, moved: number, error: number): Judged {
  const allowance = DEVIATIONS * Math.hypot(estimate?.error ?? 0, error);
  const limit = band.limit === undefined ? undefined : band.limit + moved + (band.quantity === 'accuracy' ? -allowance : allowance);
  const { limit: _limit, ...rest } = band;
  return { band: limit === undefined ? rest : { ...rest, limit }, value: estimate?.value ?? Number.NaN };
}
