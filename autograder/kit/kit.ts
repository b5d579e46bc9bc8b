/**
 * What a student downloads: the template, the public cases and the checker, which their package.json takes
 * from the folder beside it. Everything is listed; what is not named here does not go out.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Assignment } from '../../contract/rubric.ts';
import { filesBelow, inFolder, json, type Json, type KitSources, readJson, templateFolder } from './kit-files.ts';
import { type KitFile, publicCases } from './public-cases.ts';

export { autograderFiles } from './gradescope-autograder.ts';
export { templateFolder } from './kit-files.ts';
export type { KitFile, KitSources };

/** Where the checker lies in a kit. Intake skips a folder of this name, so it may stay in a hand-in. */
export const CHECKER = 'elbow-checker';

/** Sorted by name; all in one folder that is called after the template. Null: the language the assignment is written for. */
export async function kitFiles(assignment: Assignment, { root, fixtures }: KitSources, language: string | null = null): Promise<readonly KitFile[]> {
  const folder = templateFolder(assignment, language);
  const template = await filesBelow(path.join(root, 'student-template', folder));
  const project = await readJson(path.join(root, 'package.json'));
  const files = [
    ...template.filter(({ name }) => name !== 'package.json'),
    { name: 'package.json', bytes: json(studentPackage(assignment, language, template)) },
    { name: '.npmrc', bytes: Buffer.from(NPM_SETTINGS) },
    ...inFolder(CHECKER, [
      { name: 'package.json', bytes: json(checkerPackage(project)) },
      ...(await programs(root, language)),
      ...inFolder(`fixtures/${assignment.id}`, await publicCases(assignment, fixtures)),
      // As they were given: the student's own copies may change.
      ...(await asGiven(assignment, root)),
    ]),
  ];
  return inFolder(folder, files.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
}

/** Of every language: a checker does not know what it will be asked to check. */
async function asGiven(assignment: Assignment, root: string): Promise<readonly KitFile[]> {
  const { given, written, otherLanguages = {} } = assignment.handIn;
  const wanted = [[null, [...given, ...written]] as const, ...Object.entries(otherLanguages).map(([language, rules]) => [language, rules.given] as const)];
  const files = wanted.map(async ([language, names]) => {
    const folder = `student-template/${templateFolder(assignment, language)}`;
    return inFolder(folder, (await filesBelow(path.join(root, folder))).filter(({ name }) => names.includes(name)));
  });
  return (await Promise.all(files)).flat();
}

async function programs(root: string, language: string | null): Promise<readonly KitFile[]> {
  const ofLanguage = language === null ? FOR_TYPESCRIPT : (await filesBelow(path.join(root, `dist/child/${language}`))).map(({ name }) => samePlace(`dist/child/${language}/${name}`));
  return Promise.all([...PROGRAMS, ...ofLanguage].map(async ([from, to]) => ({ name: to, bytes: await fs.readFile(path.join(root, from)) })));
}

const samePlace = (name: string): readonly [from: string, to: string] => [name, name];

/** From the project, and where it goes in the checker: at the same depth, because programs look for their root above them. */
const PROGRAMS: readonly (readonly [from: string, to: string])[] = [samePlace('bin/elbow.mjs'), samePlace('LICENSE'), ['dist/student-cli.mjs', 'dist/cli.mjs'], samePlace('dist/child/cpu.cjs')];

/** Training: WebAssembly runs everywhere, the other where the student has native TensorFlow. In Python students train as they are used to. */
const FOR_TYPESCRIPT = ['dist/trainer/wasm.cjs', 'dist/trainer/native.cjs', 'dist/child/tfjs-backend-wasm.wasm', 'dist/child/tfjs-backend-wasm-simd.wasm'].map(samePlace);

/** No install script is needed, and some networks do not let them download; the rest only makes npm quiet. */
const NPM_SETTINGS = 'ignore-scripts=true\nfund=false\naudit=false\nupdate-notifier=false\n';

function studentPackage({ id }: Assignment, language: string | null, template: readonly KitFile[]): object {
  const own = template.find(({ name }) => name === 'package.json');
  const { scripts: _scripts, devDependencies, ...rest } = own === undefined ? { name: `${id}-hand-in`, private: true, type: 'module' } as Json : (JSON.parse(own.bytes.toString('utf8')) as Json);
  // By its path and not by its name: nothing rests on a shell, on links, or on what else is called elbow.
  const elbow = (command: string): string => `node ${CHECKER}/bin/elbow.mjs ${command}`;
  const scripts = {
    check: elbow(`check --assignment ${id}`),
    'check:watch': elbow(`check --assignment ${id} --watch`),
    pack: elbow(`pack --assignment ${id}`),
    derive: elbow('derive'),
    ...(language === null ? { train: elbow('train') } : {}),
    doctor: elbow('doctor'),
  };
  return { ...rest, scripts, devDependencies: { ...(devDependencies as Json | undefined), 'elbow-checker': `file:./${CHECKER}` } };
}

function checkerPackage({ version, license, engines, dependencies }: Json): object {
  // Its one native part, which npm picks for the student's system.
  const esbuild = (dependencies as Readonly<Record<string, string>>)['esbuild'];
  return { name: 'elbow-checker', version, private: true, license, type: 'module', engines, bin: { elbow: 'bin/elbow.mjs' }, dependencies: { esbuild } };
}
