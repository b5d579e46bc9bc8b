/** An assignment as its instructor states it: questions, points, what is handed in, policy. */
import { Band } from './band.ts';
import { MAX_PAYLOAD_BYTES, Through } from './messages.ts';
import { CourseFunction } from './names.ts';
import { type Static, Type } from './schema.ts';
import { Task } from './task.ts';
import { Policy } from './term.ts';

const strict = { additionalProperties: false } as const;

const handInRules = {
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
};

/** How the archive and the files are to be named. A broken rule is told; it costs what the term says, and else nothing. */
export const Packaging = Type.Object(
  {
    /** `{last}-{first}-{id}-hw4.zip` */
    archive: Type.String(),
    /** What the course calls the id, which is asked for in every file name. */
    idTitle: Type.String(),
    /** Kinds of files of which there is to be exactly one; `orCode`: or, in its place, all files of code. */
    one: Type.Array(
      Type.Object(
        { id: Type.String(), title: Type.String(), names: Type.Optional(Type.Array(Type.String())), ending: Type.Optional(Type.String()), orCode: Type.Optional(Type.Boolean()) },
        strict,
      ),
    ),
  },
  strict,
);
export type Packaging = Static<typeof Packaging>;

/** The names under which a term may set a cost. */
export function packagingRules({ one }: Packaging): readonly string[] {
  return ['archive-name', ...one.map(({ id }) => id), 'id-in-names'];
}

/** What is handed in where the homework is done in another language than the one the assignment is written for. */
export const OtherRules = Type.Object(
  {
    ...handInRules,
    /** The folder that holds the code ('' for none), and other names under which courses know it ('' for none at all). */
    home: Type.Object({ name: Type.String(), aliases: Type.Array(Type.String()) }, strict),
    /** By file of the code, other names under which it is handed in (`*` stands for anything), the likeliest first. */
    otherNames: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  },
  strict,
);
export type OtherRules = Static<typeof OtherRules>;

export const HandInRules = Type.Object(
  {
    ...handInRules,
    /** By file, the import statements it comes with, where a course lets nobody change them: a report lists what was changed. */
    imports: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
    packaging: Type.Optional(Packaging),
    /** By language. A hand-in is in the one of which it holds the most files. */
    otherLanguages: Type.Optional(Type.Record(Type.String(), OtherRules)),
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

/** Where another language has the function of a task. */
export const NamedFunction = Type.Object(
  {
    module: Type.String(),
    function: Type.String(),
    /** Other names under which hand-outs and students know it: the first that the hand-in defines counts. */
    otherNames: Type.Optional(Type.Array(Type.String())),
    /** A given function that is called with it, as of a task. */
    through: Type.Optional(Through),
    /** A given function that trains with it, and the tasks whose functions that is called with too. */
    trained: Type.Optional(Type.Object({ module: Type.String(), function: Type.String(), with: Type.Array(Type.String()) }, strict)),
    /** What it takes beside the object whose method it is, in order. */
    arguments: Type.Array(Type.String()),
    /** What is done over the batch, where it is a batch's value that is asked for. */
    reduction: Type.Optional(Type.Union([Type.Literal('sum'), Type.Literal('mean')])),
    /** What a course has in its place. */
    course: Type.Optional(CourseFunction),
  },
  strict,
);
export type NamedFunction = Static<typeof NamedFunction>;

/** The words in which another language asks the same. */
export const InLanguage = Type.Object(
  {
    limits: Limits,
    /** Of each function task, by id: where its function is found and what it is called. */
    functions: Type.Record(Type.String(), NamedFunction),
    /** Hints that speak of the language, by kind of check. */
    hints: Type.Record(Type.String(), Type.String()),
  },
  strict,
);
export type InLanguage = Static<typeof InLanguage>;

export const Question = Type.Object({ id: Type.String(), title: Type.String(), tasks: Type.Array(Task) }, strict);
export type Question = Static<typeof Question>;

export const Assignment = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    title: Type.String(),
    handIn: HandInRules,
    limits: Limits,
    /** How the same questions are asked in other languages, by language. */
    otherLanguages: Type.Optional(Type.Record(Type.String(), InLanguage)),
    /** False: a wrong function also costs the marks of every function that calls it. Absent: true. */
    mistakePaidOnce: Type.Optional(Type.Boolean()),
    questions: Type.Array(Question),
    /** The handout's rules for the final mark; a term's file may have others. */
    policy: Type.Optional(Policy),
    /** What trained models of right work measure. */
    bands: Type.Optional(Type.Array(Band)),
  },
  strict,
);
export type Assignment = Static<typeof Assignment>;

export function tasksOf(assignment: Assignment): readonly Task[] {
  return assignment.questions.flatMap((question) => question.tasks);
}

/** Wherever it lies, and as a photograph as well. */
export function isPictureNamed(path: string, asked: string | undefined): boolean {
  const stem = (name: string): string => name.slice(name.lastIndexOf('/') + 1).replace(/\.(png|jpe?g)$/i, '').toLowerCase();
  return asked !== undefined && !/\.pdf$/i.test(path) && stem(path) === stem(asked);
}

/** The pictures that have a name of their own. */
export function picturesAskedFor(assignment: Assignment): readonly string[] {
  return tasksOf(assignment).flatMap((task) => {
    if (task.kind === 'figure') return [task.picture];
    return (task.kind === 'written' || task.kind === 'networks') && task.answer.kind === 'picture' && task.answer.file !== undefined ? [task.answer.file] : [];
  });
}
