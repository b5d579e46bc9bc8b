/**
 * Statistical cases: what judges a random function whose noise is not the recorded stream. The same call is
 * made several times with seeds of its own, and averages are held against exact expectations.
 */
import { FixtureArgument, FixtureGradient, FixtureTensor } from './fixture-values.ts';
import { type Static, Type } from './schema.ts';
import type { TensorData } from './values.ts';

const strict = { additionalProperties: false } as const;

const quantity = {
  /** The right expectation, by quadrature. */
  mean: Type.Number(),
  /** Of one call's result: the largest over all ways of drawing that are accepted. */
  deviation: Type.Number({ minimum: 0 }),
  /** How far the average of all calls may lie from `mean`: at most 1e-9 false fails a check. */
  limit: Type.Number({ minimum: 0 }),
};

export const Quantity = Type.Object(quantity, strict);
export type Quantity = Static<typeof Quantity>;

/** A gradient along one fixed direction in a module's parameters. */
const DirectionalQuantity = Type.Object({ ...quantity, direction: FixtureTensor }, strict);

const Probability = Type.Number({ minimum: 0, maximum: 1 });

/** A law of which a sampler returns independent draws, one a row. */
export const SampledLaw = Type.Union([
  Type.Object({ name: Type.Literal('exponential'), rate: Type.Number({ exclusiveMinimum: 0 }) }, strict),
  /** Labels from 0 on. */
  Type.Object({ name: Type.Literal('categorical'), probabilities: Type.Array(Probability, { minItems: 2 }) }, strict),
  /** Rows softmax((log probabilities + Gumbel noise) / temperature). */
  Type.Object({ name: Type.Literal('gumbel-softmax'), probabilities: Type.Array(Probability, { minItems: 2 }), temperature: Type.Number({ exclusiveMinimum: 0 }) }, strict),
]);
export type SampledLaw = Static<typeof SampledLaw>;

/** One call on extreme inputs: any noise gives a result within `allowance` of `mean`. */
const Extreme = Type.Object({ mean: Type.Number(), allowance: Type.Number({ minimum: 0 }) }, strict);
export type Extreme = Static<typeof Extreme>;

export const FixtureStatistics = Type.Object(
  {
    arguments: Type.Array(FixtureArgument),
    gradients: Type.Array(FixtureGradient),
    /** One call for each. */
    seeds: Type.Array(Type.Integer(), { minItems: 2 }),
    /** How many rows of fresh noise a call has. */
    rows: Type.Integer({ minimum: 1 }),
    judged: Type.Union([
      /** The result itself is a sample of the Gaussian with the given mean and variance. */
      Type.Object({ kind: Type.Literal('sampler') }, strict),
      /** The result is a sample of this law. `parameter` names the argument that gradients are taken of. */
      Type.Object({ kind: Type.Literal('law'), law: SampledLaw, parameter: Type.Optional(Type.String()) }, strict),
      Type.Object(
        {
          kind: Type.Literal('averages'),
          values: Type.Record(Type.String(), Quantity),
          /** By component, then by module. */
          gradients: Type.Record(Type.String(), Type.Record(Type.String(), Type.Array(DirectionalQuantity))),
          /** By case, then by component. */
          extremes: Type.Record(Type.String(), Type.Record(Type.String(), Extreme)),
        },
        strict,
      ),
    ]),
    /** Known mistakes that these tests cannot see with a power of 0.999: only an exact comparison can. */
    exactOnly: Type.Array(Type.String()),
  },
  strict,
);
export type FixtureStatistics = Static<typeof FixtureStatistics>;

export type DirectionalMean = Quantity & { readonly direction: TensorData };

/** What compare knows of a statistical case, with its tensors in memory. */
export interface StatisticalExpectation {
  readonly rows: number;
  readonly judged:
    | { readonly kind: 'sampler'; readonly mean: TensorData; readonly variance: TensorData; readonly weights: TensorData }
    /** Without `differentiated` no gradient is asked for. */
    | { readonly kind: 'law'; readonly law: SampledLaw; readonly differentiated?: { readonly parameter: string; readonly weights: TensorData } }
    | {
        readonly kind: 'averages';
        readonly values: ReadonlyMap<string, Quantity>;
        readonly gradients: ReadonlyMap<string, ReadonlyMap<string, readonly DirectionalMean[]>>;
        readonly extremes: ReadonlyMap<string, ReadonlyMap<string, Extreme>>;
      };
}
