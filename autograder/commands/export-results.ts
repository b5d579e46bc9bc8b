/** `elbow export`: marks and reports in the form in which an LMS takes them back. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { SubmissionResult } from '../../contract/result.ts';
import { parser, SchemaError, Type } from '../../contract/schema.ts';
import { exportGradebook, type Feedback, type GradebookSystem, gradescopeResults } from '../export/export.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { zipOf } from './zip-of.ts';

export interface GradebookOptions {
  readonly into: string;
  readonly grades: string;
  readonly out?: string;
  readonly column?: string;
  readonly feedback?: string;
  readonly partial: boolean;
}

export interface GradescopeOptions {
  readonly grades: string;
  readonly out: string;
  readonly partial: boolean;
}

const parseResults = parser('the file of --grades', Type.Array(SubmissionResult));

export async function runExportGradebook(system: GradebookSystem, options: GradebookOptions, console: Console): Promise<number> {
  const results = await readResults(options.grades);
  const sheet = await readGiven(options.into);
  const made = exportGradebook({ system, sheet, results, partial: options.partial, ...(options.column === undefined ? {} : { column: options.column }) });
  if (made.kind === 'refused') throw new UsageError(whyNothing(made.reasons, made.isOnlyOpen));
  const feedback = options.feedback === undefined ? null : await packFeedback(made.feedback, options.grades);
  const out = path.resolve(options.out ?? options.into.replace(/(?:\.csv)?$/i, '.filled.csv'));
  await write(out, made.text);
  for (const note of made.notes) console.print(note);
  console.print(`${marksOf(made.written)} written into ${out}`);
  if (options.feedback !== undefined && feedback !== null) {
    await write(path.resolve(options.feedback), feedback);
    for (const line of made.feedback.unsent) console.print(line);
    console.print(`${made.feedback.files.length} reports packed into ${path.resolve(options.feedback)}`);
  }
  return made.written < results.length ? exitCodes.needsAttention : exitCodes.done;
}

export async function runExportGradescope(options: GradescopeOptions, console: Console): Promise<number> {
  const results = await readResults(options.grades);
  const made = results.map((result) => ({ id: result.student.id, content: gradescopeResults(result) }));
  const open = made.filter(({ content }) => content === null).map(({ id }) => `${id} still has marks to be given.`);
  if (open.length > 0 && !options.partial) throw new UsageError(whyNothing(open, true));
  const root = path.resolve(options.out);
  for (const { id, content } of made) {
    if (content === null) continue;
    await fs.mkdir(path.join(root, id), { recursive: true });
    await fs.writeFile(path.join(root, id, 'results.json'), `${JSON.stringify(content, null, 2)}\n`);
  }
  for (const line of open) console.print(line);
  console.print(`${made.length - open.length} results.json written, a folder a student, into ${root}`);
  return open.length > 0 ? exitCodes.needsAttention : exitCodes.done;
}

async function readResults(file: string): Promise<readonly SubmissionResult[]> {
  try {
    return parseResults(JSON.parse((await readGiven(file)).toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof SchemaError) throw new UsageError(`${file} is not the grades.json of a graded batch: ${error.message}`);
    throw error;
  }
}

async function readGiven(file: string): Promise<Buffer> {
  try {
    return await fs.readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) throw new UsageError(`There is no file ${file}.`);
    throw error;
  }
}

/** The reports lie where the batch put them: beside the staff folder that holds grades.json. */
async function packFeedback({ files }: Feedback, grades: string): Promise<Buffer> {
  const reports = path.join(path.dirname(path.resolve(grades)), '..', 'students');
  const packed = await Promise.all(files.map(async ({ studentId, name }) => ({ name, bytes: await readGiven(path.join(reports, `${studentId}.html`)) })));
  return zipOf(packed);
}

async function write(file: string, content: string | Buffer): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, content);
}

function whyNothing(reasons: readonly string[], isOnlyOpen: boolean): string {
  const stranger = reasons.some((reason) => reason.endsWith(' is in no row.'))
    ? '\nWho is in no row: give them in the roster an id that the sheet has and grade again, or take their hand-in out of the download if they are not in this course.'
    : '';
  const open = isOnlyOpen ? '\n--partial writes the marks that are final and leaves these as they are.' : '';
  return `Nothing was written:\n${reasons.map((reason) => `  ${reason}`).join('\n')}${stranger}${open}`;
}

function marksOf(count: number): string {
  return `${count} ${count === 1 ? 'mark' : 'marks'}`;
}
