/** Where lines are valued: every model, with every outcome of the free variables. */
import { type Measured, measuring } from './arithmetic.ts';
import { type Budget, evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { type Draw, drawing } from './draws.ts';
import { type Fact, facts, makeModel, type Meaning, meanings, type Model, numberKey } from './model.ts';
import type { DerivationTask, Drawn } from './task.ts';

export interface Point {
  readonly model: Model;
  /** Values of the free variables and of the task's numbers, for the counterexample. */
  readonly free: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly broken: Fact | Meaning | undefined;
  readonly bodies: DerivationTask['bodies'];
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
    const numbers = drawNumbers(task, seed);
    const model = makeModel(task.world, { seed, exponent, numbers, volumes, ...(broken === undefined ? {} : { broken }) });
    return assignments(task).map((free) => ({ model, free, numbers, broken, bodies: task.bodies }));
  };
  const points: Points = {
    sound: EXPONENTS.flatMap((exponent, index) => at(index + 1, exponent, index > 1)),
    extra: Array.from({ length: EXTRA }, (_, index) => at(100 + index, [1, 1, 3, 6][index % 4] ?? 1, index % 2 === 0)).flat(),
    broken: breakable(task).flatMap((broken, index) => Array.from({ length: PER_FACT }, (_, copy) => at(1001 + 10 * index + copy, 1, true, broken)).flat()),
  };
  known.set(task, points);
  return points;
}

/** A law given by a formula has no tables that could be broken. */
function breakable({ bodies }: DerivationTask): readonly (Fact | Meaning)[] {
  const byFormula: readonly (Fact | Meaning)[] = ['log', 'model', 'density'];
  return bodies.size > 0 ? [...byFormula, ...meanings] : [...facts.filter((fact) => fact === 'log' || !byFormula.includes(fact)), ...meanings];
}

function drawNumbers({ numbers, drawn }: DerivationTask, seed: number): ReadonlyMap<string, number> {
  const all = new Map(numbers[seed % numbers.length]);
  for (const { name, from, upTo } of drawn) {
    const last = upTo === undefined ? 1 : (all.get(upTo) ?? 0);
    const draw = drawing(seed, name);
    for (let index = 1; index <= last; index += 1) all.set(numberKey(name, upTo === undefined ? [] : [index]), drawOne(from, draw));
  }
  return all;
}

function drawOne(from: Drawn['from'], draw: Draw): number {
  if (from === 'bit') return draw.uniform() < 0.51 ? 0 : 1;
  if (from === 'share') return 0.02 + 0.96 * draw.uniform();
  return from === 'real' ? draw.normal() : 0.1 + 3.9 * draw.uniform();
}

function assignments({ vocabulary, world }: DerivationTask): readonly ReadonlyMap<string, number>[] {
  return vocabulary.free.reduce<readonly ReadonlyMap<string, number>[]>((all, name) => {
    const size = world.variables.find((variable) => variable.name === name)?.size ?? 1;
    return all.flatMap((free) => Array.from({ length: size }, (_, value) => new Map([...free, [name, value]])));
  }, [new Map()]);
}

export function measureAt(expression: Expression, { model, free, bodies }: Point, budget: Budget): Measured {
  return evaluate(expression, { model, arithmetic: measuring(model.log), environment: new Map(free), budget, bodies });
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
