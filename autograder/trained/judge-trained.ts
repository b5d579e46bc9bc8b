/** A task that rests on a trained model: its weights are measured, and the numbers reported of it are held against that. */
import type { Band } from '../../contract/band.ts';
import { checkpointPath } from '../../contract/checkpoint.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { CheckResult, TaskResult } from '../../contract/outcome.ts';
import { iterationsOf, type Quantity, type TrainedTask } from '../../contract/task.ts';
import { METRICS_FILE, type RunMetrics } from '../../contract/training-metrics.ts';
import { listed } from '../listed.ts';
import type { WrittenAnswer } from '../written-answers.ts';
import { contradictions, disagreements, reportedIn } from './agreement.ts';
import { outsideBands } from './band.ts';
import { nameOf, numberOf, placeOf } from './number-words.ts';
import type { TrainedWork } from './trained-work.ts';

/** What such a task adds to the frame that all results share. */
export type Verdict = Pick<TaskResult, 'outcome' | 'earned' | 'message' | 'checks'> & Partial<Pick<TaskResult, 'answer' | 'attachments' | 'figures' | 'picture' | 'remarks'>>;

export interface TrainedContext {
  readonly bands: readonly Band[];
  /** Hidden images that are classified; the fewer, the more is left to chance. */
  readonly classified: number;
  /** Function tasks that the model was trained or evaluated with, and that are marked wrong: their titles. */
  readonly wrongFunctions: readonly string[];
  /** Where it is false, a model that a wrong function spoiled costs marks again. */
  readonly mistakePaidOnce: boolean;
}

type Evaluated = Extract<Evaluation, { readonly kind: 'evaluated' }>;
type Part = TrainedTask['checks'][number];

/** @param answer what was typed for it, or attached. */
export async function judgeTrained(task: TrainedTask, work: TrainedWork, answer: WrittenAnswer, context: TrainedContext): Promise<Verdict> {
  const weights = work.weightsOf(task.run);
  const file = checkpointPath(task.run);
  if (weights.kind === 'none') return withoutWeights(task, work, answer, '');
  // No number was ever measured of such weights, whatever is reported.
  if (weights.kind === 'refused' && weights.diverged) return whole(task, 'fail', `The model in ${file} has diverged: ${weights.reason}. Look where the loss can become infinite, and train it anew.`, '');
  if (weights.kind === 'refused') return withoutWeights(task, work, answer, `${file} cannot be used: ${weights.reason}.`);
  const measured = await work.measured(task.run);
  switch (measured.kind) {
    case 'no-program':
      return withoutWeights(task, work, answer, 'This grader is installed without the program that measures checkpoints.');
    case 'fault':
      return whole(task, 'not-gradable', 'The checkpoint could not be measured, through a fault on the grader’s side.', measured.fault);
    case 'no-data':
      return whole(task, 'not-gradable', `The checkpoint could not be measured here: ${measured.reason}.`, '');
    case 'evaluated':
      return withWeights(task, work, answer, context, measured);
  }
}

/** What is reported is all there is, and a person marks it; a checkpoint that cannot be used is no worse than none. */
function withoutWeights(task: TrainedTask, work: TrainedWork, answer: WrittenAnswer, why: string): Verdict {
  const reported = reportedText(task, work);
  const lead = why === '' ? `There is no ${checkpointPath(task.run)} to measure, so a person marks what is reported.` : `${why} A person marks what is reported.`;
  const text = [answer.kind === 'text' || answer.kind === 'unplaced' ? answer.text : '', reported].filter((part) => part !== '').join('\n\n');
  if (text !== '') return { outcome: 'awaiting-person', earned: 0, message: lead, checks: [], answer: text, ...remarksOn(task, work) };
  if (answer.kind === 'attachment') {
    const names = answer.files.map(({ name }) => name).join(', ');
    return { outcome: 'awaiting-person', earned: 0, message: `${why} A person marks this from ${names}.`.trim(), checks: [], attachments: [...answer.files] };
  }
  if (why !== '') return whole(task, 'fail', why, '');
  return { outcome: 'unanswered', earned: 0, message: `No ${checkpointPath(task.run)} was found, and no numbers in ${METRICS_FILE} or ${task.answer.file}.`, checks: [] };
}

function withWeights(task: TrainedTask, work: TrainedWork, answer: WrittenAnswer, context: TrainedContext, evaluated: Evaluated): Verdict {
  const metrics = work.metricsOf(task.run);
  const judged = task.checks.map((check) => (check.kind === 'agreement' ? agreement(task, check, work, answer, context, evaluated) : inBand(task, check, metrics, context, evaluated)));
  const open = judged.some(({ outcome }) => outcome === 'awaiting-person');
  const typed = answer.kind === 'text' || answer.kind === 'unplaced' ? [answer.text] : [];
  const text = [...typed, reportedText(task, work), measuredText(task, evaluated)].filter((part) => part !== '').join('\n\n');
  return {
    outcome: overall(judged),
    earned: judged.reduce((sum, { earned }) => sum + earned, 0),
    message: '',
    checks: judged,
    ...(open ? { answer: text, ...(answer.kind === 'attachment' ? { attachments: [...answer.files] } : {}) } : {}),
    ...remarksOn(task, work),
  };
}

function agreement(task: TrainedTask, check: Part, work: TrainedWork, answer: WrittenAnswer, { wrongFunctions }: TrainedContext, evaluated: Evaluated): CheckResult {
  const metrics = work.metricsOf(task.run);
  const reported = metrics === undefined ? [] : reportedIn(metrics, task.reported);
  const missing = task.reported.filter((quantity) => !reported.some((entry) => entry.quantity === quantity));
  if (reported.length === 0) {
    if (answer.kind !== 'none') return result(check, 'awaiting-person', `${METRICS_FILE} has no numbers of this run, so a person compares what is typed with what the checkpoint measures.`);
    const why = work.metrics.kind === 'unusable' ? `${work.metrics.reason}.` : `No numbers are reported, neither in ${METRICS_FILE} nor in ${task.answer.file}.`;
    return result(check, 'unanswered', why);
  }
  const wrong = disagreements(reported, evaluated.public, isByElbow(metrics));
  const evidence = wrong.map(({ quantity, value, measured, tolerance }) => `${quantity}: reported ${value}, measured ${measured}, allowed ${tolerance}`);
  const onPublic = `On ${placeOf(task.reported[0])} the checkpoint measures ${listed(task.reported.flatMap((quantity) => named(quantity, evaluated)))}.`;
  if (wrong.length === 0 && missing.length === 0) return result(check, 'pass', onPublic);
  if (wrong.length === 0) return { ...result(check, 'fail', `Not reported: ${listed(missing.map(nameOf))}. ${onPublic}`), hint: check.hint };
  const words = listed(wrong.map(({ quantity, value, measured }) => `${nameOf(quantity)} ${numberOf(quantity, value)} where the checkpoint measures ${numberOf(quantity, measured)}`));
  const said = [`You report ${words}.`, ...contradictions(reported)].join(' ');
  // An honest report of what a wrong function gave looks like an invented number: only a person can tell.
  if (wrongFunctions.length > 0) return { ...result(check, 'awaiting-person', `${said} ${listed(wrongFunctions)} ${isOrAre(wrongFunctions)} marked wrong above, which may be why: a person decides.`), evidence };
  return { ...result(check, 'fail', said), hint: check.hint, evidence };
}

/** Numbers that `elbow train` wrote say whose loss was trained. */
function isByElbow(metrics: RunMetrics | undefined): boolean {
  return metrics?.loss !== undefined;
}

function inBand(task: TrainedTask, check: Part, metrics: RunMetrics | undefined, context: TrainedContext, evaluated: Evaluated): CheckResult {
  const { bands, classified, wrongFunctions, mistakePaidOnce } = context;
  const dataSet = metrics?.dataSet ?? 'drawn-digits';
  const mine = bands.filter((band) => band.run === task.run && band.dataSet === dataSet && task.banded.includes(band.quantity) && band.limit !== undefined);
  const evidence = task.banded.flatMap((quantity) => (evaluated.hidden?.[quantity] === undefined ? [] : [`${quantity} on hidden images: ${evaluated.hidden[quantity].value}`]));
  if (mine.length === 0) return { ...result(check, 'awaiting-person', `It is not known what right work measures on ${dataSet}, so a person decides.`), evidence };
  const outside = outsideBands(mine, evaluated, classified);
  if (outside.length === 0) return { ...result(check, 'pass', ''), evidence };
  const said = `${listed(outside.map(({ quantity, shown, limit }) => beyond(quantity, shown, limit)))}.`;
  const asked = metrics === undefined ? 0 : iterationsOf(task.length, metrics);
  const isShort = metrics !== undefined && metrics.iterations < asked;
  const trained = isShort ? ` It was trained for ${metrics.iterations.toLocaleString('en')} iterations; the handout asks for ${asked.toLocaleString('en')}.` : '';
  if (wrongFunctions.length === 0 || isShort || !mistakePaidOnce) return { ...result(check, 'fail', `${said}${trained}`), hint: check.hint, evidence };
  const why = `${listed(wrongFunctions)} ${isOrAre(wrongFunctions)} marked wrong above, and a model trained with ${wrongFunctions.length === 1 ? 'it' : 'them'} cannot be as good`;
  // How long it was trained is only known where it is said.
  if (metrics === undefined) return { ...result(check, 'awaiting-person', `${said} ${why}; but nothing tells how it was trained, so a person decides.`), evidence };
  return { ...result(check, 'pass', `${said} ${why}: that is paid for there and costs nothing here.`), evidence };
}

function beyond(quantity: Quantity, shown: number | undefined, limit: number): string {
  const value = shown === undefined ? 'no number' : numberOf(quantity, shown);
  return `${nameOf(quantity)} is ${value} on ${placeOf(quantity)}, where right work stays ${quantity === 'accuracy' ? 'above' : 'below'} ${numberOf(quantity, limit)}`;
}

function isOrAre(names: readonly string[]): string {
  return names.length === 1 ? 'is' : 'are';
}

function whole(task: TrainedTask, outcome: 'fail' | 'not-gradable', message: string, evidence: string): Verdict {
  const checks = task.checks.map((check) => ({ ...result(check, outcome, message), evidence: evidence === '' ? [] : [evidence] }));
  return { outcome, earned: 0, message, checks };
}

function result({ id, title, points }: Part, outcome: CheckResult['outcome'], message: string): CheckResult {
  return { check: id, title, points, earned: outcome === 'pass' ? points : 0, outcome, message, evidence: [] };
}

function overall(checks: readonly CheckResult[]): TaskResult['outcome'] {
  const outcomes = new Set(checks.map(({ outcome }) => outcome));
  if (outcomes.has('unanswered')) return outcomes.size === 1 ? 'unanswered' : 'fail';
  return (['not-gradable', 'awaiting-person', 'fail'] as const).find((outcome) => outcomes.has(outcome)) ?? 'pass';
}

function named(quantity: Quantity, { public: estimates }: Evaluated): readonly string[] {
  const estimate = estimates[quantity];
  return estimate === undefined ? [] : [`${nameOf(quantity)} ${numberOf(quantity, estimate.value)}`];
}

function measuredText(task: TrainedTask, evaluated: Evaluated): string {
  return `Measured by elbow: ${listed(task.reported.flatMap((quantity) => named(quantity, evaluated)))}.`;
}

function reportedText(task: TrainedTask, work: TrainedWork): string {
  const metrics = work.metricsOf(task.run);
  const reported = metrics === undefined ? [] : reportedIn(metrics, task.reported);
  if (metrics === undefined || reported.length === 0) return work.metrics.kind === 'unusable' ? `${work.metrics.reason}.` : '';
  return `Reported in ${METRICS_FILE}, after ${metrics.iterations.toLocaleString('en')} iterations on ${metrics.dataSet}: ${listed(reported.map(({ quantity, value }) => `${nameOf(quantity)} ${value}`))}.`;
}

/** Rules that hold for every model, right or wrong: said, and no mark rests on them alone. */
function remarksOn(task: TrainedTask, work: TrainedWork): Partial<Pick<TaskResult, 'remarks'>> {
  const metrics = work.metricsOf(task.run);
  const said = metrics === undefined ? [] : contradictions(reportedIn(metrics, task.reported));
  return said.length === 0 ? {} : { remarks: [...said] };
}
