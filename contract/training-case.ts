/**
 * Short trainings: a small model is trained with the student's loss in the box, from fixed weights, on batches in a
 * fixed order, so that only noise varies. What it has become is measured outside, and held against right work.
 */
import { FixtureArgument, FixtureTensor } from './fixture-values.ts';
import type { Model } from './question.ts';
import { type Static, Type } from './schema.ts';
import type { TensorData } from './values.ts';

const strict = { additionalProperties: false } as const;

export const FixtureTraining = Type.Object(
  {
    /** The model before the first step, and data in rows: what the function takes, in order. */
    arguments: Type.Array(FixtureArgument),
    /** What is made small. */
    component: Type.String(),
    /** int32 [steps, batch] */
    rows: FixtureTensor,
    learningRate: Type.Number({ exclusiveMinimum: 0 }),
    /** Of all noise. */
    seed: Type.Integer(),
    /** Never sent to a child: other rows of the same data, and the noise they are measured with [draws, rows, latent]. */
    heldOut: Type.Object({ x: FixtureTensor, y: Type.Optional(FixtureTensor), noise: FixtureTensor }, strict),
    /** The loss on those, in nats: before training, and after it over right ways to write the function and seeds. */
    before: Type.Number(),
    right: Type.Object({ runs: Type.Integer({ minimum: 2 }), mean: Type.Number(), deviation: Type.Number({ minimum: 0 }) }, strict),
    /** A loss above it is not right work's: six deviations above its mean. There is no lower limit. */
    limit: Type.Number(),
    /** Known mistakes that a training does not show with ten deviations: only values or gradients do. */
    unseen: Type.Array(Type.String()),
  },
  strict,
);
export type FixtureTraining = Static<typeof FixtureTraining>;

export interface HeldOut {
  readonly x: TensorData;
  readonly y?: TensorData;
  readonly noise: TensorData;
}

/** What compare knows of a training. */
export interface TrainingExpectation {
  readonly steps: number;
  readonly start: Model;
  readonly heldOut: HeldOut;
  readonly before: number;
  readonly right: FixtureTraining['right'];
  readonly limit: number;
}
