/**
 * Given functions that undo a course's convention, as a file of the hand-in's language: each calls a course's function
 * in the course's order of arguments and makes of what it returns what the assignment asks for. So everything that
 * follows (values, gradients, trainings, statistics) is of the function that was asked for.
 */
import type { CourseFunction } from '../../../contract/names.ts';
import type { CourseTask } from '../adapter.ts';

/** `library`: the text of child/conventions.py. */
export function asAsked(library: string, tasks: readonly CourseTask[]): string {
  return [library, ...tasks.map(wrapper)].join('\n\n');
}

function wrapper({ wrapper: name, arguments: own, components, reduction, course }: CourseTask): string {
  const order = course.arguments ?? own;
  return `def ${name}(${['function', ...own].join(', ')}):
    returned = function(${order.join(', ')})
    return as_asked(returned, ${tuple(own)}, ${words(course.returns ?? components)}, ${signs(course)}, ${reductions(reduction, course)})
`;
}

/** Right functions as the course's own would be, for what a student built on them; of a module with the given name. */
export function asTheCourse(library: string, tasks: readonly (CourseTask & { readonly source: string; readonly right: string })[]): string {
  return [library, ...tasks.map(wayBack)].join('\n\n');
}

function wayBack({ wrapper: name, arguments: own, components, reduction, course, source, right }: Parameters<typeof asTheCourse>[1][number]): string {
  const order = course.arguments ?? own;
  return `from ${source.replace(/\.py$/, '').replaceAll('/', '.')} import ${right} as right_${name}


def ${name}(${order.join(', ')}):
    returned = right_${name}(${own.join(', ')})
    return as_the_course(returned, ${tuple(own)}, ${words(components)}, ${words(course.returns ?? components)}, ${signs(course)}, ${reductions(reduction, course)})
`;
}

/** One value cannot be taken apart into those of the rows. */
export function hasWayBack({ reduction, course }: CourseTask): boolean {
  return reduction === undefined || course.reduction !== 'none';
}

function reductions(asked: CourseTask['reduction'], { reduction = asked }: CourseFunction): string {
  return asked === undefined ? 'None, None' : `'${reduction ?? asked}', '${asked}'`;
}

function signs({ sign = 1 }: CourseFunction): string {
  return JSON.stringify(typeof sign === 'number' ? { '': sign } : sign);
}

function words(names: readonly string[]): string {
  return JSON.stringify(names.filter((name) => name !== ''));
}

function tuple(names: readonly string[]): string {
  return `(${names.map((name) => `${name}, `).join('').trim()})`;
}
