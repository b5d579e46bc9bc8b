/** The tasks of one hand-in that rest on what training made. No code of the student's is run for them. */
import type { HiddenSubset } from '../contract/evaluation.ts';
import type { TaskResult } from '../contract/outcome.ts';
import { type Assignment, picturesAskedFor, tasksOf } from '../contract/rubric.ts';
import type { Submission, TextFile } from '../contract/submission.ts';
import type { FigureTask, FunctionTask, TrainedTask } from '../contract/task.ts';
import type { Evaluator } from './evaluator/evaluator.ts';
import { judgeFigure, judgeTrained, openTrainedWork, type TrainedWork, type Verdict } from './trained/trained.ts';
import { findAnswer } from './written-answers.ts';

/** What measures trained models. */
export interface MeasuringPart {
  /** Absent where the program is not installed. */
  readonly evaluator?: Evaluator;
  /** Absent in a student's own check. */
  readonly hidden?: HiddenSubset;
}

/** A student's own check shows no hidden image: what is classified there is everything. */
const ALL_TEST_IMAGES = 5000;

export function openResults(submission: Submission, assignment: Assignment, { evaluator, hidden }: MeasuringPart): TrainedWork {
  const figures = tasksOf(assignment).filter((task): task is FigureTask => task.kind === 'figure');
  return openTrainedWork(submission, { evaluator: evaluator ?? null, figures, taken: picturesAskedFor(assignment), dataSet: { fsvae: 'drawn-street-numbers' }, ...(hidden === undefined ? {} : { hidden }) });
}

/** @param settled what the function tasks got. */
export function gradeTrained(
  task: TrainedTask,
  work: TrainedWork,
  submission: Submission,
  { assignment, templateTexts, hidden }: MeasuringPart & { readonly assignment: Assignment; readonly templateTexts: readonly TextFile[] },
  settled: ReadonlyMap<string, TaskResult>,
): Promise<Verdict> {
  const functions = tasksOf(assignment).filter((other): other is FunctionTask => other.kind === 'function' && task.buildsOn.includes(other.id));
  return judgeTrained(task, work, findAnswer(task, submission, templateTexts), {
    bands: assignment.bands ?? [],
    classified: hidden?.classified ?? ALL_TEST_IMAGES,
    wrongFunctions: functions.filter(({ id }) => settled.get(id)?.outcome === 'fail').map((other) => `${other.function} in ${other.module}`),
    mistakePaidOnce: assignment.mistakePaidOnce !== false,
  });
}

export function gradeFigure(task: FigureTask, work: TrainedWork): Promise<Verdict> {
  return judgeFigure(task, work);
}
