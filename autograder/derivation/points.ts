/** Where lines are valued: every model, with every outcome of the free variables or some of their values. */
import { type Arithmetic, type Measured, measuring } from './arithmetic.ts';
import type { Curve } from './curve.ts';
import { drawing } from './draws.ts';
import { evaluate, type LawBody } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { type Fact, makeTableModel, type Meaning, meanings, type Model } from './model.ts';
import { drawNumbers } from './numbers.ts';
import type { Budget } from './outcomes.ts';
import type { DerivationTask, Making } from './task.ts';
import { makeValuedModel } from './valued-model.ts';
import { Items, type Vector, vectors } from './vectors.ts';
import type { ValuedVariable } from './world.ts';

export interface Point {
  readonly model: Model;
  /** Outcomes of the free variables and the task's numbers, for the counterexample. */
  readonly free: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly broken: Fact | Meaning | undefined;
  readonly made: Making;
  readonly hasVectors: boolean;
  /** Points of one group differ only in what `=+` is constant in. */
  readonly group: number;
  /** The direction along which vectors are compared here. */
  readonly seed: number;
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
/** With a group of points to each model, fewer models do. */
const GROUPS = 2;
const GROUP_SIZE = 8;
/** With nothing to sum over a model is cheap, and many are needed: a wrong argmax mostly is the right one. */
const WITHOUT_VARIABLES = 200;
const BROKEN_GROUP_SIZE = 3;

const known = new WeakMap<DerivationTask, Points>();

export function pointsOf(task: DerivationTask): Points {
  const found = known.get(task);
  if (found !== undefined) return found;
  // Where lines are compared up to a constant there are no KLs, and groups of points instead of single ones.
  const isGrouped = task.varying.length > 0;
  const breakable = [...task.facts, ...meanings.filter((meaning) => !isGrouped || meaning === 'defined')];
  const points: Points = {
    sound: Array.from({ length: soundModels(task) }, (_, index) => EXPONENTS[index % EXPONENTS.length] ?? 1).flatMap((exponent, index) => pointsAt(task, { seed: index + 1, exponent, volumes: index > 1 }, GROUP_SIZE)),
    extra: Array.from({ length: EXTRA }, (_, index) => pointsAt(task, { seed: 100 + index, exponent: [1, 1, 3, 6][index % 4] ?? 1, volumes: index % 2 === 0 }, 1)).flat(),
    broken: breakable.flatMap((broken, index) => Array.from({ length: isGrouped ? 1 : PER_FACT }, (_, copy) => pointsAt(task, { seed: 1001 + 10 * index + copy, exponent: 1, volumes: true, broken }, BROKEN_GROUP_SIZE)).flat()),
  };
  known.set(task, points);
  return points;
}

function soundModels({ varying, world }: DerivationTask): number {
  if (varying.length > 0) return GROUPS;
  return world.kind === 'valued' && world.variables.length === 0 ? WITHOUT_VARIABLES : EXPONENTS.length;
}

interface Kind {
  readonly seed: number;
  readonly exponent: number;
  readonly volumes: boolean;
  readonly broken?: Fact | Meaning;
}

function pointsAt(task: DerivationTask, kind: Kind, members: number): readonly Point[] {
  const { world, varying } = task;
  const { seed, broken } = kind;
  const made = task.without.get(broken as Fact) ?? task.made;
  if (world.kind === 'tables') {
    const numbers = drawNumbers(task, made, seed, 0, () => Number.NaN);
    const model = makeTableModel(world, { ...kind, numbers });
    return assignments(task).map((free) => ({ model, free, numbers, broken, made, hasVectors: false, group: seed, seed }));
  }
  return Array.from({ length: varying.length > 0 ? members : 1 }, (_, member): Point => {
    const point = (numbers: ReadonlyMap<string, number>, options: Kind): Point => {
      const model = makeValuedModel(world, { ...options, numbers, extents: task.extents });
      return { model, free: freeOutcomes(task, world.variables, model, seed, member), numbers, broken, made, hasVectors: task.vocabulary.hasVectors, group: seed, seed };
    };
    // What is worked out is worked out where nothing is broken: a normaliser stays one.
    const { broken: __, ...whole } = kind;
    const numbers = drawNumbers(task, made, seed, member, (formula, soFar, index) => measureAt(formula, { ...point(soFar, whole), made: task.made }, { left: 1_000_000 }, index).value);
    return point(numbers, kind);
  });
}

/** One outcome of everything; of what varies, another one for each member. */
function freeOutcomes({ varying, vocabulary }: DerivationTask, variables: readonly ValuedVariable[], model: Model, seed: number, member: number): ReadonlyMap<string, number> {
  const free = new Map<string, number>();
  for (const { name, upTo, values } of variables) {
    if (values.kind === 'path' || !vocabulary.free.includes(name)) continue;
    const copies = upTo === undefined ? [0] : Array.from({ length: model.number(upTo) }, (_, at) => at + 1);
    for (const copy of copies) {
      const { from, to } = model.outcomes(name, undefined, copy);
      const size = Math.max(1, to - from);
      const first = Math.floor(drawing(seed, `free ${name}[${copy}]`).uniform() * size) % size;
      const isVarying = varying.some((one) => one === name || isCopy(one, name, copy, model));
      // Labels run round; points go on past those with masses.
      const outcome = values.kind === 'labels' ? (first + (isVarying ? member : 0)) % size : isVarying ? (values.kind === 'points' ? size + member : (first + member) % size) : first;
      free.set(copy === 0 ? name : `${name}[${copy}]`, from + outcome);
    }
  }
  return free;
}

/** `Z[n]` varies in that copy only. */
function isCopy(text: string, name: string, copy: number, model: Model): boolean {
  const { of, index = '' } = /^(?<of>\w+)\[(?<index>\w+)\]$/.exec(text)?.groups ?? {};
  return of === name && model.number(index) === copy;
}

function assignments({ vocabulary, world }: DerivationTask): readonly ReadonlyMap<string, number>[] {
  const sizes = new Map(world.kind === 'tables' ? world.variables.map(({ name, size }) => [name, size] as const) : []);
  return vocabulary.free.reduce<readonly ReadonlyMap<string, number>[]>((all, name) => all.flatMap((free) => Array.from({ length: sizes.get(name) ?? 1 }, (_, value) => new Map([...free, [name, value]]))), [new Map()]);
}

/** What is kept with a point: its arithmetic, and laws by formulas with the values they had. */
interface Prepared {
  readonly arithmetic: Arithmetic<Vector<Measured>>;
  readonly knownLaws: Map<LawBody, Map<string, Vector<Measured>>>;
}

const prepared = new WeakMap<Point, Prepared>();

function prepare(point: Point): Prepared {
  const made = { arithmetic: arithmeticOf(point), knownLaws: new Map() };
  prepared.set(point, made);
  return made;
}

/** By the logarithm and whether there are vectors: a climb meets hundreds of points, all with the same one. */
const arithmetics = { numbers: new WeakMap<Curve, Arithmetic<Vector<Measured>>>(), vectors: new WeakMap<Curve, Arithmetic<Vector<Measured>>>() };

function arithmeticOf({ model, hasVectors }: Point): Arithmetic<Vector<Measured>> {
  const made = hasVectors ? arithmetics.vectors : arithmetics.numbers;
  const found = made.get(model.log);
  if (found !== undefined) return found;
  const plain = measuring(model.log);
  const arithmetic = hasVectors ? vectors(plain) : (plain as Arithmetic<Vector<Measured>>);
  made.set(model.log, arithmetic);
  return arithmetic;
}

/** A vector counts as one number, by its part along a direction of the point. `index`: of a number that is worked out. */
export function measureAt(expression: Expression, point: Point, budget: Budget, index?: number): Measured {
  const { model, free, made } = point;
  const { arithmetic, knownLaws } = prepared.get(point) ?? prepare(point);
  const environment = new Map(free);
  if (index !== undefined) environment.set('j', index);
  const value = evaluate(expression, { model, arithmetic, environment, budget, bodies: made.bodies, paths: made.paths, knownLaws });
  if (!(value instanceof Items)) return value;
  const direction = drawing(point.seed, 'direction');
  let [along, size] = [0, 0];
  for (const item of value.items) {
    const part = direction.uniform();
    [along, size] = [along + part * item.value, size + part * (item.size + Math.abs(item.value))];
  }
  return { value: along, size };
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

/** Whether rounding has eaten a value, as it does log((p + 2) - 2) where p is tiny: then it says nothing, either way. */
export function isLost({ value, size }: Measured, natural: number): boolean {
  return Number.isFinite(value) ? size * ROUNDING > TOLERANCE * LARGEST_SIZE * (natural + Math.abs(value)) : size === Number.POSITIVE_INFINITY;
}

/** Of a double, with some room for the operations in between. */
const ROUNDING = 1e-15;
