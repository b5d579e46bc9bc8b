/** Lines with their values at every point: whether two are equal, and where not. */
import { type Measured, WrongShape } from './arithmetic.ts';
import { NestedDerivative } from './duals.ts';
import type { Expression, Relation } from './expression.ts';
import { type Meaning, meanings, NoSuchLaw, type Fact } from './model.ts';
import { type Budget, TooCostly, UnboundCopy } from './outcomes.ts';
import { agree, isLost, measureAt, type Point, pointsOf, tolerance } from './points.ts';
import { print } from './print.ts';
import { ReadingError } from './reading-error.ts';
import type { DerivationTask } from './task.ts';

export interface Values {
  readonly sound: readonly Measured[];
  readonly broken: readonly Measured[];
}

/** What one derivation is checked with: the points, and how large the task's own terms are there. */
export interface Checker {
  readonly task: DerivationTask;
  readonly sound: readonly Point[];
  readonly extra: readonly Point[];
  readonly broken: readonly Point[];
  readonly natural: Values;
  /** What the handout prints, chain by chain. */
  readonly printed: readonly (readonly Values[])[];
  /** Of all lines together. */
  readonly budget: Budget;
  /** Lines of this derivation by their text: what is written twice is valued once. */
  readonly known: Map<string, Values>;
}

/** Visits of nodes and outcomes, ten million a second: a usual line takes some ten thousand, the dearest reference derivation 800,000. */
const PER_LINE = 600_000;
const PER_DERIVATION = 2_500_000;

type Prepared = Omit<Checker, 'budget' | 'known'>;

const prepared = new WeakMap<DerivationTask, Prepared>();

export function openChecker(task: DerivationTask): Checker {
  const found = prepared.get(task) ?? prepare(task);
  prepared.set(task, found);
  return { ...found, budget: { left: PER_DERIVATION }, known: new Map() };
}

function prepare(task: DerivationTask): Prepared {
  const points = pointsOf(task);
  const budget: Budget = { left: PER_DERIVATION };
  const size = (point: Point): Measured => {
    const sides = [...task.claims.flatMap(({ left, right }) => [left, right]), ...task.answers.flatMap(({ forms }) => forms.flatMap(({ accepts }) => accepts))];
    return { value: 0, size: Math.max(...sides.map((side) => measureAt(side, point, budget).size)) };
  };
  const natural = { sound: points.sound.map(size), broken: points.broken.map(size) };
  const checker: Checker = { task, ...points, natural, printed: [], budget, known: new Map() };
  return { ...checker, printed: task.printed.map((chain) => chain.map((printed) => valuesOf(printed, checker))) };
}

const ownFormulas = new WeakMap<Expression, Values>();

/** Of a formula that the task itself states: valued once, and paid by no derivation. */
export function ownValues(expression: Expression, checker: Checker): Values {
  const found = ownFormulas.get(expression) ?? valuesOf(expression, { ...checker, budget: { left: PER_DERIVATION } });
  ownFormulas.set(expression, found);
  return found;
}

/** Throws a ReadingError where the line asks for a law there is not, or costs too much. */
export function valuesOf(expression: Expression, checker: Checker): Values {
  const text = print(expression);
  const found = checker.known.get(text);
  if (found !== undefined) return found;
  const values = guarded(checker, (budget) => ({
    sound: checker.sound.map((point) => measureAt(expression, point, budget)),
    broken: checker.broken.map((point) => measureAt(expression, point, budget)),
  }));
  refuseLost(values, checker);
  checker.known.set(text, values);
  return values;
}

/** A line that rounding hides somewhere is neither true nor false here. */
function refuseLost({ sound }: Values, { natural }: Checker): void {
  const isHidden = sound.some((value, at) => isLost(value, natural.sound[at]?.size ?? 0));
  if (isHidden) throw new ReadingError(0, 'This line has no value that can be told from rounding: something large is added and taken away again, or there is a log or a quotient of what is too near 0.');
}

export function guarded<T>({ budget }: Checker, run: (budget: Budget) => T): T {
  const allowed = Math.min(PER_LINE, budget.left);
  const line: Budget = { left: allowed };
  try {
    return run(line);
  } catch (error) {
    if (error instanceof TooCostly) throw new ReadingError(0, 'This line has too many terms to be checked, or an index that is no whole number.');
    if (error instanceof UnboundCopy) throw new ReadingError(0, `${error.message} is outside the copies that are drawn.`);
    if (error instanceof NestedDerivative) throw new ReadingError(0, 'A derivative stands inside another one here, which cannot be checked.');
    if (error instanceof NoSuchLaw || error instanceof WrongShape) throw new ReadingError(0, error.message);
    throw error;
  } finally {
    budget.left -= allowed - Math.max(0, line.left);
  }
}

/** What two lines may differ in and still be the same: nothing, a constant, or a positive factor and a constant. */
export type Sameness = '=' | '=+' | '=~';

export function samenessOf(relation: Relation): Sameness {
  return relation === '=+' || relation === '=~' ? relation : '=';
}

/** The first sound point at which the two differ. */
export function firstDifference(a: Values, b: Values, { natural, sound }: Checker, sameness: Sameness = '='): number | undefined {
  const different = differences(a.sound, b.sound, natural.sound, sound, sameness);
  return different.length === 0 ? undefined : Math.min(...different);
}

/** The facts and meanings without which the two are no longer equal. */
export function differsWithout(a: Values, b: Values, { natural, broken }: Checker, sameness: Sameness = '='): ReadonlySet<Fact | Meaning> {
  return new Set(differences(a.broken, b.broken, natural.broken, broken, sameness).flatMap((at) => broken[at]?.broken ?? []));
}

/** The places at which two lists of values are not the same. */
function differences(a: readonly Measured[], b: readonly Measured[], natural: readonly Measured[], points: readonly Point[], sameness: Sameness): readonly number[] {
  const all = points.map((_, at) => at);
  if (sameness === '=') return all.filter((at) => !agree(a[at] ?? missing, b[at] ?? missing, natural[at]?.size ?? 0));
  return [...groupsOf(points).values()].flatMap((members) => {
    const [left, right] = [members.map((at) => a[at] ?? missing), members.map((at) => b[at] ?? missing)];
    const factor = sameness === '=+' ? 1 : factorBetween(left, right);
    const [first] = members;
    if (factor === undefined) return first === undefined ? [] : [first];
    const gaps = left.map((value, at) => gap(value, right[at] ?? missing, factor));
    return members.filter((at, place) => !agree(gaps[0] ?? missing, gaps[place] ?? missing, natural[at]?.size ?? 0));
  });
}

function groupsOf(points: readonly Point[]): ReadonlyMap<number, readonly number[]> {
  const groups = new Map<number, number[]>();
  for (const [at, { group }] of points.entries()) groups.set(group, [...(groups.get(group) ?? []), at]);
  return groups;
}

function gap(a: Measured, b: Measured, factor: number): Measured {
  return { value: a.value - factor * b.value, size: a.size + Math.abs(factor) * b.size };
}

/** The positive factor by which a moves where b moves most; undefined when there is none. */
function factorBetween(a: readonly Measured[], b: readonly Measured[]): number | undefined {
  const order = b.map((_, at) => at).toSorted((i, j) => (b[i]?.value ?? 0) - (b[j]?.value ?? 0));
  const [low, high] = [order[0] ?? 0, order.at(-1) ?? 0];
  const [moveA, moveB] = [(a[high] ?? missing).value - (a[low] ?? missing).value, (b[high] ?? missing).value - (b[low] ?? missing).value];
  if (moveA === 0 && moveB === 0) return 1;
  const factor = moveA / moveB;
  return Number.isFinite(factor) && factor > 1e-6 ? factor : undefined;
}

/** Equal by algebra alone. */
export function isSame(a: Values, b: Values, checker: Checker, sameness: Sameness = '='): boolean {
  return firstDifference(a, b, checker, sameness) === undefined && differsWithout(a, b, checker, sameness).size === 0;
}

/** Equal by algebra and by what names, KL and H stand for: how the asked start and end are recognised. */
export function isSameByDefinition(a: Values, b: Values, checker: Checker, sameness: Sameness = '='): boolean {
  return firstDifference(a, b, checker, sameness) === undefined && [...differsWithout(a, b, checker, sameness)].every((fact) => meanings.some((meaning) => meaning === fact));
}

/** a - b as values, or a + b. */
export function combined(a: Values, b: Values, sign: 1 | -1): Values {
  const join = (left: readonly Measured[], right: readonly Measured[]): readonly Measured[] =>
    left.map((value, at) => ({ value: value.value + sign * (right[at]?.value ?? Number.NaN), size: value.size + (right[at]?.size ?? 0) }));
  return { sound: join(a.sound, b.sound), broken: join(a.broken, b.broken) };
}

/** The first sound point at which a >= b is false. */
export function firstShortfall(a: Values, b: Values, { natural }: Checker): number | undefined {
  const index = a.sound.findIndex((value, at) => !isAtLeast(value, b.sound[at] ?? missing, natural.sound[at]?.size ?? 0));
  return index < 0 ? undefined : index;
}

export function isAtLeast(a: Measured, b: Measured, natural: number): boolean {
  return Number.isFinite(a.value) && Number.isFinite(b.value) && a.value - b.value >= -tolerance(a, b, natural);
}

const missing: Measured = { value: Number.NaN, size: 0 };
