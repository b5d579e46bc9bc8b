/**
 * What a course calls the functions that an assignment asks for, where it keeps a hand-out of its own: file and name,
 * the order of the arguments and of what is returned, sign, and what is done over the batch. A file of its own, which
 * a term may name, so that another hand-out edits no code.
 */
import type { Assignment, InLanguage, OtherRules } from './rubric.ts';
import { type Static, Type } from './schema.ts';

const strict = { additionalProperties: false } as const;

const Identifier = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: 100 });

/** What is done with the values of a batch's rows; `none`: they are returned one by one. */
const Reduction = Type.Union([Type.Literal('sum'), Type.Literal('mean'), Type.Literal('none')]);

const Sign = Type.Union([Type.Literal(1), Type.Literal(-1)]);

/** How a course has a function; what is not stated is as the assignment asks for it. */
export const CourseFunction = Type.Object(
  {
    /** A file of the hand-in. */
    module: Type.Optional(Type.String({ pattern: '^[^/\\\\\\s][^\\\\]*\\.(py|ipynb)$', maxLength: 200 })),
    /** `loss`, or `VAE.loss` of a class. */
    function: Type.Optional(Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?$', maxLength: 200 })),
    /** The assignment's names of the arguments, in the course's order. */
    arguments: Type.Optional(Type.Array(Identifier)),
    /** The assignment's names of the parts of a tuple, in the course's order; a part that is not asked for has any name. */
    returns: Type.Optional(Type.Array(Identifier)),
    /** -1 where the course returns the negative of what is asked for: of everything, or of the parts that are named. */
    sign: Type.Optional(Type.Union([Sign, Type.Record(Type.String(), Sign)])),
    reduction: Type.Optional(Reduction),
  },
  strict,
);
export type CourseFunction = Static<typeof CourseFunction>;

export const Names = Type.Object(
  {
    assignment: Type.String(),
    /** By task. What is not named here is found under the assignment's own name. */
    functions: Type.Record(Type.String(), CourseFunction),
  },
  strict,
);
export type Names = Static<typeof Names>;

/** The name under which the file is looked for in a folder. */
export const NAMES_FILE = 'names.json';

/** False where only file or name are others. */
export function hasConvention(course: CourseFunction): boolean {
  return [course.arguments, course.returns, course.sign, course.reduction].some((part) => part !== undefined);
}

/** The assignment as a course asks it that calls its functions so in that language. */
export function withNames(assignment: Assignment, language: string, { functions }: Names): Assignment {
  const [words, rules] = [assignment.otherLanguages?.[language], assignment.handIn.otherLanguages?.[language]];
  if (words === undefined || rules === undefined) throw new Error(`${assignment.id} is not asked in ${language}`);
  const named = Object.fromEntries(
    Object.entries(words.functions).map(([task, own]) => {
      const course = functions[task];
      return [task, course === undefined ? own : { ...own, course }];
    }),
  );
  return {
    ...assignment,
    otherLanguages: { ...assignment.otherLanguages, [language]: { ...words, functions: named } },
    handIn: { ...assignment.handIn, otherLanguages: { ...assignment.handIn.otherLanguages, [language]: rulesFor(rules, named) } },
  };
}

/** Files that the course calls by names of its own lie where it says, and nowhere else. */
function rulesFor(rules: OtherRules, functions: InLanguage['functions']): OtherRules {
  const scaffolding = [...rules.scaffolding, NAMES_FILE];
  if (Object.values(functions).every(({ course }) => course?.module === undefined)) return { ...rules, scaffolding };
  return { ...rules, scaffolding, code: [...new Set(Object.values(functions).map(({ module, course }) => course?.module ?? module))], home: { name: '', aliases: [] } };
}
