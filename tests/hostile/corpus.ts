/**
 * The corpus of hostile hand-ins. A folder holds an attack.ts, which replaces some functions of a right
 * hand-in, and an expect.json that states what the attack earns. All other tasks keep full marks.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { Outcome } from '../../contract/outcome.ts';
import { tasksOf } from '../../contract/rubric.ts';
import { parser, type Static, Type } from '../../contract/schema.ts';
import type { TextFile } from '../../contract/submission.ts';
import type { FunctionTask } from '../../contract/task.ts';

const corpus = import.meta.dirname;
const rightFolder = path.join(corpus, '../../examples/cs236-hw2/ada-perfect');

export const functionTasks: readonly FunctionTask[] = tasksOf(assignment).filter((task) => task.kind === 'function');

const strict = { additionalProperties: false } as const;

const Expected = Type.Object(
  {
    /** Numbers of catalogue.json that are tried. */
    attacks: Type.Array(Type.Integer()),
    /** What is tried beyond the numbered list. */
    beyond: Type.Optional(Type.Array(Type.String())),
    about: Type.String({ minLength: 20 }),
    /** The attacked tasks, without the assignment in front; `says` is part of what the student is told. */
    tasks: Type.Record(
      Type.String(),
      Type.Object({ outcome: Outcome, points: Type.Number(), says: Type.Optional(Type.String()) }, strict),
    ),
    /** The attack's own report, over all of its tasks. GAINED must never be in it. */
    console: Type.Optional(Type.Object({ has: Type.Optional(Type.Array(Type.String())), lacks: Type.Optional(Type.Array(Type.String())) }, strict)),
    /** It waits instead of computing, so many can be graded at a time. */
    waits: Type.Optional(Type.Boolean()),
  },
  strict,
);
type Expected = Static<typeof Expected>;

export const parseExpected = parser('an expect.json', Expected);

export interface Attack extends Expected {
  readonly name: string;
  readonly files: readonly TextFile[];
}

/** Texts put in the place of `__NAME__` in an attack: where the canaries of this run are. */
export type Places = Readonly<Record<string, string>>;

export function readCorpus(places: Places): readonly Attack[] {
  const names = readdirSync(corpus).filter((name) => existsSync(path.join(corpus, name, 'expect.json')));
  return names.toSorted().map((name) => readAttack(name, places));
}

function readAttack(name: string, places: Places): Attack {
  const folder = path.join(corpus, name);
  const expected = parseExpected(JSON.parse(readFileSync(path.join(folder, 'expect.json'), 'utf8')));
  const unknown = Object.keys(expected.tasks).find((id) => taskOf(id) === undefined);
  if (unknown !== undefined) throw new Error(`${name}/expect.json names a task that is not there: ${unknown}`);
  return { ...expected, name, files: compose(filesIn(folder), Object.keys(expected.tasks), places) };
}

export function taskOf(shortId: string): FunctionTask | undefined {
  return functionTasks.find(({ id }) => id === `${assignment.id}/${shortId}`);
}

/** The right hand-in lies in right/; a module in which a task is attacked takes that function from attack.ts. */
export function compose(own: readonly TextFile[], attacked: readonly string[], places: Places = {}): readonly TextFile[] {
  const attackedModules = new Set(attacked.map((id) => taskOf(id)?.module));
  const modules = assignment.handIn.code.map((module) => ({
    path: module,
    text: attackedModules.has(module) ? wrapper(module) : `export * from './right/${module}';\n`,
  }));
  const right = assignment.handIn.code.map((module) => ({ path: `right/${module}`, text: rightText(module).replaceAll(`'./given/`, `'../given/`) }));
  const given = assignment.handIn.given.map((file) => ({ path: file, text: rightText(file) }));
  const tools = { path: 'tools.ts', text: readFileSync(path.join(corpus, 'tools/tools.ts'), 'utf8') };
  const files = new Map([...modules, ...right, ...given, tools, ...own].map((file) => [file.path, file.text]));
  return [...files].map(([file, text]) => ({ path: file, text: inPlace(text, places) }));
}

/** A module of the right hand-in in which attack.ts may replace functions; it gets the right one to call. */
function wrapper(module: string): string {
  const functions = functionTasks.filter((task) => task.module === module);
  const lines = functions.map(({ id, function: name }) => {
    const shortId = id.slice(assignment.id.length + 1);
    return `export const ${name} = (...values: any[]) => (attacks as any)['${shortId}'] ? (attacks as any)['${shortId}'](right.${name}, ...values) : (right.${name} as any)(...values);`;
  });
  return [`import { attacks } from './attack.ts';`, `import * as right from './right/${module}';`, ...lines, ''].join('\n');
}

function rightText(file: string): string {
  return readFileSync(path.join(rightFolder, file), 'utf8');
}

function filesIn(folder: string): readonly TextFile[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|js)$/.test(name));
  return names.map((name) => ({ path: name, text: readFileSync(path.join(folder, name), 'utf8') }));
}

function inPlace(text: string, places: Places): string {
  return text.replaceAll(/__([A-Z_]+)__/g, (whole, name: string) => places[name] ?? whole);
}
