/**
 * `elbow check`: a student's own check of their own work, in their own folder. Basic cases only, no
 * sandbox, and nothing that only Linux has.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import type { SubmissionResult } from '../../contract/result.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { Intake } from '../../contract/submission.ts';
import { openAnswerKey } from '../answer-key/answer-key.ts';
import { openEvaluator } from '../evaluator/evaluator.ts';
import { readHandIn } from '../intake/intake.ts';
import { languages } from '../languages/languages.ts';
import { gradeIntake, type Grading, inItsLanguage } from '../pipeline.ts';
import { taskLine, terminalSummary } from '../report/report.ts';
import { WarmBoxes } from '../session/warm-boxes.ts';
import { checkerWithMemory } from './check-again.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { fixturesFolder, ownFolder, ownFolderRules, readOriginals, readTemplateTexts } from './course-files.ts';
import { definitionPlaces } from './definition-places.ts';
import { assignmentOf } from './names-file.ts';
import { inOtherLanguages } from './other-languages.ts';
import { watchFolder } from './watch-folder.ts';

export interface CheckOptions {
  readonly assignment?: string;
  readonly task?: string;
  readonly watch: boolean;
  readonly fixtures?: string;
  /** What the course calls the functions; absent: names.json of the folder, if there is one. */
  readonly names?: string;
  /** A folder with the real data set, for checkpoints that were trained on it. */
  readonly data?: string;
}

/** While a folder is watched: one for the next check, and one for the first function that does not pass it. */
const CHILDREN_AHEAD = 2;

export async function runCheck(folder: string, options: CheckOptions, console: Console): Promise<number> {
  requirePackages();
  const root = ownFolder(folder);
  const whole = await assignmentOf(root, options);
  const assignment = options.task === undefined ? whole : onlyTask(whole, options.task);
  const evaluator = openEvaluator({ backend: 'auto', ...(options.data === undefined ? {} : { data: path.resolve(options.data) }) });
  const key = await openAnswerKey(fixturesFolder(whole, options.fixtures), { basicOnly: true });
  const anyLanguage: Grading = {
    ...(evaluator === null ? {} : { evaluator }),
    assignment,
    key,
    language: languages.typescript,
    originals: await readOriginals(whole),
    templateTexts: await readTemplateTexts(whole),
    isolation: 'none',
    backend: 'cpu',
    warnings: [],
    otherLanguages: await inOtherLanguages(assignment, key),
  };
  const read = (): Promise<Intake> => readHandIn({ student: { id: path.basename(root) }, source: root, path: root }, ownFolderRules(whole));
  try {
    const intake = await read();
    const grading = intake.kind === 'submission' ? inItsLanguage(anyLanguage, intake.submission) : anyLanguage;
    if (options.watch) return await watch(root, read, grading, console);
    const { result } = await gradeIntake(intake, grading);
    console.print(terminalSummary(result, { places: placesIn(intake, grading), buildsOn: buildsOnOf(assignment) }).trimEnd());
    return exitCodeOf(result);
  } finally {
    evaluator?.close();
  }
}

/** A compiler for this very system is the one thing that a kit does not bring along. */
function requirePackages(): void {
  try {
    const require = createRequire(createRequire(import.meta.url).resolve('esbuild'));
    require.resolve(`@esbuild/${process.platform}-${process.arch}/package.json`);
  } catch {
    throw new UsageError('The packages are not installed here yet. Run this once, in the folder that holds package.json:\n  npm install\nIf node_modules came from another computer, delete it first.');
  }
}

/** A child that waits ready is most of what an answer would take, and functions that a save cannot have changed are not asked again. */
async function watch(root: string, read: () => Promise<Intake>, grading: Grading, console: Console): Promise<number> {
  const { assignment, language, isolation } = grading;
  const boxes = new WarmBoxes({ launch: language.launch, isolation, limits: assignment.limits, tasks: tasksOf(assignment).length, ahead: CHILDREN_AHEAD });
  const checkAgain = checkerWithMemory({ ...grading, boxes });
  const once = async (): Promise<void> => {
    const started = performance.now();
    const passed = (): string => `${((performance.now() - started) / 1000).toFixed(2)} s`;
    const intake = await read();
    const places = placesIn(intake, grading);
    const { result, asked, kept } = await checkAgain(intake, (task) => console.print(`${taskLine(task, { places })}  (${passed()})`));
    console.print('');
    console.print(terminalSummary(result, { places, buildsOn: buildsOnOf(assignment) }).trimEnd());
    console.print('');
    console.print(`${asked} ${asked === 1 ? 'function' : 'functions'} checked${kept > 0 ? `, ${kept} as before` : ''}, in ${passed()}. Waiting for the next save; Ctrl-C to stop.`);
  };
  console.print(`Watching ${root}: checks again after every save, Ctrl-C to stop.`);
  try {
    await watchFolder(root, once, console.signal);
  } finally {
    await boxes.close();
  }
  return exitCodes.done;
}

function placesIn(intake: Intake, { assignment, language }: Grading): ReadonlyMap<string, string> {
  return definitionPlaces(assignment, intake.kind === 'submission' ? intake.submission.code : [], language);
}

function buildsOnOf(assignment: Assignment): ReadonlyMap<string, readonly string[]> {
  return new Map(tasksOf(assignment).map((task) => [task.id, task.kind === 'function' ? (task.buildsOn ?? []) : []]));
}

/** `--task negative-elbo-bound` or any other part of the id; several tasks may fit. */
function onlyTask(assignment: Assignment, wanted: string): Assignment {
  const questions = assignment.questions
    .map((question) => ({ ...question, tasks: question.tasks.filter((task) => task.id.includes(wanted)) }))
    .filter((question) => question.tasks.length > 0);
  if (questions.length > 0) return { ...assignment, questions };
  const ids = assignment.questions.flatMap((question) => question.tasks.map((task) => `  ${task.id}`));
  throw new UsageError(`No task of ${assignment.id} has '${wanted}' in its id. The tasks are:\n${ids.join('\n')}`);
}

/** Zero only when everything the machine can judge is right, so that a script can ask. */
function exitCodeOf({ status, questions }: SubmissionResult): number {
  const judged = questions.flatMap((question) => question.tasks).filter((task) => task.checks.length > 0);
  const right = status === 'graded' && judged.every((task) => task.outcome === 'pass');
  return right ? exitCodes.done : exitCodes.needsAttention;
}
