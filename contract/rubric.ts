/** An assignment as its instructor states it: questions, points, what is handed in, policy. */
import { Band } from './band.ts';
import { MAX_PAYLOAD_BYTES } from './messages.ts';
import { type Static, Type } from './schema.ts';
import { Task } from './task.ts';

const strict = { additionalProperties: false } as const;

export const HandInRules = Type.Object(
  {
    /** Files read from a hand-in; anything else is listed and left alone. */
    code: Type.Array(Type.String()),
    /** Extra code is welcome under these endings, so that a student may split a file. */
    extraCode: Type.Array(Type.String()),
    written: Type.Array(Type.String()),
    /** What training makes (weights, numbers, pictures): read as bytes where it is there, and never missed where it is not. */
    results: Type.Array(Type.String()),
    /** Given helpers: the originals are used, an edited copy is noted. */
    given: Type.Array(Type.String()),
    /** What comes with the template and is no part of an answer: neither read nor mentioned. */
    scaffolding: Type.Array(Type.String()),
  },
  strict,
);
export type HandInRules = Static<typeof HandInRules>;

/** Limits on one hand-in's child process; data, so that an assignment can state its own. */
export const Limits = Type.Object(
  {
    /** CPU seconds one task may use: what a verdict rests on. */
    cpuSeconds: Type.Number({ exclusiveMinimum: 0 }),
    /** Wall seconds for one task, far above the CPU limit: a busy machine must not cost marks. */
    wallSeconds: Type.Number({ exclusiveMinimum: 0 }),
    memoryMegabytes: Type.Number({ exclusiveMinimum: 0 }),
    /** Processes and threads; Node alone has about a dozen threads and hangs with fewer than eight. */
    processes: Type.Integer({ minimum: 16 }),
    openFiles: Type.Integer({ minimum: 16 }),
    /** Bytes of tensors in the answers to all cases of a task together. */
    answerBytes: Type.Integer({ minimum: 0, maximum: MAX_PAYLOAD_BYTES }),
    /** Console text kept for the report, and the amount at which the child is ended. */
    consoleBytesKept: Type.Integer({ minimum: 0 }),
    outputBytes: Type.Integer({ minimum: 0 }),
  },
  strict,
);
export type Limits = Static<typeof Limits>;

export const Question = Type.Object({ id: Type.String(), title: Type.String(), tasks: Type.Array(Task) }, strict);
export type Question = Static<typeof Question>;

export const Assignment = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    title: Type.String(),
    handIn: HandInRules,
    limits: Limits,
    /** False: a wrong function also costs the marks of every function that calls it. Absent: true. */
    mistakePaidOnce: Type.Optional(Type.Boolean()),
    questions: Type.Array(Question),
    /** What trained models of right work measure. */
    bands: Type.Optional(Type.Array(Band)),
  },
  strict,
);
export type Assignment = Static<typeof Assignment>;

export function tasksOf(assignment: Assignment): readonly Task[] {
  return assignment.questions.flatMap((question) => question.tasks);
}
