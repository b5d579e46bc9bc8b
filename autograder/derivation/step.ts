/** Judges one step: does it hold, and on what does it rest. */
import { type Counterexample, counterexampleAt } from './counterexample.ts';
import type { Expression, Relation } from './expression.ts';
import { partsOf } from './expression.ts';
import { followsFromConcavity } from './jensen.ts';
import { type Checker, combined, differsWithout, firstDifference, firstShortfall, guarded, isAtLeast, isSame, type Sameness, samenessOf, type Values, valuesOf } from './lines.ts';
import { worstCase } from './worst-case.ts';
import { mergeLogs } from './merge-logs.ts';
import { type Fact, facts, type Meaning, meanings } from './model.ts';
import { measureAt } from './points.ts';
import { print } from './print.ts';
import { ReadingError } from './reading-error.ts';
import type { Ground } from './task.ts';

export interface Line {
  readonly expression: Expression;
  readonly values: Values;
}

export type StepVerdict =
  /** `isGiven`: the handout takes this step itself. */
  | { readonly kind: 'holds'; readonly grounds: readonly Ground[]; readonly meanings: readonly Meaning[]; readonly isGiven?: boolean }
  /** True wherever it was tried, but for no reason that can be named. */
  | { readonly kind: 'no reason' }
  | { readonly kind: 'false'; readonly counterexample: Counterexample };

/** An equality that earlier lines have shown. */
export interface Lemma {
  readonly left: Values;
  readonly right: Values;
}

export function judgeStep(left: Line, relation: Relation, right: Line, lemmas: readonly Lemma[], checker: Checker): StepVerdict {
  const sameness = samenessOf(relation);
  const difference = firstDifference(left.values, right.values, checker, sameness);
  if (relation === '!=') return inequation(left, right, checker);
  if (difference === undefined) return equality(left.values, right.values, lemmas, sameness, checker);
  if (relation !== '>=' && relation !== '<=') return falseAt(left, right, difference, checker);
  const [upper, lower] = relation === '>=' ? [left, right] : [right, left];
  const verdict = inequality(upper, lower, checker) ?? falseAt(left, right, shortfall(upper, lower, checker) ?? difference, checker);
  if (checker.task.world.kind !== 'valued' || verdict.kind !== 'no reason') return verdict;
  return atWorst(left, right, upper, lower, checker) ?? byFacts(upper, lower, checker);
}

/** Found false by going uphill from where it was tried. */
function atWorst(left: Line, right: Line, upper: Line, lower: Line, checker: Checker): StepVerdict | undefined {
  return guarded(checker, (budget) => {
    const worst = worstCase(upper.expression, lower.expression, checker, budget);
    if (worst === undefined) return undefined;
    const [a, b] = [left, right].map(({ expression }) => measureAt(expression, worst, budget).value);
    return { kind: 'false', counterexample: counterexampleAt(worst, a ?? Number.NaN, b ?? Number.NaN, checker.task) };
  });
}

/** Different in some model: one is enough to say that two formulas are not the same. */
function inequation(left: Line, right: Line, checker: Checker): StepVerdict {
  const isDifferent = left.values.sound.some((value, at) => Number.isFinite(value.value) && Number.isFinite(right.values.sound[at]?.value) && firstDifference(left.values, right.values, checker) === at);
  return isDifferent ? { kind: 'holds', grounds: ['gap'], meanings: [] } : falseAt(left, right, 0, checker);
}

function equality(left: Values, right: Values, lemmas: readonly Lemma[], sameness: Sameness, checker: Checker): StepVerdict {
  const gap = combined(left, right, -1);
  const isShown = lemmas.some((lemma) => [1, -1].some((sign) => isSame(gap, scaled(combined(lemma.left, lemma.right, -1), sign), checker)));
  const needed = isShown ? new Set<Fact | Meaning>() : differsWithout(left, right, checker, sameness);
  return { kind: 'holds', grounds: facts.filter((fact) => needed.has(fact)), meanings: meanings.filter((meaning) => needed.has(meaning)) };
}

function scaled(values: Values, sign: number): Values {
  const flip = (list: Values['sound']): Values['sound'] => list.map(({ value, size }) => ({ value: sign * value, size }));
  return { sound: flip(values.sound), broken: flip(values.broken) };
}

/** upper >= lower: undefined when it is false somewhere. */
function inequality(upper: Line, lower: Line, checker: Checker): StepVerdict | undefined {
  if (shortfall(upper, lower, checker) !== undefined) return undefined;
  if (!extraHolds(upper.expression, lower.expression, checker)) return undefined;
  if (checker.task.world.kind === 'valued') return { kind: 'no reason' };
  return byConcavity(upper.expression, lower.expression, checker) ?? byDroppedTerm(upper, lower, checker) ?? { kind: 'no reason' };
}

function shortfall(upper: Line, lower: Line, checker: Checker): number | undefined {
  return firstShortfall(upper.values, lower.values, checker);
}

function extraHolds(upper: Expression, lower: Expression, checker: Checker): boolean {
  return guarded(checker, (budget) =>
    checker.extra.every((point) => {
      const [a, b] = [measureAt(upper, point, budget), measureAt(lower, point, budget)];
      return isAtLeast(a, b, Math.abs(a.value) + Math.abs(b.value));
    }),
  );
}

/** By the facts without which it no longer holds; s (1 - s) <= 1/4 holds for all numbers, and 1/4 <= 1 by itself. */
function byFacts(upper: Line, lower: Line, checker: Checker): StepVerdict {
  const fails = checker.broken.filter((_, at) => !isAtLeast(upper.values.broken[at] ?? nothing, lower.values.broken[at] ?? nothing, checker.natural.broken[at]?.size ?? 0));
  const grounds = facts.filter((fact) => fails.some(({ broken }) => broken === fact));
  if (grounds.length > 0 || (isNumber(upper.expression) && isNumber(lower.expression))) return { kind: 'holds', grounds, meanings: [] };
  return { kind: 'holds', grounds: ['bound'], meanings: [] };
}

const nothing = { value: Number.NaN, size: 0 };

function isNumber(expression: Expression): boolean {
  return expression.kind === 'number' || (['negate', 'binary'].includes(expression.kind) && partsOf(expression).every(isNumber));
}

/** Facts that Jensen needs by itself: weights that sum to one, and a logarithm that is concave. */
const INSIDE_JENSEN: ReadonlySet<Fact | Meaning> = new Set(['normq', 'log', ...meanings]);

function byConcavity(upper: Expression, lower: Expression, checker: Checker): StepVerdict | undefined {
  const plain = concave(upper, lower, checker);
  if (plain !== undefined) return { kind: 'holds', grounds: ['jensen', ...plain], meanings: [] };
  const merged = concave(mergeLogs(upper), mergeLogs(lower), checker);
  return merged === undefined ? undefined : { kind: 'holds', grounds: ['jensen', 'log', ...merged], meanings: [] };
}

/** The facts it needs beside concavity; undefined when it does not follow from concavity. */
function concave(upper: Expression, lower: Expression, checker: Checker): readonly Fact[] | undefined {
  return guarded(checker, (budget) => {
    if (!checker.sound.every((point) => followsFromConcavity(upper, lower, point, budget))) return undefined;
    const fails = checker.broken.filter((point) => point.broken !== undefined && !INSIDE_JENSEN.has(point.broken) && !followsFromConcavity(upper, lower, point, budget));
    return facts.filter((fact) => fails.some(({ broken }) => broken === fact));
  });
}

/** upper = lower + a term that is never negative: a KL written in one of the lines, or one the task names. */
function byDroppedTerm(upper: Line, lower: Line, checker: Checker): StepVerdict | undefined {
  const written = [...divergences(upper.expression), ...divergences(lower.expression)];
  const named = new Map([...written, ...checker.task.nonNegative].map((term) => [print(term), term]));
  for (const term of named.values()) {
    const values = closedValues(term, checker);
    if (values === undefined) continue;
    const sum = combined(lower.values, values, 1);
    if (firstDifference(upper.values, sum, checker) !== undefined) continue;
    const needed = differsWithout(upper.values, sum, checker);
    return { kind: 'holds', grounds: ['gibbs', ...facts.filter((fact) => needed.has(fact))], meanings: meanings.filter((meaning) => needed.has(meaning)) };
  }
  return undefined;
}

function divergences(expression: Expression): readonly Expression[] {
  return [...(expression.kind === 'divergence' ? [expression] : []), ...partsOf(expression).flatMap(divergences)];
}

/** A KL inside an expectation has no value by itself. */
function closedValues(term: Expression, checker: Checker): Values | undefined {
  try {
    return valuesOf(term, checker);
  } catch (error) {
    if (error instanceof ReadingError) return undefined;
    throw error;
  }
}

function falseAt(left: Line, right: Line, index: number, { sound, task }: Checker): StepVerdict {
  const point = sound[index];
  if (point === undefined) throw new RangeError(`point ${index} of ${sound.length}`);
  return { kind: 'false', counterexample: counterexampleAt(point, left.values.sound[index]?.value ?? Number.NaN, right.values.sound[index]?.value ?? Number.NaN, task) };
}
