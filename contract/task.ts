/**
 * A task: one thing a student is asked for. Its id is the same everywhere: in the command line, the
 * report, the CSV, fixtures and tests (for example `cs236-hw2/vae/negative-elbo-bound`).
 */
import { type Static, Type } from './schema.ts';

const strict = { additionalProperties: false } as const;

/** How one named part of a task is judged; its points are a share of the task's. */
export const Check = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    kind: Type.Union([
      // The returned numbers, under injected noise where the function draws any.
      Type.Literal('value'),
      // As `value`, on inputs that break a numerically careless implementation.
      Type.Literal('stability'),
      // d component / d parameters, module by module.
      Type.Literal('gradient'),
      // The number of operations does not grow with batch, samples or labels.
      Type.Literal('vectorised'),
    ]),
    points: Type.Number({ minimum: 0 }),
    /** Which returned components are compared; absent: the returned tensor itself. */
    components: Type.Optional(Type.Array(Type.String())),
    /** What to look at when this check fails: points to the idea, never gives the answer. */
    hint: Type.String(),
  },
  strict,
);
export type Check = Static<typeof Check>;

const common = {
  id: Type.String({ pattern: '^[a-z0-9-]+(/[a-z0-9-]+){2}$' }),
  title: Type.String(),
  points: Type.Number({ minimum: 0 }),
  bonus: Type.Boolean(),
};

export const FunctionTask = Type.Object(
  {
    ...common,
    kind: Type.Literal('function'),
    /** The name the handout uses, shown beside the template's. */
    handoutName: Type.String(),
    module: Type.String(),
    function: Type.String(),
    /**
     * Ids of tasks whose functions this one calls when it is written as the handout suggests. Where one of
     * them is wrong, this task is judged again with a right one in its place.
     */
    buildsOn: Type.Optional(Type.Array(Type.String())),
    checks: Type.Array(Check, { minItems: 1 }),
  },
  strict,
);
export type FunctionTask = Static<typeof FunctionTask>;

/** A task a person marks: the answer is shown to them, never judged by the machine. */
export const WrittenTask = Type.Object(
  {
    ...common,
    kind: Type.Literal('written'),
    /** What is handed in: text in a file (under a heading, or the whole file), or a picture. */
    answer: Type.Union([
      Type.Object({ kind: Type.Literal('text'), file: Type.String(), heading: Type.Optional(Type.String()) }, strict),
      Type.Object({ kind: Type.Literal('picture') }, strict),
    ]),
  },
  strict,
);
export type WrittenTask = Static<typeof WrittenTask>;

/**
 * A derivation that is typed: the machine checks it line by line against the task of the same id, and leaves to a
 * person what it cannot judge.
 */
export const DerivationTask = Type.Object({ ...common, kind: Type.Literal('derivation'), file: Type.String() }, strict);
export type DerivationTask = Static<typeof DerivationTask>;

export const Task = Type.Union([FunctionTask, WrittenTask, DerivationTask]);
export type Task = Static<typeof Task>;

/** The handout's order of a result's components: a tuple in that order is as good as an object. */
export function componentOrder(task: FunctionTask): readonly string[] {
  return [...new Set(task.checks.flatMap((check) => check.components ?? []))];
}
