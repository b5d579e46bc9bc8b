/** What the project ships for an assignment: its rubric, its given helpers, its fixtures. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { assignments } from '../../assignments/assignments.ts';
import { fits, namesOf } from '../../contract/in-language.ts';
import { type Assignment, type HandInRules, tasksOf } from '../../contract/rubric.ts';
import type { TextFile } from '../../contract/submission.ts';
import { templateFolder } from '../kit/kit.ts';
import { projectRoot } from '../paths.ts';
import { UsageError } from './console.ts';

export function findAssignment(id: string): Assignment {
  const found = assignments.get(id);
  if (found !== undefined) return found;
  throw new UsageError(`There is no assignment '${id}'. There are: ${[...assignments.keys()].join(', ')}.`);
}

/** Whether the project, or a student's kit, holds what an assignment's students start from. */
export function hasTemplate(assignment: string): boolean {
  return existsSync(path.join(projectRoot, 'student-template', assignment));
}

/** The folder that somebody works in. @throws UsageError where there is none; most often npm took the dashes of an option away. */
export function ownFolder(folder: string, script = process.env['npm_lifecycle_event']): string {
  const root = path.resolve(folder);
  const kind = statSync(root, { throwIfNoEntry: false });
  if (kind?.isDirectory() === true) return root;
  const dashes = script === undefined ? '' : `\nFor npm an option stands behind two dashes of their own: npm run ${script} -- --task ${folder}`;
  throw new UsageError(kind === undefined ? `There is no folder ${root}.${dashes}` : `${root} is a file: name the folder that it lies in.`);
}

/**
 * The assignment of which the most files lie here; a student need not know its id. Homeworks share names: each has a
 * vae.ts, and an edition may ask for no file that another does not ask for too: then the one that is whole here.
 */
export function recogniseAssignment(root: string): Assignment {
  // A kit carries one assignment's template, and is for no other.
  const known = [...assignments.values()].filter(({ id }) => hasTemplate(id));
  const counts = new Map(known.map((assignment) => [assignment, filesHere(assignment.handIn, root)]));
  const most = Math.max(1, ...counts.values());
  const fitting = known.filter((assignment) => counts.get(assignment) === most);
  const whole = fitting.filter(({ handIn }) => [...handIn.code, ...handIn.written, ...handIn.given].length === most);
  const [found, ...others] = whole.length === 1 ? whole : fitting;
  if (found === undefined) {
    const wanted = known.map(({ id, handIn }) => `  ${id}: ${handIn.code.join(', ')}`).join('\n');
    throw new UsageError(`No hand-in in ${root}. Run this in the folder that holds your files:\n${wanted}`);
  }
  if (others.length > 0) throw new UsageError(`This folder fits ${fitting.map(({ id }) => id).join(' and ')}: say which with --assignment.`);
  return found;
}

/** At least one file of code must be there; what is written or given only tells homeworks apart. */
function filesHere(handIn: HandInRules, root: string): number {
  const names = readdirSync(root);
  const isHere = (file: string): boolean => (file.includes('*') ? names.some((name) => fits(file, name)) : existsSync(path.join(root, file)));
  const code = codeFiles(handIn).filter(isHere).length;
  return code === 0 ? 0 : code + [...handIn.written, ...handIn.given].filter(isHere).length;
}

/** Of every language, by every name under which they and the folder of the code are known. */
function codeFiles({ code, otherLanguages = {} }: HandInRules): readonly string[] {
  const others = Object.values(otherLanguages).flatMap((rules) => {
    const { code: names, home } = rules;
    const below = names.flatMap((name) => namesOf(name, rules)).map((name) => (home.name === '' ? name : name.slice(home.name.length + 1)));
    return [home.name, ...home.aliases].flatMap((folder) => below.map((name) => path.join(folder, name)));
  });
  return [...code, ...others];
}

export function fixturesFolder(assignment: Assignment, chosen: string | undefined): string {
  return chosen === undefined ? path.join(projectRoot, 'fixtures', assignment.id) : path.resolve(chosen);
}

/** In the folder that somebody works in, installed packages are no news. */
export function ownFolderRules({ handIn }: Assignment): HandInRules {
  const others = Object.entries(handIn.otherLanguages ?? {}).map(([language, rules]) => [language, { ...rules, ...withInstalled(rules) }] as const);
  return { ...handIn, ...withInstalled(handIn), ...(others.length > 0 ? { otherLanguages: Object.fromEntries(others) } : {}) };
}

function withInstalled({ scaffolding }: { readonly scaffolding: readonly string[] }): { readonly scaffolding: string[] } {
  return { scaffolding: [...scaffolding, 'node_modules', '.git'] };
}

/** The given helpers as they were given. */
export function readOriginals(assignment: Assignment): Promise<readonly TextFile[]> {
  return readTemplate(assignment, assignment.handIn.given);
}

/** The given files of a template in another language. */
export function readGiven(assignment: Assignment, language: string, files: readonly string[]): Promise<readonly TextFile[]> {
  const folder = path.join(projectRoot, 'student-template', templateFolder(assignment, language));
  return Promise.all(files.map(async (file) => ({ path: file, text: await fs.readFile(path.join(folder, file), 'utf8') })));
}

/** The template's own written files: what stands in them is no student's answer. */
export function readTemplateTexts(assignment: Assignment): Promise<readonly TextFile[]> {
  return readTemplate(assignment, assignment.handIn.written);
}

/** The page in which the template asks for a derivation; empty where no assignment here asks for it. */
export async function readTemplatePage(task: string): Promise<string> {
  const assignment = assignments.get(task.split('/')[0] ?? '');
  const asked = assignment === undefined ? undefined : tasksOf(assignment).find(({ id }) => id === task);
  if (assignment === undefined || asked?.kind !== 'derivation') return '';
  const [page] = await readTemplate(assignment, [asked.file]);
  return page?.text ?? '';
}

function readTemplate(assignment: Assignment, files: readonly string[]): Promise<readonly TextFile[]> {
  const folder = path.join(projectRoot, 'student-template', assignment.id);
  return Promise.all(files.map(async (file) => ({ path: file, text: await fs.readFile(path.join(folder, file), 'utf8') })));
}
