/** What changed between two fixture sets: for whoever makes a new term, or wonders why a mark is another. */
import type { Accepted, Expectation, KnownMistake } from '../../contract/expectation.ts';
import type { Argument, Question } from '../../contract/question.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { TensorData } from '../../contract/values.ts';
import type { AnswerKey } from './answer-key.ts';

export interface FixtureDifference {
  /** The task it is about; null: the whole set. */
  readonly task: string | null;
  readonly what: string;
}

export function differencesBetween(assignment: Assignment, a: AnswerKey, b: AnswerKey): readonly FixtureDifference[] {
  const whole = [
    ...changed('term', a.term, b.term),
    ...changed('engine', a.engine, b.engine),
    ...(a.publicOnly === b.publicOnly ? [] : [b.publicOnly ? 'hidden before, public now' : 'public before, hidden now']),
    ...changed('right functions for the second judging', JSON.stringify(a.helpers), JSON.stringify(b.helpers), 'changed'),
  ];
  const tasks = tasksOf(assignment).filter((task) => task.kind === 'function');
  return [
    ...whole.map((what) => ({ task: null, what })),
    ...tasks.flatMap((task) => {
      const [before, after] = [a, b].map((key) => (key.tasks.has(task.id) ? casesOf(key.questionsFor(task), key.expectationsFor(task)) : null));
      const mistakes = before === null || after === null ? [] : mistakeDifferences(a.mistakesFor(task), b.mistakesFor(task));
      return [...taskDifferences(before ?? null, after ?? null), ...mistakes].map((what) => ({ task: task.id, what }));
    }),
  ];
}

function changed(name: string, a: string, b: string, words = `${a} before, ${b} now`): readonly string[] {
  return a === b ? [] : [`${name}: ${words}`];
}

const OTHER_INPUTS = 'other inputs';

interface Case {
  readonly question: Question;
  readonly weight: string;
  readonly expectation: Expectation;
}

type Cases = ReadonlyMap<string, Case>;

function casesOf(questions: ReturnType<AnswerKey['questionsFor']>, expectations: readonly Expectation[]): Cases {
  const byId = new Map(expectations.map((expectation) => [expectation.case, expectation]));
  return new Map(
    questions.flatMap((asked) => {
      const expectation = byId.get(asked.case);
      return expectation === undefined ? [] : [[asked.case, { question: asked.question, weight: asked.weight, expectation }] as const];
    }),
  );
}

function taskDifferences(a: Cases | null, b: Cases | null): readonly string[] {
  if (a === null || b === null) return a === b ? [] : [a === null ? 'task added' : 'task removed'];
  const common = [...a].flatMap(([id, before]) => {
    const after = b.get(id);
    return after === undefined ? [] : [{ id, changes: caseDifferences(before, after) }];
  });
  // What another term or seed does, and nothing else.
  const drawnAnew = common.length > 1 && common.every(({ changes }) => changes.join() === OTHER_INPUTS);
  return [
    ...[...a.keys()].filter((id) => !b.has(id)).map((id) => `case ${id} removed`),
    ...[...b.keys()].filter((id) => !a.has(id)).map((id) => `case ${id} added`),
    ...(drawnAnew ? [`${OTHER_INPUTS} in every case`] : common.flatMap(({ id, changes }) => changes.map((what) => `case ${id}: ${what}`))),
  ];
}

function mistakeDifferences(a: readonly KnownMistake[], b: readonly KnownMistake[]): readonly string[] {
  const missing = (some: readonly KnownMistake[], others: readonly KnownMistake[]) => some.filter(({ id }) => !others.some((other) => other.id === id));
  return [...missing(a, b).map(({ id }) => `mistake ${id} removed`), ...missing(b, a).map(({ id }) => `mistake ${id} added`)];
}

function caseDifferences(a: Case, b: Case): readonly string[] {
  const [before, after] = [a.expectation, b.expectation];
  const described = [
    ...changed('title', before.title, after.title),
    ...changed('visibility', before.visibility, after.visibility),
    ...changed('checks', before.checks.join(', '), after.checks.join(', ')),
    ...changed('weight', a.weight, b.weight),
    ...changed('tolerance', toleranceText(before), toleranceText(after)),
    ...changed('layouts', layoutsText(before), layoutsText(after)),
    ...changed('gradients asked for', a.question.gradients.map(({ component }) => component).join(', '), b.question.gradients.map(({ component }) => component).join(', ')),
  ];
  const sizes = changed('sizes', sizesText(a.question), sizesText(b.question));
  if (sizes.length > 0) return [...described, ...sizes];
  // Other inputs have other answers: that these differ as well is no news.
  if (!sameInputs(a.question, b.question)) return [...described, OTHER_INPUTS];
  const worst = largestChange(before, after);
  return worst === 0 ? described : [...described, `other expected values, by up to ${worst.toPrecision(3)} tolerances`];
}

function toleranceText({ tolerance: { absolute, relative } }: Expectation): string {
  return `${absolute} + ${relative} |b|`;
}

function layoutsText({ accepted }: Expectation): string {
  return accepted.map(({ layout, draws }) => `${layout} (${draws})`).join('; ');
}

/** Every tensor of a question under a name, in order. */
function tensorsIn({ arguments: all, noise, gradients }: Question): readonly (readonly [name: string, tensor: TensorData])[] {
  return [
    ...all.flatMap(tensorsOf),
    ...(noise.stream === undefined ? [] : [['noise', noise.stream] as const]),
    ...gradients.flatMap(({ component, weights }) => (weights === undefined ? [] : [[`weights of ${component}`, weights] as const])),
  ];
}

function tensorsOf(argument: Argument): readonly (readonly [string, TensorData])[] {
  switch (argument.kind) {
    case 'number':
      return [];
    case 'tensor':
      return [[argument.name, argument.tensor]];
    case 'record':
      return Object.entries(argument.entries).flatMap(([name, value]) => (typeof value === 'number' ? [] : [[name, value] as const]));
    case 'model': {
      const { networks, parameters } = argument.model;
      const layers = Object.entries(networks).flatMap(([name, list]) => list.flatMap(({ kernel, bias }) => [[name, kernel] as const, [name, bias] as const]));
      return [...layers, ...Object.entries(parameters)];
    }
  }
}

function sizesText(question: Question): string {
  const numbers = question.arguments.flatMap((argument) => (argument.kind === 'number' ? [String(argument.value)] : []));
  return [...numbers, ...tensorsIn(question).map(([name, { shape }]) => `${name} [${shape.join(', ')}]`)].join(', ');
}

function sameInputs(a: Question, b: Question): boolean {
  const [before, after] = [tensorsIn(a), tensorsIn(b)];
  return a.noise.seed === b.noise.seed && before.every(([, tensor], index) => sameNumbers(tensor, after[index]?.[1]));
}

function sameNumbers(a: TensorData, b: TensorData | undefined): boolean {
  return a.values.length === b?.values.length && a.values.every((value, index) => Object.is(value, b.values[index]));
}

/** Over values and gradients of the layouts that both have, in tolerances of the second set. */
function largestChange(a: Expectation, b: Expectation): number {
  const changes = b.accepted.flatMap((after) => {
    const before = a.accepted.find(({ layout }) => layout === after.layout);
    const old = new Map(before === undefined ? [] : tensorsInAnswer(before));
    return before === undefined ? [] : tensorsInAnswer(after).map(([name, tensor]) => largestStep(old.get(name), tensor, b.tolerance));
  });
  return changes.reduce((most, change) => Math.max(most, change), 0);
}

/** Infinite where one of the two is not there, or has another shape. */
function largestStep(before: TensorData | undefined, after: TensorData, { absolute, relative }: Expectation['tolerance']): number {
  if (before?.shape.join() !== after.shape.join()) return Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [index, value] of after.values.entries()) {
    most = Math.max(most, Math.abs((before?.values[index] ?? Number.NaN) - value) / (absolute + relative * Math.abs(value)));
  }
  return most;
}

function tensorsInAnswer({ values, gradients }: Accepted): readonly (readonly [string, TensorData])[] {
  return [
    ...values,
    ...[...gradients].flatMap(([component, modules]) => [...modules].map(([module, tensor]) => [`d ${component} / d ${module}`, tensor] as const)),
  ];
}
