/** `elbow kit`: what the students of a course download, as one zip. */
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Assignment } from '../../contract/rubric.ts';
import { autograderFiles, kitFiles, templateFolder } from '../kit/kit.ts';
import { projectRoot } from '../paths.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { findAssignment, fixturesFolder } from './course-files.ts';
import { isFor, readNames } from './names-file.ts';
import { zipOf } from './zip-of.ts';

export interface KitOptions {
  readonly out?: string;
  readonly fixtures?: string;
  /** Left out: the one that the assignment is written for. */
  readonly language?: string;
}

export async function runKit(id: string, options: KitOptions, console: Console): Promise<number> {
  const assignment = findAssignment(id);
  const fixtures = fixturesFolder(assignment, options.fixtures);
  if (!existsSync(path.join(fixtures, 'manifest.json'))) throw new UsageError(`There are no fixtures in ${fixtures}. Make them: elbow fixtures generate --assignment ${id}`);
  const language = knownLanguage(assignment, options.language);
  const folder = templateFolder(assignment, language);
  const files = await kitFiles(assignment, { root: projectRoot, fixtures }, language);
  const zip = await zipOf(files);
  const out = path.resolve(options.out ?? `${folder}-kit.zip`);
  await fs.mkdir(path.dirname(out), { recursive: true });
  await fs.writeFile(out, zip);
  console.print(`${assignment.title}: the kit for students`);
  for (const [place, count, bytes] of summary(files.map(({ name, bytes: content }) => ({ name: name.slice(folder.length + 1), bytes: content.length })))) {
    console.print(`  ${place.padEnd(28)} ${String(count).padStart(3)} ${count === 1 ? 'file ' : 'files'} ${kilobytes(bytes).padStart(8)}`);
  }
  console.print('Basic cases only; no reference, no known mistakes, no hidden case, no seed.');
  console.print('');
  console.print(`Wrote  ${out} (${kilobytes(zip.length)})`);
  console.print('Next   give it to your students. Theirs: unzip it, npm install, npm run check (README.md in it says more).');
  return exitCodes.done;
}

/** TypeScript is what every assignment is written for; null stands for it. */
function knownLanguage({ id, handIn }: Assignment, wanted = 'typescript'): string | null {
  const others = Object.keys(handIn.otherLanguages ?? {});
  if (wanted === 'typescript') return null;
  if (others.includes(wanted)) return wanted;
  throw new UsageError(`${id} is not set in '${wanted}'. It is set in: ${['typescript', ...others].join(', ')}.`);
}

export interface AutograderOptions {
  readonly out: string;
  readonly fixtures?: string;
  /** What the course calls the functions. */
  readonly names?: string;
}

/** `elbow export gradescope-autograder`: what Gradescope builds its container from. */
export async function runAutograder(id: string, options: AutograderOptions, console: Console): Promise<number> {
  const assignment = findAssignment(id);
  const fixtures = fixturesFolder(assignment, options.fixtures);
  if (!existsSync(path.join(fixtures, 'manifest.json'))) throw new UsageError(`There are no fixtures in ${fixtures}. Make them: elbow fixtures generate --assignment ${id}`);
  const zip = await zipOf(await autograderFiles(assignment, { root: projectRoot, fixtures }, await namesOf(options.names, id)));
  const out = path.resolve(options.out);
  await fs.mkdir(path.dirname(out), { recursive: true });
  await fs.writeFile(out, zip);
  console.print(`Wrote  ${out} (${kilobytes(zip.length)}). It holds every case: it is for staff only.`);
  console.print('Next   upload it in Gradescope: Configure Autograder, Zip file upload. The log of each run says which isolation tier its container allows.');
  return exitCodes.done;
}

/** As they are, once they are known to fit. */
async function namesOf(file: string | undefined, assignment: string): Promise<Buffer | null> {
  if (file === undefined) return null;
  isFor(await readNames(file), assignment, file);
  return fs.readFile(file);
}

/** By the first folder; within the checker by its parts. */
function summary(files: readonly { readonly name: string; readonly bytes: number }[]): readonly (readonly [string, number, number])[] {
  const places = new Map<string, { count: number; bytes: number }>();
  for (const { name, bytes } of files) {
    const parts = name.split('/');
    const place = parts.length === 1 ? 'top folder' : `${parts.slice(0, parts[0] === 'elbow-checker' && parts.length > 2 ? 2 : 1).join('/')}/`;
    const known = places.get(place) ?? { count: 0, bytes: 0 };
    places.set(place, { count: known.count + 1, bytes: known.bytes + bytes });
  }
  return [...places].map(([place, { count, bytes }]) => [place, count, bytes]);
}

function kilobytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1024)).toLocaleString('en')} KB`;
}
