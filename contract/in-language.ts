/** An assignment as it is asked in another language than its own, of one hand-in: each task with the place where that hand-in has its function. */
import type { Through } from './messages.ts';
import { hasConvention } from './names.ts';
import type { Assignment, InLanguage, NamedFunction, OtherRules } from './rubric.ts';
import { componentOrder, type FunctionTask, type NetworksTask, type Task, type WrittenTask } from './task.ts';

/** Where a function of a hand-in may be found. */
export type Place = Pick<NamedFunction, 'module' | 'function'>;

/** What is known of a hand-in when it is asked: its files, and what they define. */
export interface HandedIn {
  readonly paths: readonly string[];
  readonly defines: (place: Place) => boolean;
}

/** The assignment as it is asked in a language; as it is written where it knows no other words. */
export function inLanguage(assignment: Assignment, language: string, handedIn: HandedIn = { paths: [], defines: () => false }): Assignment {
  const words = assignment.otherLanguages?.[language];
  const rules = assignment.handIn.otherLanguages?.[language];
  if (words === undefined || rules === undefined) return assignment;
  const questions = assignment.questions.map((question) => ({ ...question, tasks: question.tasks.map((task) => taskIn(task, words, rules, handedIn)) }));
  return { ...assignment, handIn: rules, limits: words.limits, questions };
}

function taskIn(task: Task, { functions, hints }: InLanguage, rules: OtherRules, handedIn: HandedIn): Task {
  // Networks are trained in the language of the assignment alone: in others a person reads what is reported of them.
  if (task.kind === 'networks') return asWritten(task);
  if (task.kind !== 'function') return task;
  const named = functions[task.id];
  if (named === undefined) throw new Error(`nothing says where ${task.id} is found`);
  const { through: _own, ...asked } = task;
  const checks = task.checks.map(({ through, ...check }) => ({ ...check, hint: hints[check.kind] ?? check.hint, ...(through === undefined ? {} : { through: trainedThrough(task.id, functions, rules, handedIn) }) }));
  return { ...asked, ...placeOf(named, rules, handedIn), ...throughOf(task.id, named), checks };
}

function asWritten({ id, title, points, bonus, answer }: NetworksTask): WrittenTask {
  return { kind: 'written', id, title, points, bonus, answer };
}

/** What trains with the functions of several tasks is given each as it was asked for. */
function trainedThrough(task: string, functions: InLanguage['functions'], rules: OtherRules, handedIn: HandedIn): Through {
  const trained = functions[task]?.trained;
  if (trained === undefined) throw new Error(`nothing says what trains with ${task}`);
  const others = trained.with.map((id) => {
    const named = functions[id];
    if (named === undefined) throw new Error(`nothing says where ${id} is found`);
    return { ...placeOf(named, rules, handedIn), ...asAskedOf(id, named) };
  });
  return { module: trained.module, function: trained.function, ...asAskedOf(task, functions[task]), with: others };
}

function asAskedOf(task: string, named: NamedFunction | undefined): Pick<Through, 'asAsked'> {
  return named !== undefined && isCourseTask(named) ? { asAsked: { module: CONVENTIONS_FILE, function: conventionName(task) } } : {};
}

/** Where the hand-in has it; where it has it nowhere, where it is asked for. A name that the course states is its only one. */
function placeOf({ module, function: name, otherNames = [], course = {} }: NamedFunction, rules: OtherRules, { paths, defines }: HandedIn): Place {
  const asked: Place = { module: course.module ?? module, function: course.function ?? name };
  const modules = namesOf(asked.module, rules).flatMap((pattern) => paths.filter((path) => fits(pattern, path)));
  const names = course.function === undefined ? [name, ...otherNames] : [course.function];
  const places = modules.flatMap((found) => names.map((called) => ({ module: found, function: called })));
  return places.find(defines) ?? { ...asked, module: modules[0] ?? asked.module };
}

/** A course's convention is undone by a given function that is made for it. */
function throughOf(task: string, { through, course = {} }: NamedFunction): Pick<FunctionTask, 'through'> {
  if (hasConvention(course)) return { through: { module: CONVENTIONS_FILE, function: conventionName(task) } };
  return through === undefined ? {} : { through };
}

/** The file of these functions, beside a hand-in's own. */
export const CONVENTIONS_FILE = 'elbow_conventions.py';

/** `cs236-hw2/vae/sample-gaussian` -> `as_asked_vae_sample_gaussian` */
export function conventionName(task: string): string {
  return `as_asked_${task.split('/').slice(1).join('_').replaceAll('-', '_')}`;
}

/** Whether a course has the function in another way. */
export function isCourseTask({ course = {} }: NamedFunction): boolean {
  return hasConvention(course);
}

/** What a language needs to know to make the one of the other. */
export function courseTask(task: FunctionTask, { arguments: own, reduction, course = {} }: NamedFunction) {
  return { wrapper: conventionName(task.id), arguments: own, components: componentOrder(task), ...(reduction === undefined ? {} : { reduction }), course };
}

/** A file that is asked for, by all its names. */
export function namesOf(file: string, { otherNames = {} }: Pick<OtherRules, 'otherNames'>): readonly string[] {
  return [file, ...(otherNames[file] ?? [])];
}

/** `*vae*.ipynb`, whatever the case of the letters. */
export function fits(pattern: string, path: string): boolean {
  const expression = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')).join('[^/]*');
  return new RegExp(`^${expression}$`, 'i').test(path);
}
