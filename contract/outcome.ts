/**
 * The five outcomes. "Could not be graded" is one of its own: a fault of the grader or the machine
 * never costs marks. What a student may read and what only staff may read are kept apart by name.
 */
import { type Static, Type } from './schema.ts';

export const Outcome = Type.Union([
  Type.Literal('pass'),
  Type.Literal('fail'),
  Type.Literal('unanswered'),
  Type.Literal('awaiting-person'),
  Type.Literal('not-gradable'),
]);
export type Outcome = Static<typeof Outcome>;

const strict = { additionalProperties: false } as const;

export const CheckResult = Type.Object(
  {
    check: Type.String(),
    title: Type.String(),
    points: Type.Number(),
    earned: Type.Number(),
    outcome: Outcome,
    /** For the student: what was seen, and what to look at. Never an expected value of a hidden case. */
    message: Type.String(),
    hint: Type.Optional(Type.String()),
    /** For staff only: values, differences, layouts. */
    evidence: Type.Array(Type.String()),
    /** For staff only: the largest difference from what is right, in tolerances. Absent where nothing finite was compared. */
    distance: Type.Optional(Type.Number()),
  },
  strict,
);
export type CheckResult = Static<typeof CheckResult>;

export const ErrorShown = Type.Object(
  {
    name: Type.String(),
    message: Type.String(),
    frames: Type.Array(Type.Object({ path: Type.String(), line: Type.Integer(), column: Type.Integer() }, strict)),
  },
  strict,
);
export type ErrorShown = Static<typeof ErrorShown>;

/** What a wrong result is the result of. */
export const Diagnosis = Type.Object(
  {
    /** Of the known mistake and its twins; none where only the pattern of the difference is known. */
    ids: Type.Array(Type.String()),
    /** For the student. */
    feedback: Type.String(),
    /** For staff only. */
    evidence: Type.Array(Type.String()),
  },
  strict,
);
export type Diagnosis = Static<typeof Diagnosis>;

/** One line of a typed derivation. */
export const DerivationLine = Type.Object(
  {
    /** In the student's file, counted from 1. */
    number: Type.Integer(),
    /** As typed; empty for a start that was left out. */
    source: Type.String(),
    /** The same set as mathematics; empty where that cannot be. */
    mathml: Type.String(),
    verdict: Type.Union([
      Type.Literal('begins'),
      Type.Literal('follows'),
      Type.Literal('wrong'),
      /** True, but several steps in one. */
      Type.Literal('too large'),
      /** True wherever it was tried, which is no proof. */
      Type.Literal('no reason'),
      Type.Literal('unread'),
      /** A line beside it cannot be read. */
      Type.Literal('unchecked'),
    ]),
    /** Why, for the student: the facts it used, or what breaks it. */
    said: Type.Array(Type.String()),
    /** What it was read as, where that may surprise. */
    notes: Type.Array(Type.String()),
    /** Of a line that cannot be read: the place, with a caret below it. */
    excerpt: Type.Optional(Type.String()),
  },
  strict,
);
export type DerivationLine = Static<typeof DerivationLine>;

export const TaskResult = Type.Object(
  {
    task: Type.String(),
    title: Type.String(),
    /** `negativeElboBound in vae.ts`, and the handout's `negative_elbo_bound`. */
    where: Type.String(),
    handoutName: Type.String(),
    points: Type.Number(),
    earned: Type.Number(),
    bonus: Type.Boolean(),
    outcome: Outcome,
    message: Type.String(),
    checks: Type.Array(CheckResult),
    /** Of a task that failed in a way that is known. */
    diagnosis: Type.Optional(Diagnosis),
    error: Type.Optional(ErrorShown),
    console: Type.Optional(Type.String()),
    answer: Type.Optional(Type.String()),
    /** PDFs and pictures that a person marks it from; the hashes tie a mark to what was looked at. */
    attachments: Type.Optional(Type.Array(Type.Object({ name: Type.String(), sha256: Type.String() }, strict))),
    /** Of a typed derivation: every line, and the marks that the machine vouches for, also where a person decides. */
    derivation: Type.Optional(Type.Object({ lines: Type.Array(DerivationLine), vouchedFor: Type.Number() }, strict)),
    /** Pictures that belong to it, as PNG in base64: in reports only, and in no list for other programs. */
    figures: Type.Optional(Type.Array(Type.Object({ caption: Type.String(), png: Type.String() }, strict))),
    /** The picture that was handed in for it, and the seed it is said to be drawn with: copies show. For staff. */
    picture: Type.Optional(Type.Object({ sha256: Type.String(), seed: Type.Optional(Type.Integer()) }, strict)),
    /** Remarks worth no marks. */
    remarks: Type.Array(Type.String()),
    /** Present where a person gave the mark: in place of the machine's (`override`), or because only a person can. */
    marked: Type.Optional(Type.Object({ override: Type.Boolean(), comment: Type.Optional(Type.String()), reason: Type.Optional(Type.String()) }, strict)),
  },
  strict,
);
export type TaskResult = Static<typeof TaskResult>;
