/** A course's own names for the functions of an assignment (contract/names.ts): read, and held against what the assignment asks. */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type CourseFunction, Names, NAMES_FILE, withNames } from '../../contract/names.ts';
import { type Assignment, type NamedFunction, tasksOf } from '../../contract/rubric.ts';
import { parser, SchemaError } from '../../contract/schema.ts';
import { componentOrder } from '../../contract/task.ts';
import { listed } from '../listed.ts';
import { UsageError } from './console.ts';
import { findAssignment, recogniseAssignment } from './course-files.ts';

/** The language in which courses have hand-outs of their own. */
export const NAMED_LANGUAGE = 'python';

const parseNames = parser('the file of names', Names);

/** The assignment with a course's names in it. @throws UsageError that says what of the file does not fit, and what would. */
export async function readNames(file: string): Promise<Assignment> {
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new UsageError(`There is no ${file}. docs/names.md says what it holds.`);
  });
  const names = parsed(file, text);
  const assignment = findAssignment(names.assignment);
  const words = assignment.otherLanguages?.[NAMED_LANGUAGE];
  if (words === undefined) throw new UsageError(`${file}: ${assignment.id} is asked in TypeScript alone, where names are those of the template.`);
  for (const [task, course] of Object.entries(names.functions)) {
    const asked = words.functions[task];
    if (asked === undefined) throw new UsageError(`${file} names ${task}, which is no function of ${assignment.id}. Its functions are:\n${Object.keys(words.functions).map((id) => `  ${id}`).join('\n')}`);
    const found = tasksOf(assignment).find(({ id }) => id === task);
    const problem = misfit(course, asked, found?.kind === 'function' ? componentOrder(found).filter((name) => name !== '') : []);
    if (problem !== null) throw new UsageError(`${file}, ${task}: ${problem}`);
  }
  return withNames(assignment, NAMED_LANGUAGE, names);
}

/** The assignment of a folder that somebody works in: by the file of names that is stated or lies there, by what is said, or by its files. */
export async function assignmentOf(root: string, { assignment, names }: { readonly assignment?: string; readonly names?: string }): Promise<Assignment> {
  const file = names ?? path.join(root, NAMES_FILE);
  if (names === undefined && !existsSync(file)) return assignment === undefined ? recogniseAssignment(root) : findAssignment(assignment);
  return isFor(await readNames(file), assignment, file);
}

/** @throws UsageError where another assignment was asked for. */
export function isFor(named: Assignment, assignment: string | undefined, file: string): Assignment {
  if (assignment === undefined || assignment === named.id) return named;
  throw new UsageError(`${file} is for ${named.id}, not for ${assignment}.`);
}

function parsed(file: string, text: string): Names {
  try {
    return parseNames(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof SchemaError) throw new UsageError(`${file} is not a file of names: ${error.message}. docs/names.md says what it holds.`);
    throw error;
  }
}

/** Why the file cannot mean what it says, with what would be right. */
function misfit(course: CourseFunction, asked: NamedFunction, components: readonly string[]): string | null {
  const { arguments: order, returns, sign, reduction } = course;
  if (order !== undefined && !isReordered(order, asked.arguments)) return `"arguments" must hold each of ${listed(asked.arguments)} once, in the course's order.`;
  if (returns !== undefined && components.length === 0) return '"returns" has no place here: one value is asked for.';
  // What else a course returns may have any name: nobody looks at it.
  if (returns !== undefined && !isReordered(returns.filter((name) => components.includes(name)), components)) return `"returns" must hold each of ${listed(components)} once, in the course's order.`;
  const strange = typeof sign === 'object' ? Object.keys(sign).filter((name) => !components.includes(name)) : [];
  if (strange.length > 0) return components.length === 0 ? '"sign" is a number here, 1 or -1: one value is asked for.' : `"sign" names ${listed(strange)}; the parts are ${listed(components)}.`;
  if (reduction !== undefined && asked.reduction === undefined) return '"reduction" has no place here: what is asked for is no value of a whole batch.';
  if (asked.through !== undefined && (order ?? returns ?? sign ?? reduction) !== undefined) return 'only "module" and "function" can be others here.';
  return null;
}

function isReordered(some: readonly string[], all: readonly string[]): boolean {
  return some.length === all.length && some.toSorted().join() === all.toSorted().join();
}
