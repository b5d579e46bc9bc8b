/** Where lines are valued: every model, with every outcome of the free variables. */
import { type Measured, measuring } from './arithmetic.ts';
import { type Budget, evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { type Fact, facts, makeModel, type Meaning, meanings, type Model } from './model.ts';
import type { DerivationTask } from './task.ts';

export interface Point {
  readonly model: Model;
  /** Values of the free variables and of the task's numbers, for the counterexample. */
  readonly free: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly broken: Fact | Meaning | undefined;
}

export interface Points {
  /** Models in which everything holds: here lines must agree. */
  readonly sound: readonly Point[];
  /** More of them, for inequalities, which single points refute less often. */
  readonly extra: readonly Point[];
  /** Models in which one fact or meaning is broken. */
  readonly broken: readonly Point[];
}

/** Ordinary ones first: a counterexample is easiest to follow there. */
const EXPONENTS = [1, 1, 1, 3, 1, 6, 3, 10] as const;
const EXTRA = 32;
const PER_FACT = 2;

const known = new WeakMap<DerivationTask, Points>();

export function pointsOf(task: DerivationTask): Points {
  const found = known.get(task);
  if (found !== undefined) return found;
  const at = (seed: number, exponent: number, volumes: boolean, broken?: Fact | Meaning): readonly Point[] => {
    const numbers = task.numbers[seed % task.numbers.length] ?? new Map<string, number>();
    const model = makeModel(task.world, { seed, exponent, numbers, volumes, ...(broken === undefined ? {} : { broken }) });
    return assignments(task).map((free) => ({ model, free, numbers, broken }));
  };
  const points: Points = {
    sound: EXPONENTS.flatMap((exponent, index) => at(index + 1, exponent, index > 1)),
    extra: Array.from({ length: EXTRA }, (_, index) => at(100 + index, [1, 1, 3, 6][index % 4] ?? 1, index % 2 === 0)).flat(),
    broken: [...facts, ...meanings].flatMap((broken, index) => Array.from({ length: PER_FACT }, (_, copy) => at(1001 + 10 * index + copy, 1, true, broken)).flat()),
  };
  known.set(task, points);
  return points;
}

function assignments({ vocabulary, world }: DerivationTask): readonly ReadonlyMap<string, number>[] {
  return vocabulary.free.reduce<readonly ReadonlyMap<string, number>[]>((all, name) => {
    const size = world.variables.find((variable) => variable.name === name)?.size ?? 1;
    return all.flatMap((free) => Array.from({ length: size }, (_, value) => new Map([...free, [name, value]])));
  }, [new Map()]);
}

export function measureAt(expression: Expression, { model, free }: Point, budget: Budget): Measured {
  return evaluate(expression, { model, arithmetic: measuring(model.log), environment: new Map(free), budget });
}

/** Rounding stays a thousand times below this; what a student could hide below it cannot help them. */
const TOLERANCE = 1e-10;
/** Terms far larger than the task's own would widen the tolerance until something false fits: they do not count. */
const LARGEST_SIZE = 1e4;

/** How far two values may be apart; `natural` is the size of the task's own terms at that point. */
export function tolerance(a: Measured, b: Measured, natural: number): number {
  return TOLERANCE * Math.min(a.size + b.size, LARGEST_SIZE * (natural + Math.abs(a.value) + Math.abs(b.value)));
}

export function agree(a: Measured, b: Measured, natural: number): boolean {
  // NaN and infinities agree with nothing, themselves included.
  return Number.isFinite(a.value) && Number.isFinite(b.value) && Math.abs(a.value - b.value) <= tolerance(a, b, natural);
}
