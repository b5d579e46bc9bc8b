/**
 * What a student downloads: the template, the public cases and the checker, which their package.json takes
 * from the folder beside it. Everything is listed; what is not named here does not go out.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Assignment } from '../../contract/rubric.ts';
import { filesBelow, inFolder, json, type Json, type KitSources, readJson } from './kit-files.ts';
import { type KitFile, publicCases } from './public-cases.ts';

export { autograderFiles } from './gradescope-autograder.ts';
export type { KitFile, KitSources };

/** Where the checker lies in a kit. Intake skips a folder of this name, so it may stay in a hand-in. */
export const CHECKER = 'elbow-checker';

/** Sorted by name; all in one folder that is called after the assignment. */
export async function kitFiles(assignment: Assignment, { root, fixtures }: KitSources): Promise<readonly KitFile[]> {
  const template = await filesBelow(path.join(root, 'student-template', assignment.id));
  const project = await readJson(path.join(root, 'package.json'));
  const own = new Set([...assignment.handIn.given, ...assignment.handIn.written]);
  const files = [
    ...template.filter(({ name }) => name !== 'package.json'),
    { name: 'package.json', bytes: json(studentPackage(assignment, template)) },
    { name: '.npmrc', bytes: Buffer.from(NPM_SETTINGS) },
    ...inFolder(CHECKER, [
      { name: 'package.json', bytes: json(checkerPackage(project)) },
      ...(await Promise.all(PROGRAMS.map(async ([from, to]) => ({ name: to, bytes: await fs.readFile(path.join(root, from)) })))),
      ...inFolder(`fixtures/${assignment.id}`, await publicCases(assignment, fixtures)),
      // As they were given: the student's own copies may change.
      ...inFolder(`student-template/${assignment.id}`, template.filter(({ name }) => own.has(name))),
      ...(await givenInOtherLanguages(assignment, root)),
    ]),
  ];
  return inFolder(assignment.id, files.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
}

async function givenInOtherLanguages({ id, handIn }: Assignment, root: string): Promise<readonly KitFile[]> {
  const files = Object.entries(handIn.otherLanguages ?? {}).map(async ([language, { given }]) => {
    const folder = `student-template/${id}-${language}`;
    return inFolder(folder, (await filesBelow(path.join(root, folder))).filter(({ name }) => given.includes(name)));
  });
  return (await Promise.all(files)).flat();
}

/** From the project, and where it goes in the checker: at the same depth, because programs look for their root above them. */
const PROGRAMS = [
  ['bin/elbow.mjs', 'bin/elbow.mjs'],
  ['LICENSE', 'LICENSE'],
  ['dist/student-cli.mjs', 'dist/cli.mjs'],
  ['dist/child/cpu.cjs', 'dist/child/cpu.cjs'],
  // Training: WebAssembly runs everywhere, the other where the student has native TensorFlow.
  ['dist/trainer/wasm.cjs', 'dist/trainer/wasm.cjs'],
  ['dist/trainer/native.cjs', 'dist/trainer/native.cjs'],
  ['dist/child/tfjs-backend-wasm.wasm', 'dist/child/tfjs-backend-wasm.wasm'],
  ['dist/child/tfjs-backend-wasm-simd.wasm', 'dist/child/tfjs-backend-wasm-simd.wasm'],
] as const;

/** No install script is needed, and some networks do not let them download; the rest only makes npm quiet. */
const NPM_SETTINGS = 'ignore-scripts=true\nfund=false\naudit=false\nupdate-notifier=false\n';

function studentPackage({ id }: Assignment, template: readonly KitFile[]): object {
  const own = template.find(({ name }) => name === 'package.json');
  const { scripts: _scripts, devDependencies, ...rest } = own === undefined ? { name: `${id}-hand-in`, private: true, type: 'module' } as Json : (JSON.parse(own.bytes.toString('utf8')) as Json);
  // By its path and not by its name: nothing rests on a shell, on links, or on what else is called elbow.
  const elbow = (command: string): string => `node ${CHECKER}/bin/elbow.mjs ${command}`;
  const scripts = {
    check: elbow(`check --assignment ${id}`),
    'check:watch': elbow(`check --assignment ${id} --watch`),
    pack: elbow(`pack --assignment ${id}`),
    derive: elbow('derive'),
    train: elbow('train'),
    doctor: elbow('doctor'),
  };
  return { ...rest, scripts, devDependencies: { ...(devDependencies as Json | undefined), 'elbow-checker': `file:./${CHECKER}` } };
}

function checkerPackage({ version, license, engines, dependencies }: Json): object {
  // Its one native part, which npm picks for the student's system.
  const esbuild = (dependencies as Readonly<Record<string, string>>)['esbuild'];
  return { name: 'elbow-checker', version, private: true, license, type: 'module', engines, bin: { elbow: 'bin/elbow.mjs' }, dependencies: { esbuild } };
}
