/**
 * Fixtures: inputs with known answers, made by the reference, never by hand. Inputs and answers stand in
 * one file, but are read through two doors (autograder/answer-key): a child is only ever given inputs.
 */
import { argumentSchema, gradientSchema } from './messages.ts';
import { type Static, Type } from './schema.ts';
import { DType, Shape } from './values.ts';

const strict = { additionalProperties: false } as const;

export const FIXTURE_FORMAT = 1;

/** Small tensors stand in the JSON; larger ones in the question's .safetensors, under `stored`. */
export const FixtureTensor = Type.Object(
  {
    dtype: DType,
    shape: Shape,
    values: Type.Optional(Type.Array(Type.Number())),
    stored: Type.Optional(Type.String()),
  },
  strict,
);
export type FixtureTensor = Static<typeof FixtureTensor>;

export const FixtureArgument = argumentSchema(FixtureTensor);
export type FixtureArgument = Static<typeof FixtureArgument>;

export const FixtureGradient = gradientSchema(FixtureTensor);
export type FixtureGradient = Static<typeof FixtureGradient>;

/** One right answer: what the reference returns when its noise is laid out in this order. */
export const AcceptedAnswer = Type.Object(
  {
    /** How the noise was taken from the stream, e.g. `sample, row`; `none` where nothing is drawn. */
    layout: Type.String(),
    /** How many standard normals an implementation of this layout draws. */
    draws: Type.Integer({ minimum: 0 }),
    /** By component; '' is the returned tensor itself. */
    values: Type.Record(Type.String(), FixtureTensor),
    /** By component, then by module. */
    gradients: Type.Record(Type.String(), Type.Record(Type.String(), FixtureTensor)),
  },
  strict,
);
export type AcceptedAnswer = Static<typeof AcceptedAnswer>;

export const FixtureCase = Type.Object(
  {
    id: Type.String(),
    /** What the case is for, in the words a report uses: "three sizes, none equal". */
    title: Type.String(),
    /** `basic` cases travel with the template; `hidden` ones stay with staff. */
    visibility: Type.Union([Type.Literal('basic'), Type.Literal('hidden')]),
    /** The ids of the checks that this case feeds. */
    checks: Type.Array(Type.String()),
    /** `heavy` cases run on a backend that computes faster than plain JavaScript. */
    weight: Type.Union([Type.Literal('light'), Type.Literal('heavy')]),
    arguments: Type.Array(FixtureArgument),
    noise: Type.Object({ stream: Type.Optional(FixtureTensor), seed: Type.Integer() }, strict),
    gradients: Type.Array(FixtureGradient),
    answers: Type.Array(AcceptedAnswer),
    tolerance: Type.Object({ absolute: Type.Number(), relative: Type.Number() }, strict),
  },
  strict,
);
export type FixtureCase = Static<typeof FixtureCase>;

export const FixtureFile = Type.Object(
  {
    format: Type.Literal(FIXTURE_FORMAT),
    assignment: Type.String(),
    question: Type.String(),
    tasks: Type.Record(Type.String(), Type.Array(FixtureCase)),
  },
  strict,
);
export type FixtureFile = Static<typeof FixtureFile>;

export const FixtureManifest = Type.Object(
  {
    format: Type.Literal(FIXTURE_FORMAT),
    assignment: Type.String(),
    term: Type.String(),
    seed: Type.Integer(),
    /** True when the seed is in the open: such fixtures serve self-check, demo and tests. */
    public: Type.Boolean(),
    engine: Type.Object({ tfjs: Type.String(), backend: Type.String() }, strict),
    /** sha256 of every file by name. */
    files: Type.Record(Type.String(), Type.String()),
  },
  strict,
);
export type FixtureManifest = Static<typeof FixtureManifest>;
