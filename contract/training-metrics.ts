/** metrics.json of a hand-in: how each model was trained, and the numbers that `elbow train` measured, or that a student typed. */
import { parser, type Static, Type } from './schema.ts';

/** Where the images came from: bands of right work follow it. */
export const DataSetId = Type.Union([
  Type.Literal('drawn-digits'),
  Type.Literal('mnist'),
  Type.Literal('drawn-street-numbers'),
  Type.Literal('svhn'),
]);
export type DataSetId = Static<typeof DataSetId>;

/** How many training images each has: what makes an epoch. */
export const TRAINING_IMAGES: Readonly<Record<DataSetId, number>> = { 'drawn-digits': 20_000, mnist: 60_000, 'drawn-street-numbers': 10_000, svhn: 73_257 };

/** How many samples the IWAE bounds of the handout take. */
export const IWAE_SAMPLES = [1, 10, 100, 1000] as const;

const nats = Type.Number({ minimum: -1e9, maximum: 1e9 });

/** Averages over the public test subset. A number that a model does not have, or that was not measured, is absent. */
export const Measured = Type.Object(
  {
    /** The noise they were measured with: `measurementNoise` of training/. Absent where the numbers are not elbow's. */
    noiseSeed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 })),
    nelbo: Type.Optional(nats),
    /** Of an SSVAE klY + klZ, which are also given apart. */
    kl: Type.Optional(nats),
    klZ: Type.Optional(nats),
    klY: Type.Optional(nats),
    rec: Type.Optional(nats),
    /** Negative IWAE bounds by number of samples. */
    iwae: Type.Optional(
      Type.Object(
        { '1': Type.Optional(nats), '10': Type.Optional(nats), '100': Type.Optional(nats), '1000': Type.Optional(nats) },
        { additionalProperties: false },
      ),
    ),
    /** Part of the whole test set that the classifier names rightly. */
    accuracy: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  },
  { additionalProperties: false },
);
export type Measured = Static<typeof Measured>;

export const RunMetrics = Type.Object(
  {
    dataSet: DataSetId,
    iterations: Type.Integer({ minimum: 0 }),
    batch: Type.Integer({ minimum: 1 }),
    learningRate: Type.Number({ exclusiveMinimum: 0 }),
    /** Of an SSVAE: the weight of the ELBO in the loss. */
    gw: Type.Optional(Type.Number({ minimum: 0 })),
    seed: Type.Integer({ minimum: 0, maximum: 2 ** 32 - 1 }),
    /** Whose loss was trained: the folder's own, or elbow's. */
    loss: Type.Optional(Type.Union([Type.Literal('own'), Type.Literal('reference')])),
    backend: Type.Optional(Type.Union([Type.Literal('native'), Type.Literal('wasm'), Type.Literal('cpu')])),
    seconds: Type.Optional(Type.Number({ minimum: 0 })),
    /** The average loss of every epoch, in nats an image, while it was trained: what a notebook prints. */
    losses: Type.Optional(Type.Array(nats, { maxItems: 10_000 })),
    measured: Measured,
  },
  { additionalProperties: false },
);
export type RunMetrics = Static<typeof RunMetrics>;

/** By run, as in contract/model-layout.ts. */
export const TrainingMetrics = Type.Object(
  {
    format: Type.Literal(1),
    runs: Type.Object(
      {
        vae: Type.Optional(RunMetrics),
        gmvae: Type.Optional(RunMetrics),
        ssvae: Type.Optional(RunMetrics),
        'ssvae-gw0': Type.Optional(RunMetrics),
        fsvae: Type.Optional(RunMetrics),
        'kth-vae': Type.Optional(RunMetrics),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type TrainingMetrics = Static<typeof TrainingMetrics>;

export const METRICS_FILE = 'metrics.json';

/** @throws SchemaError */
export const parseTrainingMetrics = parser(METRICS_FILE, TrainingMetrics);
