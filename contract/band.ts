/** What right work measures after training, as data: from repeated runs of right code. Only the bad side costs anything. */
import { type Static, Type } from './schema.ts';
import { DataSetId } from './training-metrics.ts';

export const BandQuantity = Type.Union([
  Type.Literal('nelbo'),
  Type.Literal('kl'),
  Type.Literal('rec'),
  Type.Literal('iwae-1'),
  Type.Literal('iwae-10'),
  Type.Literal('iwae-100'),
  Type.Literal('iwae-1000'),
  Type.Literal('accuracy'),
  /** The negative ELBO of images that the model was trained on, in nats an image. */
  Type.Literal('training-loss'),
]);
export type BandQuantity = Static<typeof BandQuantity>;

export const Band = Type.Object(
  {
    run: Type.Union([Type.Literal('vae'), Type.Literal('gmvae'), Type.Literal('ssvae'), Type.Literal('ssvae-gw0'), Type.Literal('fsvae'), Type.Literal('kth-vae')]),
    dataSet: DataSetId,
    /** The public test subset; for an accuracy the whole test set, for a training loss images of the training set. */
    quantity: BandQuantity,
    /** Between these lay all runs of right code. */
    seen: Type.Tuple([Type.Number(), Type.Number()]),
    /** A run beyond this is not right: below it for an accuracy, above it for a loss. Absent where there is no bad side. */
    limit: Type.Optional(Type.Number()),
    /** How many runs, of what, and by which rule the limit was set. */
    from: Type.String(),
  },
  { additionalProperties: false },
);
export type Band = Static<typeof Band>;

export type Standing = 'inside' | 'better' | 'worse' | 'beyond';

/** Where a measured number stands: among the right runs, better, worse but within the limit, or beyond it. */
export function standingIn({ quantity, seen: [low, high], limit }: Band, value: number): Standing {
  const sign = quantity === 'accuracy' ? -1 : 1;
  if (limit !== undefined && !(sign * value <= sign * limit)) return 'beyond';
  if (value >= low && value <= high) return 'inside';
  return sign * value < sign * (quantity === 'accuracy' ? high : low) ? 'better' : 'worse';
}
