/** `elbow pack`: a student's folder becomes the zip to hand in, with a receipt. The grader reads it as it reads the folder. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Assignment } from '../../contract/rubric.ts';
import { archiveNameFor, brokenBy, type FileToHandIn, filesToHandIn, isStudentId, nameWithId } from '../intake/intake.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { ownFolder, ownFolderRules, readTemplateTexts } from './course-files.ts';
import { assignmentOf } from './names-file.ts';
import { zipOf } from './zip-of.ts';

export interface PackOptions {
  readonly student: string;
  readonly assignment?: string;
  /** First and last name, where the homework wants them in the zip's name. */
  readonly name?: string;
  readonly out?: string;
}

export async function runPack(folder: string, options: PackOptions, console: Console): Promise<number> {
  const root = ownFolder(folder);
  const assignment = await assignmentOf(root, options);
  const id = options.student.trim();
  if (!isStudentId(id)) throw new UsageError(`"${id}" cannot be a student id: letters, digits and . _ @ + - only, a letter or digit first.`);
  const called = archiveName(assignment, id, options.name);
  const found = await filesToHandIn(root, ownFolderRules(assignment));
  if (found.kind === 'refused') throw new UsageError(found.reason);

  const files = namedForHandIn(found.files, assignment, id);
  const zip = await zipOf(files.map(({ path: name, bytes }) => ({ name, bytes })));
  const out = path.resolve(options.out ?? path.join(root, called));
  await fs.writeFile(out, zip);
  const own = path.basename(out);
  console.print(`${assignment.title}, packed for ${id}:`);
  for (const { path: name, bytes } of files) console.print(`  ${name}  (${bytes.length.toLocaleString('en')} bytes)`);
  const lacking = [...found.missing.map((name) => `${name} is missing`), ...stillStubs(found.files, assignment), ...(await stillAsGiven(found.files, assignment)), ...pictures(found.files, assignment), ...packagingLacks(files, assignment, id, path.basename(out))];
  for (const line of lacking) console.print(`! ${line}`);
  // An earlier pack lies in the folder and is no news.
  for (const note of found.notes.filter((line) => !found.missing.some((name) => line.startsWith(`${name} is missing`)) && !line.endsWith(`: ${own}.`))) console.print(`  ${note}`);
  console.print('');
  console.print(`Hand in  ${out}`);
  console.print(`Receipt  sha256 ${createHash('sha256').update(zip).digest('hex')}`);
  return lacking.length > 0 ? exitCodes.needsAttention : exitCodes.done;
}

function archiveName({ handIn: { packaging } }: Assignment, id: string, name: string | undefined): string {
  if (packaging === undefined) return `${id}.zip`;
  if (name === undefined || name.trim().split(/\s+/).length < 2) throw new UsageError(`This homework wants your name in the zip's name: add --name "First Last".`);
  return archiveNameFor(packaging, name, id);
}

/** The id in every file name, and none of the given files, which the grader brings itself. */
function namedForHandIn(files: readonly FileToHandIn[], { handIn }: Assignment, id: string): readonly FileToHandIn[] {
  if (handIn.packaging === undefined) return files;
  return files.filter(({ path: name }) => !handIn.given.includes(name)).map((file) => ({ ...file, path: nameWithId(file.path, id) }));
}

/** The rules that the finished zip does not keep. */
function packagingLacks(files: readonly FileToHandIn[], { handIn }: Assignment, id: string, called: string): readonly string[] {
  return brokenBy(handIn, id, called, files.map(({ path: name }) => name)).map(({ message }) => message);
}

/** Functions that still say that they are unanswered, in either language's stub. */
function stillStubs(files: readonly FileToHandIn[], { id }: Assignment): readonly string[] {
  const stub = new RegExp(`(?:unanswered|NotImplementedError)\\(['"]${id}/`, 'g');
  return files.flatMap(({ path: name, bytes }) => {
    const count = [...bytes.toString('latin1').matchAll(stub)].length;
    return count === 0 ? [] : [`${name} has ${count === 1 ? 'a function that is' : `${count} functions that are`} not written yet`];
  });
}

async function stillAsGiven(files: readonly FileToHandIn[], assignment: Assignment): Promise<readonly string[]> {
  const packed = new Map(files.map(({ path: name, bytes }) => [name, bytes.toString('utf8').replaceAll('\r\n', '\n').trim()]));
  const template = await readTemplateTexts(assignment);
  return template.filter(({ path: name, text }) => packed.get(name) === text.trim()).map(({ path: name }) => `${name} stands as it was given`);
}

function pictures(files: readonly FileToHandIn[], assignment: Assignment): readonly string[] {
  const isAsked = assignment.questions.some(({ tasks }) => tasks.some((task) => task.kind === 'figure' || ((task.kind === 'written' || task.kind === 'networks') && task.answer.kind === 'picture')));
  const isThere = files.some(({ path: name }) => /\.(?:pdf|png|jpe?g)$/i.test(name));
  return isAsked && !isThere ? ['no picture or PDF, and the assignment asks for some'] : [];
}
