/**
 * Hand-ins with known verdicts. A variant is what differs from the complete hand-in, and an expect.json:
 * `tasks` names the tasks it concerns and, for each, the checks that are not passed and their outcome;
 * `named` the known mistake that a report tells the student of.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { typescript } from '../../autograder/languages/typescript/typescript.ts';
import { gradeIntake } from '../../autograder/pipeline.ts';
import type { Backend } from '../../contract/messages.ts';
import type { Outcome } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Assignment } from '../../contract/rubric.ts';
import type { TextFile } from '../../contract/submission.ts';

const root = path.resolve(import.meta.dirname, '../..');
const corpus = path.join(import.meta.dirname, 'cs236-hw2');

/** Outcomes by check of one task, without those that passed. */
type Lost = Readonly<Record<string, Outcome>>;

export interface Variant {
  readonly name: string;
  readonly about: string;
  readonly code: readonly TextFile[];
  readonly tasks: Readonly<Record<string, Lost>>;
  /** By task, the known mistake that it is told of. */
  readonly named: Readonly<Record<string, string>>;
}

export function variantsIn(folder: 'right-but-different' | 'wrong'): readonly Variant[] {
  const names = readdirSync(path.join(corpus, folder)).toSorted();
  return names.map((name) => readVariant(name, path.join(corpus, folder, name)));
}

export function completeHandIn(): Variant {
  return readVariant('complete', path.join(corpus, 'complete'));
}

/** The given helpers of the template, as a hand-in has them. */
export function givenFiles(): readonly TextFile[] {
  return readFiles(path.join(root, 'student-template/cs236-hw2/given')).map((file) => ({ ...file, path: `given/${file.path}` }));
}

export async function gradeVariant(variant: Variant, backend: Backend | 'auto' = 'auto'): Promise<SubmissionResult> {
  const submission = { student: { id: variant.name }, source: variant.name, code: variant.code, written: [], attachments: [], results: [], notes: [] };
  const { result } = await gradeIntake(
    { kind: 'submission', submission },
    {
      assignment: onlyTasks(Object.keys(variant.tasks)),
      key: await openAnswerKey(path.join(root, 'fixtures/cs236-hw2'), { basicOnly: false }),
      language: typescript,
      originals: givenFiles(),
      templateTexts: [],
      isolation: 'none',
      backend,
      warnings: [],
    },
  );
  return result;
}

/** What was found, in the form of an expect.json's `tasks`. */
export function lostIn(result: SubmissionResult): Readonly<Record<string, Lost>> {
  const tasks = result.questions.flatMap((question) => question.tasks);
  return Object.fromEntries(
    tasks.map(({ task, checks }) => [
      task,
      Object.fromEntries(checks.filter(({ outcome }) => outcome !== 'pass').map(({ check, outcome }) => [check, outcome])),
    ]),
  );
}

/** What was recognised, in the form of an expect.json's `named`; a twin counts under the name of the first. */
export function namedIn(result: SubmissionResult): Readonly<Record<string, string>> {
  const tasks = result.questions.flatMap((question) => question.tasks);
  return Object.fromEntries(tasks.flatMap(({ task, diagnosis }) => (diagnosis === undefined ? [] : [[task, diagnosis.ids[0] ?? diagnosis.feedback]])));
}

function onlyTasks(ids: readonly string[]): Assignment {
  const questions = assignment.questions.map((question) => ({ ...question, tasks: question.tasks.filter(({ id }) => ids.includes(id)) }));
  return { ...assignment, questions: questions.filter(({ tasks }) => tasks.length > 0) };
}

function readVariant(name: string, folder: string): Variant {
  const { about, tasks, named = {} } = JSON.parse(readFileSync(path.join(folder, 'expect.json'), 'utf8')) as Pick<Variant, 'about' | 'tasks'> & Partial<Variant>;
  const own = readFiles(folder);
  const replaced = new Set(own.map((file) => file.path));
  const rest = readFiles(path.join(corpus, 'complete')).filter((file) => !replaced.has(file.path));
  return { name, about, tasks, named, code: [...rest, ...own] };
}

function readFiles(folder: string): readonly TextFile[] {
  const names = readdirSync(folder).filter((name) => /\.(ts|js)$/.test(name));
  return names.map((name) => ({ path: name, text: readFileSync(path.join(folder, name), 'utf8') }));
}
