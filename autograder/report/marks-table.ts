/** Where all the marks are, for a student's own check: right here, a person's, in hidden cases, or nowhere yet. */
import type { Outcome, TaskResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { listed } from '../listed.ts';
import { number, outOf } from './marks.ts';
import { openPoints } from './open-points.ts';
import { outcomeWords } from './outcome-words.ts';
import { onOneLine } from './visible-text.ts';

export interface MarksRow {
  readonly title: string;
  readonly points: string;
  readonly outcome: Outcome;
  /** What was seen here. */
  readonly here: string;
}

export interface MarksTable {
  readonly rows: readonly MarksRow[];
  /** One a kind of mark that there is, each with its marks. */
  readonly sums: readonly string[];
  /** What the course adds to what was seen here: a sentence, and no column, so that a row fits a terminal. */
  readonly inTheCourse: string;
}

/** @param places where a task's function begins in the student's own files, e.g. `vae.ts:31`. */
export function marksTable({ questions, grade }: SubmissionResult, places: ReadonlyMap<string, string>): MarksTable {
  const tasks = questions.flatMap((question) => question.tasks);
  return { rows: tasks.map((task) => rowOf(task, places)), sums: sumsOf(tasks, grade.points, grade.bonusPoints), inTheCourse: courseOf(tasks) };
}

function rowOf(task: TaskResult, places: ReadonlyMap<string, string>): MarksRow {
  return {
    title: `${onOneLine(task.title)}${task.bonus ? ' (bonus)' : ''}`,
    points: number(task.points),
    outcome: task.outcome,
    here: hereOf(task, places),
  };
}

function hereOf(task: TaskResult, places: ReadonlyMap<string, string>): string {
  const { sign } = outcomeWords[task.outcome];
  const where = places.get(task.task) ?? onOneLine(task.where);
  switch (task.outcome) {
    case 'pass':
      return `${sign} right`;
    case 'fail':
      return `${sign} ${outOf(task.earned, task.points)}, ${where}`;
    case 'unanswered':
      if (isOwnTraining(task)) return `${sign} later, ${where}`;
      return `${sign} ${isWritten(task) ? 'not written yet' : 'missing'}, ${where}`;
    case 'awaiting-person':
      if (isOwnTraining(task)) return `${sign} later, ${where}`;
      return isChecked(task) ? `${sign} unclear, ${where}` : `${sign} found, ${where}`;
    case 'not-gradable':
      return `${sign} could not be checked, ${where}`;
  }
}

function courseOf(tasks: readonly TaskResult[]): string {
  const isTrained = (task: TaskResult): boolean => !isChecked(task) && task.where.startsWith('checkpoints/');
  const kinds: readonly (readonly [(task: TaskResult) => boolean, string])[] = [
    [isFunction, 'functions meet hidden cases of the same'],
    [(task) => !isFunction(task) && isChecked(task), 'derivations are checked line by line as here'],
    [isTrained, 'trained models are measured again'],
    [isOwnTraining, 'your own networks are trained'],
    [(task) => !isChecked(task) && !isTrained(task) && !isOwnTraining(task), 'a person marks the rest'],
  ];
  const there = kinds.filter(([isOne]) => tasks.some(isOne)).map(([, what]) => what);
  return `In the course ${listed(there)}.`;
}

function sumsOf(tasks: readonly TaskResult[], points: number, bonusPoints: number): readonly string[] {
  // A derivation that was not begun is missing like an answer.
  const isHere = (task: TaskResult): boolean => isFunction(task) || (isChecked(task) && task.outcome !== 'unanswered');
  const checked = tasks.filter(isHere);
  const written = tasks.filter((task) => !isHere(task));
  const right = sum(checked, ({ earned }) => earned);
  const open = sum(checked.filter(({ outcome }) => outcome === 'unanswered'), (task) => task.points);
  const unanswered = written.filter(({ outcome }) => outcome === 'unanswered');
  const toWrite = sum(unanswered.filter(isWritten), (task) => task.points);
  const missing = sum(unanswered, (task) => task.points) - toWrite;
  const persons = sum(written, (task) => task.points) - toWrite - missing;
  const undecided = sum(checked, (task) => openPoints(task, 'awaiting-person') + openPoints(task, 'not-gradable'));
  const wrong = sum(checked, (task) => task.points) - right - open - undecided;
  const all: readonly (readonly [number, string])[] = [
    [right, 'checked here and right'],
    [wrong, 'checked here and not right yet'],
    [undecided, 'checked here and not clear; it costs nothing, and a person decides'],
    [open, 'functions still to be written'],
    [persons, 'found, and marked in the course'],
    [toWrite, 'answers and derivations still to be written'],
    [missing, 'missing from the folder'],
  ];
  const bonus = bonusPoints > 0 ? `, ${number(bonusPoints)} of them bonus` : '';
  return [...all.filter(([value]) => value > 0).map(([value, what]) => `${number(value).padStart(5)}  ${what}`), `${number(points + bonusPoints).padStart(5)}  in all${bonus}`];
}

/** A machine judges it, or would if it were there. */
function isChecked({ checks, derivation, handoutName }: TaskResult): boolean {
  return checks.length > 0 || handoutName !== '' || derivation !== undefined;
}

/** Typed into a file that the template has, as own networks are; trained models and pictures come from elsewhere. */
function isWritten(task: TaskResult): boolean {
  return isFunction(task) || isOwnTraining(task) || task.where.endsWith('.md');
}

/** Nothing of it can be seen in a check: it takes too long. */
function isOwnTraining({ where }: TaskResult): boolean {
  return where.startsWith('a training of ');
}

function isFunction({ handoutName }: TaskResult): boolean {
  return handoutName !== '';
}

function sum(tasks: readonly TaskResult[], value: (task: TaskResult) => number): number {
  return tasks.reduce((total, task) => total + value(task), 0);
}
