/**
 * What changes from term to term and from course to course: when work is due, who has longer, and how marks
 * become a final mark. A term is a file of its own, so that a new one edits no code.
 */
import { type Static, Type } from './schema.ts';

const strict = { additionalProperties: false } as const;

/** `2026-12-08T23:59`, in the term's time zone. */
const LocalTime = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$' });

const Percent = Type.Number({ minimum: 0, maximum: 100 });

export const LatePolicy = Type.Union([
  /** After the grace time nothing is accepted. */
  Type.Object({ kind: Type.Literal('none-accepted'), graceMinutes: Type.Number({ minimum: 0 }) }, strict),
  /** Each day that was begun costs a share of the marks there are, down to a floor; after the cut-off nothing is accepted. */
  Type.Object(
    {
      kind: Type.Literal('percent-per-day'),
      graceMinutes: Type.Number({ minimum: 0 }),
      percentPerDay: Percent,
      /** The most that lateness can take. */
      mostPercent: Percent,
      cutOffDays: Type.Optional(Type.Number({ minimum: 0 })),
    },
    strict,
  ),
]);
export type LatePolicy = Static<typeof LatePolicy>;

/** Coarse bins: from `atLeast` percent of the marks on, the final mark is `gives` percent. */
export const Bin = Type.Object({ atLeast: Percent, gives: Percent }, strict);
export type Bin = Static<typeof Bin>;

export const Policy = Type.Object(
  {
    late: Type.Optional(LatePolicy),
    bins: Type.Optional(Type.Array(Bin, { minItems: 1 })),
    /** By question: what its marks count for, where that is not their sum. A handout whose parts add up to more than the whole needs it. */
    worth: Type.Optional(Type.Record(Type.String(), Type.Number({ minimum: 0 }))),
    /** What full marks are; no final mark is above it unless `mostPercent` says so. Absent: the marks of all questions, without bonus. */
    outOf: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    /** Marks that a broken rule of packaging costs, by the rule's name. Absent: none. */
    packaging: Type.Optional(Type.Record(Type.String(), Type.Number({ minimum: 0 }))),
    /** No final mark is above this share of the marks there are, bonus included. Absent: a bonus counts in full. */
    mostPercent: Type.Optional(Type.Number({ minimum: 100 })),
  },
  strict,
);
export type Policy = Static<typeof Policy>;

export const Term = Type.Object(
  {
    assignment: Type.String(),
    name: Type.String(),
    /** Absent: nothing is ever late. */
    due: Type.Optional(LocalTime),
    /** A name of the IANA time zone database, e.g. `America/Edmonton`: daylight saving is its business. */
    zone: Type.Optional(Type.String()),
    /** The system that hand-ins come from writes the time into their names, and students cannot: as Blackboard does. */
    timeInName: Type.Optional(Type.Boolean()),
    /** A due time of their own, by student id. */
    extensions: Type.Optional(Type.Record(Type.String(), LocalTime)),
    /** Tasks that give everybody full marks, with the reason everybody is told. */
    waived: Type.Optional(Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    /** A file beside this one that says what the course calls the functions (contract/names.ts). */
    names: Type.Optional(Type.String({ minLength: 1 })),
    /** Each rule that stands here takes the place of the assignment's own. */
    policy: Type.Optional(Policy),
  },
  strict,
);
export type Term = Static<typeof Term>;
