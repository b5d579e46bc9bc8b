/** The one object every view draws: a graded hand-in. No times in it, so that a rerun gives the same bytes. */
import { ErrorShown, Outcome, TaskResult } from './outcome.ts';
import { type Static, Type } from './schema.ts';

export { ErrorShown, Outcome, TaskResult };

const strict = { additionalProperties: false } as const;

export const Grade = Type.Object(
  {
    /** Marks earned so far, without bonus. */
    raw: Type.Number(),
    bonus: Type.Number(),
    /** Marks of the assignment, without bonus, and the most a bonus can add. */
    points: Type.Number(),
    bonusPoints: Type.Number(),
    /** What a person still has to mark, and what could not be graded (bonus included). */
    awaitingPoints: Type.Number(),
    notGradablePoints: Type.Number(),
    /** Null while anything is awaited or not gradable; never a zero in its place. */
    final: Type.Union([Type.Number(), Type.Null()]),
    /** The least and the most the final mark can become. */
    lowest: Type.Number(),
    highest: Type.Number(),
    /** The part the machine marks: earned and possible, bonus included. */
    machine: Type.Object({ earned: Type.Number(), points: Type.Number() }, strict),
    /** What full marks of the final mark are, where that is not `points`. */
    outOf: Type.Optional(Type.Number()),
    /** Rules of the term that changed a complete mark, in the order they were applied. */
    adjustments: Type.Optional(Type.Array(Type.Object({ rule: Type.String(), from: Type.Number(), to: Type.Number() }, strict))),
  },
  strict,
);
export type Grade = Static<typeof Grade>;

export const QuestionResult = Type.Object({ id: Type.String(), title: Type.String(), tasks: Type.Array(TaskResult) }, strict);
export type QuestionResult = Static<typeof QuestionResult>;

export const SubmissionResult = Type.Object(
  {
    student: Type.Object({ id: Type.String(), name: Type.Optional(Type.String()) }, strict),
    source: Type.String(),
    assignment: Type.Object({ id: Type.String(), title: Type.String() }, strict),
    status: Type.Union([Type.Literal('graded'), Type.Literal('refused'), Type.Literal('not-gradable')]),
    /** Why a hand-in was refused or could not be graded. */
    reason: Type.Optional(Type.String()),
    notes: Type.Array(Type.String()),
    /** Rules of packaging that were not kept; what each costs is the term's to say. */
    brokenRules: Type.Optional(Type.Array(Type.Object({ rule: Type.String(), message: Type.String() }, strict))),
    questions: Type.Array(QuestionResult),
    grade: Grade,
    fixtures: Type.Object({ term: Type.String(), hash: Type.String(), publicOnly: Type.Boolean() }, strict),
    isolation: Type.String(),
    /** Printed on every page when something weakens what the marks mean. */
    warnings: Type.Array(Type.String()),
  },
  strict,
);
export type SubmissionResult = Static<typeof SubmissionResult>;
