/**
 * Fixtures: inputs with known answers, made by the reference, never by hand. Inputs and answers stand in
 * one file, but are read through two doors (autograder/answer-key): a child is only ever given inputs.
 */
import { FixtureArgument, FixtureGradient, FixtureTensor } from './fixture-values.ts';
import { StreamLaw } from './messages.ts';
import { type Static, Type } from './schema.ts';
import { FixtureStatistics } from './statistics.ts';
import { FixtureTraining } from './training-case.ts';

export { FixtureArgument, FixtureGradient, FixtureTensor };

const strict = { additionalProperties: false } as const;

export const FIXTURE_FORMAT = 1;

/** One right answer: what the reference returns when its noise is laid out in this order. */
export const AcceptedAnswer = Type.Object(
  {
    /** How the noise was taken from the stream, e.g. `sample, row`; `none` where nothing is drawn. */
    layout: Type.String(),
    /** How many numbers of the stream's law an implementation of this layout draws. */
    draws: Type.Integer({ minimum: 0 }),
    /** By component; '' is the returned tensor itself. */
    values: Type.Record(Type.String(), FixtureTensor),
    /** By component, then by module. */
    gradients: Type.Record(Type.String(), Type.Record(Type.String(), FixtureTensor)),
  },
  strict,
);
export type AcceptedAnswer = Static<typeof AcceptedAnswer>;

const size = Type.Optional(Type.Integer({ minimum: 1 }));

/** What a case has a size of, and a wrong result can be too large by. */
const CaseSizes = Type.Object({ batch: size, latent: size, pixels: size, dimensions: size, components: size, samples: size, labels: size }, strict);
export type CaseSizes = Readonly<Static<typeof CaseSizes>>;

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
    noise: Type.Object({ stream: Type.Optional(FixtureTensor), law: Type.Optional(StreamLaw), seed: Type.Integer() }, strict),
    gradients: Type.Array(FixtureGradient),
    answers: Type.Array(AcceptedAnswer),
    sizes: Type.Optional(CaseSizes),
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
    /** By task: what judges a random function whose noise is not the recorded stream. */
    statistics: Type.Optional(Type.Record(Type.String(), FixtureStatistics)),
    /** By task: a short training with the function. */
    trainings: Type.Optional(Type.Record(Type.String(), FixtureTraining)),
  },
  strict,
);
export type FixtureFile = Static<typeof FixtureFile>;

const byName = <Schema extends Parameters<typeof Type.Array>[0]>(schema: Schema) => Type.Record(Type.String(), schema);

/** What a known mistake returns when its noise is laid out in this order, in the cases that tell it apart. */
export const FixtureMistakenAnswer = Type.Object(
  {
    layout: Type.String(),
    /** By case, then by component. */
    values: byName(byName(FixtureTensor)),
    /** By case, component and module, of a mistake whose values are right. A module that is not there gets no gradient. */
    gradients: byName(byName(byName(FixtureTensor))),
  },
  strict,
);
export type FixtureMistakenAnswer = Static<typeof FixtureMistakenAnswer>;

/** A known mistake of one task: enough to recognise it without the code that makes it. */
export const FixtureMistake = Type.Object(
  {
    id: Type.String(),
    /** For staff, in one line. */
    description: Type.String(),
    /** For students. */
    feedback: Type.String(),
    /** Where it first differs from what is right. */
    seenIn: Type.Union([Type.Literal('values'), Type.Literal('stability'), Type.Literal('gradient')]),
    /** From the nearest right answer, in tolerances; absent where they cannot be compared (a shape, a NaN). */
    distance: Type.Optional(Type.Number()),
    /** Mistakes that give the same numbers in every case. */
    twins: Type.Array(Type.String()),
    answers: Type.Array(FixtureMistakenAnswer),
  },
  strict,
);
export type FixtureMistake = Static<typeof FixtureMistake>;

/** Stands beside the cases of a question in a file of its own: for staff only, never sent to a child. */
export const FixtureMistakeFile = Type.Object(
  { format: Type.Literal(FIXTURE_FORMAT), assignment: Type.String(), question: Type.String(), tasks: byName(Type.Array(FixtureMistake)) },
  strict,
);
export type FixtureMistakeFile = Static<typeof FixtureMistakeFile>;

export const FixtureManifest = Type.Object(
  {
    format: Type.Literal(FIXTURE_FORMAT),
    assignment: Type.String(),
    term: Type.String(),
    /** Null where the set was made from a secret. */
    seed: Type.Union([Type.Integer(), Type.Null()]),
    /** A keyed hash by which whoever has the secret can tell that it is the one. */
    secretMark: Type.Optional(Type.String()),
    /** True when the seed is in the open: such fixtures serve self-check, demo and tests. */
    public: Type.Boolean(),
    /** Which attempt at the cases of a task was taken, where the first was not: cases that hide a mistake are rejected. */
    attempts: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 1 }))),
    engine: Type.Object({ tfjs: Type.String(), backend: Type.String() }, strict),
    /** sha256 of every file by name. */
    files: Type.Record(Type.String(), Type.String()),
  },
  strict,
);
export type FixtureManifest = Static<typeof FixtureManifest>;
