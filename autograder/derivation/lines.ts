/** Lines with their values at every point: whether two are equal, and where not. */
import type { Measured } from './arithmetic.ts';
import { type Budget, TooCostly, UnboundCopy } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { type Meaning, meanings, NoSuchLaw, type Fact } from './model.ts';
import { agree, measureAt, type Point, pointsOf, tolerance } from './points.ts';
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
}

/** Node visits: a line of a usual proof takes some ten thousand. */
const PER_LINE = 3_000_000;
const PER_DERIVATION = 20_000_000;

const known = new WeakMap<DerivationTask, Omit<Checker, 'budget'>>();

export function openChecker(task: DerivationTask): Checker {
  const found = known.get(task) ?? prepare(task);
  known.set(task, found);
  return { ...found, budget: { left: PER_DERIVATION } };
}

function prepare(task: DerivationTask): Omit<Checker, 'budget'> {
  const points = pointsOf(task);
  const budget: Budget = { left: PER_DERIVATION };
  const size = (point: Point): Measured => {
    const sizes = task.claims.flatMap(({ left, right }) => [left, right]).map((side) => measureAt(side, point, budget).size);
    return { value: 0, size: Math.max(...sizes) };
  };
  const natural = { sound: points.sound.map(size), broken: points.broken.map(size) };
  const checker: Checker = { task, ...points, natural, printed: [], budget };
  return { ...checker, printed: task.printed.map((chain) => chain.map((printed) => valuesOf(printed, checker))) };
}

/** Throws a ReadingError where the line asks for a law there is not, or costs too much. */
export function valuesOf(expression: Expression, checker: Checker): Values {
  return guarded(checker, (budget) => ({
    sound: checker.sound.map((point) => measureAt(expression, point, budget)),
    broken: checker.broken.map((point) => measureAt(expression, point, budget)),
  }));
}

export function guarded<T>({ budget }: Checker, run: (budget: Budget) => T): T {
  const allowed = Math.min(PER_LINE, budget.left);
  const line: Budget = { left: allowed };
  try {
    return run(line);
  } catch (error) {
    if (error instanceof TooCostly) throw new ReadingError(0, 'This line has too many terms to be checked, or an index that is no whole number.');
    if (error instanceof UnboundCopy) throw new ReadingError(0, `${error.message} is outside the copies that are drawn.`);
    if (error instanceof NoSuchLaw) throw new ReadingError(0, error.message);
    throw error;
  } finally {
    budget.left -= allowed - Math.max(0, line.left);
  }
}

/** The first sound point at which the two differ. */
export function firstDifference(a: Values, b: Values, { natural }: Checker): number | undefined {
  const index = a.sound.findIndex((value, at) => !agree(value, b.sound[at] ?? missing, natural.sound[at]?.size ?? 0));
  return index < 0 ? undefined : index;
}

/** The facts and meanings without which the two are no longer equal. */
export function differsWithout(a: Values, b: Values, { natural, broken }: Checker): ReadonlySet<Fact | Meaning> {
  const needed = new Set<Fact | Meaning>();
  for (const [at, point] of broken.entries()) {
    if (point.broken !== undefined && !agree(a.broken[at] ?? missing, b.broken[at] ?? missing, natural.broken[at]?.size ?? 0)) needed.add(point.broken);
  }
  return needed;
}

/** Equal by algebra alone. */
export function isSame(a: Values, b: Values, checker: Checker): boolean {
  return firstDifference(a, b, checker) === undefined && differsWithout(a, b, checker).size === 0;
}

/** Equal by algebra and by what names, KL and H stand for: how the asked start and end are recognised. */
export function isSameByDefinition(a: Values, b: Values, checker: Checker): boolean {
  return firstDifference(a, b, checker) === undefined && [...differsWithout(a, b, checker)].every((fact) => meanings.some((meaning) => meaning === fact));
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
