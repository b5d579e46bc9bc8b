/**
 * The whole flow on one screen: a submission goes in, the one object every view draws comes out.
 *
 *   intake -> languages (per-file transform) -> session (child in the sandbox) -> compare -> score
 *                                               questions go in, answers come out    ^
 *                                               expectations, from the answer key ---+
 */
import { createHash } from 'node:crypto';
import { checkpointPath } from '../contract/checkpoint.ts';
import type { Backend } from '../contract/messages.ts';
import type { SubmissionResult, TaskResult } from '../contract/result.ts';
import { inLanguage, type Place } from '../contract/in-language.ts';
import { type Assignment, picturesAskedFor, tasksOf } from '../contract/rubric.ts';
import type { Attachment, Intake, Refusal, Submission, TextFile } from '../contract/submission.ts';
import type { FunctionTask, Task, TrainedTask, WrittenTask } from '../contract/task.ts';
import type { AnswerKey, AskedCase } from './answer-key/answer-key.ts';
import { withForeignWeights } from './foreign-weights.ts';
import { gradeDerivation } from './grade-derivation.ts';
import { gradeFigure, gradeTrained, type MeasuringPart, openResults } from './grade-results.ts';
import { networksGrader } from './grade-networks.ts';
import { gradeFunctionTask } from './grade-task.ts';
import type { LanguageAdapter } from './languages/adapter.ts';
import type { Isolation } from './sandbox/sandbox.ts';
import { gradeOf } from './score/score.ts';
import { SessionPool } from './session/session-pool.ts';
import type { WarmBoxes } from './session/warm-boxes.ts';
import { judgeAgain } from './supplied-helpers.ts';
import type { TrainedWork } from './trained/trained.ts';
import { findAnswer, unplacedText } from './written-answers.ts';

export type { MeasuringPart };

export interface Grading extends MeasuringPart {
  readonly assignment: Assignment;
  readonly key: AnswerKey;
  readonly language: LanguageAdapter;
  /** The given helpers as they were given. */
  readonly originals: readonly TextFile[];
  /** The template's own written files: what stands in them is no student's answer. */
  readonly templateTexts: readonly TextFile[];
  readonly isolation: Isolation;
  readonly backend: Backend | 'auto';
  /** True where no networks are trained, because what is graded cannot change how they are. */
  readonly untrained?: boolean;
  /** Children that a batch has started ahead. */
  readonly boxes?: WarmBoxes;
  /** The same assignment as it is asked and graded in other languages, by language. */
  readonly otherLanguages?: ReadonlyMap<string, OfLanguage>;
  /** Printed on every page. */
  readonly warnings: readonly string[];
}

/** What of a grading depends on the language of the hand-in. */
export type OfLanguage = Pick<Grading, 'key' | 'language' | 'originals' | 'boxes'>;

/** What a hand-in used: kept apart from the result, so that a rerun gives the same bytes. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
}

export interface Graded {
  readonly result: SubmissionResult;
  readonly usage: Usage;
}

/** Grades what intake handed on; `onTask` hears of each task as it is done. */
export async function gradeIntake(intake: Intake, whole: Grading, onTask: (task: TaskResult) => void = () => undefined): Promise<Graded> {
  const started = performance.now();
  if (intake.kind === 'refused') return { result: refusedResult(intake.refusal, whole), usage: { cpuSeconds: 0, wallSeconds: 0 } };
  const { submission } = intake;
  const grading = inItsLanguage(whole, submission);
  const { assignment, language, originals } = grading;
  const code = await language.prepare(submission.code);
  const given = await language.prepare(originals);
  const pool = new SessionPool({
    launch: language.launch,
    isolation: grading.isolation,
    limits: assignment.limits,
    load: { files: [...code.files], originals: [...given.files] },
    tasks: tasksOf(assignment).length,
    ...(grading.boxes === undefined ? {} : { boxes: grading.boxes }),
  });
  try {
    const context = { key: grading.key, pool, code, backendFor: (weight: AskedCase['weight']) => language.backendFor(grading.backend, weight) };
    const own = new Map<string, TaskResult>();
    for (const task of tasksOf(assignment)) {
      if (task.kind === 'function') own.set(task.id, await gradeFunctionTask(task, context));
    }
    // Settled before what was trained with them is judged.
    const settled = new Map<string, TaskResult>();
    const judging = { assignment, helpers: grading.key.helpers, language, own };
    for (const task of tasksOf(assignment)) {
      if (task.kind !== 'function') continue;
      const judged = inNotebook(task, submission, assignment) ?? (await judgeAgain(task, own.get(task.id) ?? emptyResult(task), context, judging));
      const result = underAnotherName(judged, task, submission, language) ?? judged;
      onTask(result);
      settled.set(task.id, result);
    }
    const results = openResults(await withForeignWeights(submission, language, pool), assignment, grading);
    const gradeNetworks = networksGrader({ assignment, pool, seed: grading.untrained === true ? null : grading.key.hiddenSeed, settled });
    const questions: SubmissionResult['questions'] = [];
    for (const question of assignment.questions) {
      const tasks: TaskResult[] = [];
      for (const task of question.tasks) {
        const result = task.kind === 'function' ? (settled.get(task.id) ?? emptyResult(task)) : await gradeOther(task, submission, results, grading, settled, gradeNetworks);
        if (task.kind !== 'function') onTask(result);
        tasks.push(result);
      }
      questions.push({ id: question.id, title: question.title, tasks });
    }
    await pool.close();
    const result: SubmissionResult = {
      ...frame(submission, grading),
      status: 'graded',
      ...(submission.brokenRules === undefined ? {} : { brokenRules: [...submission.brokenRules] }),
      notes: [...submission.notes, ...language.noteEdits(submission.code, originals), ...language.noteImports(submission.code, assignment.handIn.imports ?? {}), ...unplacedNotes(submission, grading.templateTexts)],
      questions,
      grade: gradeOf(questions),
    };
    return { result, usage: { cpuSeconds: pool.cpuSeconds, wallSeconds: (performance.now() - started) / 1000 } };
  } finally {
    await pool.close();
  }
}

/** The grading of hand-ins in one language, that of this one, with each function where this one has it. */
export function inItsLanguage({ otherLanguages, ...grading }: Grading, { language, code }: Submission): Grading {
  const own = language === undefined ? undefined : otherLanguages?.get(language);
  if (own === undefined) return grading;
  const defined = new Map(code.map((file) => [file.path, own.language.definitions(file)]));
  const handedIn = { paths: [...defined.keys()], defines: ({ module, function: name }: Place) => defined.get(module)?.has(name) === true };
  return { ...grading, ...own, assignment: inLanguage(grading.assignment, own.language.id, handedIn) };
}

/** A hand-in that the grader itself failed on: its marks are open, never zero. */
export function notGradableResult(intake: Intake, grading: Grading, reason: string): SubmissionResult {
  const subject = intake.kind === 'refused' ? intake.refusal : intake.submission;
  const questions = wholeAssignment(grading.assignment, 'not-gradable', 'This could not be graded. It costs no marks.');
  return { ...frame(subject, grading), status: 'not-gradable', reason, notes: [], questions, grade: gradeOf(questions) };
}

function refusedResult(refusal: Refusal, grading: Grading): SubmissionResult {
  const questions = wholeAssignment(grading.assignment, 'awaiting-person', 'Nothing could be read from this hand-in, so a person decides.');
  return { ...frame(refusal, grading), status: 'refused', reason: refusal.reason, notes: [], questions, grade: gradeOf(questions) };
}

function frame(subject: Submission | Refusal, { assignment, key, isolation, warnings }: Grading) {
  return {
    student: subject.student,
    source: subject.source,
    assignment: { id: assignment.id, title: assignment.title },
    fixtures: { term: key.term, hash: key.hash, publicOnly: key.publicOnly },
    isolation,
    warnings: [...warnings],
  };
}

/** A notebook that may stand in the place of a file of code holds what is asked for, as far as anybody knows: no zero for it. */
function inNotebook(task: FunctionTask, { code, results }: Submission, { handIn }: Assignment): TaskResult | null {
  if (code.some(({ path }) => path === task.module)) return null;
  const names = handIn.packaging?.one.flatMap((wanted) => (wanted.orCode === true ? (wanted.names ?? []) : [])) ?? [];
  const notebook = results.find(({ path }) => names.includes(path));
  if (notebook === undefined) return null;
  const { path, content } = notebook;
  return readFrom(path, content.kind === 'bytes' ? content.bytes : path, task, `${task.module} is not in the hand-in, and ${path} is, which is not run.`);
}

/** A notebook is a course's own, or a student's: what is asked for may stand in it under a name that nobody knows here. */
function underAnotherName({ outcome, points }: TaskResult, task: FunctionTask, { code }: Submission, { definitions }: LanguageAdapter): TaskResult | null {
  const notebook = code.find(({ path }) => path === task.module && path.endsWith('.ipynb'));
  if (outcome !== 'unanswered' || points === 0 || notebook === undefined || definitions(notebook).has(task.function)) return null;
  return readFrom(notebook.path, notebook.text, task, `${notebook.path} has nothing named ${task.function}.`);
}

/** A person reads a file, and the mark belongs to what stands in it. */
function readFrom(name: string, content: string | Uint8Array, task: FunctionTask, why: string): TaskResult {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { ...emptyResult(task), outcome: 'awaiting-person', message: `${why} A person marks this from it.`, attachments: [{ name, sha256 }] };
}

/** Tasks that ask for no function; `settled`: the results of those that do. */
async function gradeOther(
  task: Exclude<Task, FunctionTask>,
  submission: Submission,
  results: TrainedWork,
  grading: Grading,
  settled: ReadonlyMap<string, TaskResult>,
  gradeNetworks: ReturnType<typeof networksGrader>,
): Promise<TaskResult> {
  switch (task.kind) {
    case 'derivation':
      return { ...emptyResult(task), ...gradeDerivation(task, submission, grading.templateTexts) };
    case 'written':
      return writtenResult(task, submission, grading);
    case 'trained':
      return { ...emptyResult(task), where: weightsOf(task, submission, grading.language), ...(await gradeTrained(task, results, submission, grading, settled)) };
    case 'figure':
      return { ...emptyResult(task), ...(await gradeFigure(task, results)) };
    case 'networks':
      return { ...emptyResult(task), ...(await gradeNetworks(task, findAnswer(task, submission, grading.templateTexts, picturesAskedFor(grading.assignment)))) };
  }
}

function writtenResult(task: WrittenTask, submission: Submission, { assignment, templateTexts }: Grading): TaskResult {
  const answer = findAnswer(task, submission, templateTexts, picturesAskedFor(assignment));
  const where = task.answer.kind === 'picture' ? (task.answer.file ?? 'a picture or PDF') : task.answer.file;
  const shared = { ...emptyResult(task), where };
  switch (answer.kind) {
    case 'none':
      return { ...shared, outcome: 'unanswered', message: task.answer.kind === 'picture' ? `${task.answer.file === undefined ? 'No picture' : `No ${task.answer.file}`} or PDF was found.` : `No answer was found in ${where}.` };
    case 'text':
      return { ...shared, outcome: 'awaiting-person', ...withPictures(answer.pictures ?? []), answer: answer.text };
    case 'unplaced':
      return { ...shared, outcome: 'awaiting-person', message: `Nothing stands under this task's heading; a person sees what stands above all of them in ${where}.`, answer: answer.text };
    case 'attachment':
      return { ...shared, outcome: 'awaiting-person', message: `A person marks this from ${answer.files.map(({ name }) => name).join(', ')}.`, attachments: [...answer.files] };
  }
}

function withPictures(pictures: readonly Attachment[]): Pick<TaskResult, 'message' | 'attachments'> {
  if (pictures.length === 0) return { message: 'A person marks this answer.' };
  return { message: `A person marks this answer together with ${pictures.map(({ name }) => name).join(', ')}.`, attachments: [...pictures] };
}

function wholeAssignment(assignment: Assignment, outcome: 'awaiting-person' | 'not-gradable', message: string): SubmissionResult['questions'] {
  return assignment.questions.map(({ id, title, tasks }) => ({
    id,
    title,
    tasks: tasks.map((task) => ({ ...emptyResult(task), outcome, message })),
  }));
}

function emptyResult(task: Task): TaskResult {
  return {
    task: task.id,
    title: task.title,
    where: whereOf(task),
    handoutName: task.kind === 'function' ? task.handoutName : '',
    points: task.points,
    earned: 0,
    bonus: task.bonus,
    outcome: 'unanswered',
    message: '',
    checks: [],
    remarks: [],
  };
}

/** Where the weights lie, or where in this language they are looked for. */
function weightsOf({ run }: TrainedTask, { results }: Submission, { weights }: LanguageAdapter): string {
  const isThere = results.some(({ path }) => path === checkpointPath(run));
  return weights === undefined || isThere ? checkpointPath(run) : `checkpoints/${run}${weights.ending}`;
}

function whereOf(task: Task): string {
  if (task.kind === 'function') return `${task.function} in ${task.module}`;
  if (task.kind === 'trained') return checkpointPath(task.run);
  if (task.kind === 'figure') return task.picture;
  if (task.kind === 'networks') return `a training of ${task.encoder.function} and ${task.decoder.function}`;
  return task.kind === 'derivation' ? task.file : '';
}

/** What was typed where no answer is looked for is read out, so that it is never lost in silence. */
function unplacedNotes(submission: Submission, templateTexts: readonly TextFile[]): readonly string[] {
  return submission.written.flatMap(({ path }) => {
    const text = unplacedText(submission, templateTexts, path);
    return text === '' ? [] : [`${path}: this stands above the first heading and belongs to no task: ${text}`];
  });
}
