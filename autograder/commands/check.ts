/**
 * `elbow check`: a student's own check of their own work, in their own folder. Basic cases only, no
 * sandbox, and nothing that only Linux has.
 */
import path from 'node:path';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Assignment } from '../../contract/rubric.ts';
import { openAnswerKey } from '../answer-key/answer-key.ts';
import { readHandIn } from '../intake/intake.ts';
import { languages } from '../languages/languages.ts';
import { gradeIntake, type Grading } from '../pipeline.ts';
import { terminalSummary } from '../report/report.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { findAssignment, fixturesFolder, readOriginals, readTemplateTexts, recogniseAssignment } from './course-files.ts';
import { watchFolder } from './watch-folder.ts';

export interface CheckOptions {
  readonly assignment?: string;
  readonly task?: string;
  readonly watch: boolean;
  readonly fixtures?: string;
}

export async function runCheck(folder: string, options: CheckOptions, console: Console): Promise<number> {
  const root = path.resolve(folder);
  const whole = options.assignment === undefined ? recogniseAssignment(root) : findAssignment(options.assignment);
  const assignment = options.task === undefined ? whole : onlyTask(whole, options.task);
  const grading: Grading = {
    assignment,
    key: await openAnswerKey(fixturesFolder(whole, options.fixtures), { basicOnly: true }),
    language: languages.typescript,
    originals: await readOriginals(whole),
    templateTexts: await readTemplateTexts(whole),
    isolation: 'none',
    backend: 'cpu',
    warnings: [],
  };
  const checkOnce = async (): Promise<number> => {
    const intake = await readHandIn({ student: { id: path.basename(root) }, source: root, path: root }, whole.handIn);
    const { result } = await gradeIntake(intake, grading);
    console.print(terminalSummary(result).trimEnd());
    return exitCodeOf(result);
  };
  if (!options.watch) return checkOnce();
  console.print(`Watching ${root}: checks again after every save, Ctrl-C to stop.`);
  await watchFolder(root, checkOnce, console.signal);
  return exitCodes.done;
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
