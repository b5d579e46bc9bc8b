/**
 * What a formula is worth, by an evaluator that shares no code with the checker's but the shape of the tree: plain
 * loops, derivatives by differences, expectations by sums or on a fine grid, in worlds of its own.
 */
import type { Expression, Law, Place } from '../../../autograder/derivation/expression.ts';

export type Value = number | readonly number[] | { readonly row: readonly number[] };

/** A random world of one task: numbers by key, values of the variables that are given, laws and what they run over. */
export interface OracleWorld {
  readonly numbers: ReadonlyMap<string, number>;
  /** How far indices run. */
  readonly extents: Readonly<Record<string, readonly (string | number)[]>>;
  readonly given: ReadonlyMap<string, Value>;
  /** The density of a law; `at` gives the value of a place. */
  readonly density: (law: Law, at: (name: string, copy: number) => Value, slots: readonly Slot[], number: (key: string) => number) => number;
  /** What an expectation runs over, with weights; undefined where the density is the weight. */
  readonly weighted: (slot: Slot, letter: string) => readonly { readonly value: Value; readonly weight: number }[] | undefined;
  /** What a sum runs over, with volumes. */
  readonly outcomes: (slot: Slot) => readonly { readonly value: Value; readonly volume: number }[];
  readonly functions: Readonly<Record<string, (operands: readonly Value[], number: (key: string) => number) => number>>;
  /** Variables that are functions of a noise and of the numbers. */
  readonly paths: Readonly<Record<string, (noise: number, number: (key: string) => number) => number>>;
}

export interface Slot {
  readonly key: string;
  readonly variable: string;
  readonly copy: number;
}

interface Scene {
  readonly world: OracleWorld;
  readonly values: ReadonlyMap<string, Value>;
  readonly indices: ReadonlyMap<string, number>;
  readonly numbers: ReadonlyMap<string, number>;
}

export function oracleWorth(expression: Expression, world: OracleWorld): Value {
  return worth(expression, { world, values: world.given, indices: new Map(), numbers: world.numbers });
}

function worth(expression: Expression, scene: Scene): Value {
  const at = (part: Expression): Value => worth(part, scene);
  const scalar = (part: Expression): number => single(at(part));
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return named(expression.name, expression.indices.map((index) => scalar(index)), scene);
    case 'outcome':
      return valueOf(slots(expression.place, scene)[0], expression.place.isPath === true, scene);
    case 'negate':
      return scaled(at(expression.of), -1);
    case 'transpose': {
      const inner = at(expression.of);
      if (typeof inner === 'number') return inner;
      return Array.isArray(inner) ? { row: inner as readonly number[] } : (inner as { readonly row: readonly number[] }).row;
    }
    case 'binary':
      return operated(expression.operator, at(expression.left), at(expression.right));
    case 'call':
      return called(expression.name, expression.operands.map(at));
    case 'applied':
      return scene.world.functions[expression.applied.name]?.(expression.operands.map(at), (key) => scene.numbers.get(key) ?? Number.NaN) ?? Number.NaN;
    case 'law':
      return density(expression, scene);
    case 'expectation':
      return under(expression.under, scene, (inner) => worth(expression.body, inner));
    case 'over-outcomes':
      return total(over(expression.places.flatMap((place) => slots(place, scene)), scene, (slot) => scene.world.outcomes(slot).map(({ value, volume }) => ({ value, weight: volume }))), (inner) => worth(expression.body, inner));
    case 'over-index': {
      const range = Array.from({ length: Math.max(0, scalar(expression.to) - scalar(expression.from) + 1) }, (_, offset) => scalar(expression.from) + offset);
      const terms = range.map((index) => worth(expression.body, { ...scene, indices: new Map([...scene.indices, [expression.index, index]]) }));
      if (expression.operator === 'argmax') return range[terms.map(single).indexOf(Math.max(...terms.map(single)))] ?? Number.NaN;
      return terms.reduce((sum, term) => operated(expression.operator === 'sum' ? '+' : '*', sum, term), expression.operator === 'sum' ? 0 : 1);
    }
    case 'divergence': {
      const { from, to } = expression;
      return under([from], scene, (inner) => Math.log(density(from, inner) / density(to, moved(inner, from.of, to.of))));
    }
    case 'entropy':
      return scaled(under([expression.of], scene, (inner) => Math.log(density(expression.of, inner))), -1);
    case 'derivative':
      return derivative(expression, scene);
    case 'limit':
      return worth(expression.body, { ...scene, numbers: new Map([...scene.numbers, [expression.of, 0.011]]) });
    case 'defined': {
      const { definition, argument } = expression;
      const indices = definition.parameter === undefined || argument === undefined ? scene.indices : new Map([...scene.indices, [definition.parameter, scalar(argument)]]);
      return worth(definition.body, { ...scene, indices });
    }
  }
}

function single(value: Value): number {
  return typeof value === 'number' ? value : Number.NaN;
}

function items(value: Value): readonly number[] {
  if (typeof value === 'number') return [value];
  return 'row' in value ? value.row : value;
}

function scaled(value: Value, by: number): Value {
  if (typeof value === 'number') return value * by;
  return 'row' in value ? { row: value.row.map((item) => item * by) } : value.map((item) => item * by);
}

function operated(operator: string, a: Value, b: Value): Value {
  if (typeof a === 'number' && typeof b === 'number') return ({ '+': a + b, '-': a - b, '*': a * b, '/': a / b, '^': a ** b } as Record<string, number>)[operator] ?? Number.NaN;
  if (operator === '*') {
    if (typeof a === 'number') return scaled(b, a);
    if (typeof b === 'number') return scaled(a, b);
    return 'row' in a && !('row' in b) ? items(a).reduce((sum, item, index) => sum + item * (items(b)[index] ?? 0), 0) : Number.NaN;
  }
  if (operator === '/') return typeof b === 'number' ? scaled(a, 1 / b) : Number.NaN;
  if (operator === '^') return Number.NaN;
  const sign = operator === '-' ? -1 : 1;
  const [x, y] = [items(a), items(b)];
  const long = Math.max(x.length, y.length);
  const sums = Array.from({ length: long }, (_, index) => (x[x.length === 1 ? 0 : index] ?? 0) + sign * (y[y.length === 1 ? 0 : index] ?? 0));
  return (typeof a !== 'number' && 'row' in a) || (typeof b !== 'number' && 'row' in b) ? { row: sums } : sums;
}

function called(name: string, operands: readonly Value[]): number {
  const [a, b, c] = operands;
  if (a === undefined) return Number.NaN;
  const x = single(a);
  switch (name) {
    case 'log': return Math.log(x);
    case 'exp': return Math.exp(x);
    case 'sqrt': return Math.sqrt(x);
    case 'abs': return Math.abs(x);
    case 'sigma': return 0.5 + 0.5 * Math.tanh(x / 2);
    case 'digamma': return (lnGamma(x + 1e-5) - lnGamma(x - 1e-5)) / 2e-5;
    case 'fact': return Math.exp(lnGamma(x + 1));
    case 'ind': return Math.round(x) === Math.round(single(b ?? Number.NaN)) ? 1 : 0;
    case 'norm': return Math.hypot(...items(a));
    case 'dot': return items(a).reduce((sum, item, index) => sum + item * (items(b ?? 0)[index] ?? 0), 0);
    case 'Bern': return x === 1 ? single(b ?? 0) : 1 - single(b ?? 0);
    case 'Cat': return items(b ?? 0)[x - 1] ?? Number.NaN;
    case 'Pois': return Math.exp(x * Math.log(single(b ?? 0)) - single(b ?? 0) - lnGamma(x + 1));
    case 'Gamma': return c === undefined ? Math.exp(lnGamma(x)) : Math.exp(single(b ?? 0) * Math.log(single(c)) + (single(b ?? 0) - 1) * Math.log(x) - single(c) * x - lnGamma(single(b ?? 0)));
    case 'N': return items(a).reduce((product, item, index) => product * normal(item, items(b ?? 0)[items(b ?? 0).length === 1 ? 0 : index] ?? 0, single(c ?? 1)), 1);
    default: return Number.NaN;
  }
}

export function normal(x: number, mean: number, variance: number): number {
  return Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
}

/** By Stirling's series far out, and down by log Gamma(x) = log Gamma(x + 1) - log x. */
export function lnGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let [shift, y] = [0, x];
  while (y < 15) {
    shift -= Math.log(y);
    y += 1;
  }
  return shift + (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * y) - 1 / (360 * y ** 3) + 1 / (1260 * y ** 5) - 1 / (1680 * y ** 7);
}

function named(name: string, indices: readonly number[], scene: Scene): Value {
  if (indices.length === 0) {
    const bound = scene.indices.get(name);
    if (bound !== undefined) return bound;
  }
  const key = `${name}${indices.map((index) => `[${index}]`).join('')}`;
  const extent = scene.world.extents[name]?.[indices.length];
  if (extent === undefined) return scene.numbers.get(key) ?? Number.NaN;
  const size = typeof extent === 'number' ? extent : (scene.numbers.get(extent) ?? 0);
  return Array.from({ length: size }, (_, index) => scene.numbers.get(`${key}[${index + 1}]`) ?? Number.NaN);
}

function slots({ name, variable, index, through }: Place, scene: Scene): readonly Slot[] {
  if (index === undefined) return [{ key: name, variable, copy: 0 }];
  const first = single(worth(index, scene));
  const last = through === undefined ? first : single(worth(through, scene));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => ({ key: `${name}[${first + offset}]`, variable, copy: first + offset }));
}

const HELD = 'held ';

function valueOf(slot: Slot | undefined, isPath: boolean, scene: Scene): Value {
  if (slot === undefined) return Number.NaN;
  const path = scene.world.paths[slot.variable];
  if (path === undefined) return scene.values.get(slot.key) ?? Number.NaN;
  const held = scene.values.get(`${HELD}${slot.key}`);
  if (held !== undefined && !isPath) return held;
  return path(single(scene.values.get(slot.key) ?? scene.values.get('eps') ?? Number.NaN), (key) => scene.numbers.get(key) ?? Number.NaN);
}

function density(law: Law, scene: Scene): number {
  const chosen = new Map<string, Value>();
  for (const place of [...law.of, ...law.given]) if (place.value !== undefined) chosen.set(slots(place, scene)[0]?.key ?? '', worth(place.value, scene));
  const inner = chosen.size === 0 ? scene : { ...scene, values: new Map([...scene.values, ...chosen]) };
  const own = law.of.flatMap((place) => slots(place, inner));
  const isPath = law.of.some((place) => place.isPath === true);
  return scene.world.density(law, (name, copy) => {
    const known = [...own, ...law.given.flatMap((place) => slots(place, inner))].find((slot) => slot.variable === name && (copy === 0 || slot.copy === copy || slot.copy === 0));
    return valueOf(known ?? { key: copy === 0 ? name : `${name}[${copy}]`, variable: name, copy }, isPath, inner);
  }, own, (key) => inner.numbers.get(key) ?? Number.NaN);
}

type Draws = readonly { readonly value: Value; readonly weight: number }[];

function over(places: readonly Slot[], scene: Scene, choices: (slot: Slot) => Draws): readonly { readonly scene: Scene; readonly weight: number }[] {
  return places.reduce<readonly { readonly scene: Scene; readonly weight: number }[]>((all, slot) => all.flatMap(({ scene: inner, weight }) => choices(slot).map((draw) => ({ scene: { ...inner, values: new Map([...inner.values, [slot.key, draw.value]]) }, weight: weight * draw.weight }))), [{ scene, weight: 1 }]);
}

function total(draws: readonly { readonly scene: Scene; readonly weight: number }[], value: (scene: Scene) => Value): Value {
  return draws.map(({ scene, weight }) => scaled(value(scene), weight)).reduce((sum, term) => operated('+', sum, term), 0);
}

function under(laws: readonly Law[], scene: Scene, value: (scene: Scene) => Value): Value {
  const [law, ...rest] = laws;
  if (law === undefined) return value(scene);
  const places = law.of.flatMap((place) => slots(place, scene));
  const isWeighted = places.every((slot) => scene.world.weighted(slot, law.law) !== undefined);
  const draws = over(places, scene, (slot) => (isWeighted ? (scene.world.weighted(slot, law.law) ?? []) : scene.world.outcomes(slot).map(({ value: outcome, volume }) => ({ value: outcome, weight: volume }))));
  return total(draws.map((draw) => (isWeighted ? draw : { ...draw, weight: draw.weight * density(law, draw.scene) })), (inner) => under(rest, inner, value));
}

function moved(scene: Scene, from: readonly Place[], to: readonly Place[]): Scene {
  const values = new Map(scene.values);
  for (const place of to) {
    const source = from.find(({ variable }) => variable === place.variable);
    if (source === undefined) continue;
    const keys = slots(source, scene).map(({ key }) => key);
    for (const [index, { key }] of slots(place, scene).entries()) values.set(key, scene.values.get(keys[index] ?? '') ?? Number.NaN);
  }
  return { ...scene, values };
}

const STEP = 1e-4;

/** By five-point differences, item by item. */
function derivative({ isTotal, by, body }: Extract<Expression, { kind: 'derivative' }>, scene: Scene): Value {
  const held = new Map(scene.values);
  if (!isTotal || by.kind === 'outcome') for (const variable of Object.keys(scene.world.paths)) for (const key of [variable, ...[...scene.values.keys()].filter((one) => one.startsWith(`${variable}[`))]) held.set(`${HELD}${key}`, valueOf({ key, variable, copy: 0 }, false, scene));
  const along = (shift: (by: number) => Scene): Value => {
    const f = (steps: number): Value => worth(body, shift(steps * STEP));
    return scaled(operated('-', operated('-', scaled(f(1), 8), scaled(f(-1), 8)), operated('-', f(2), f(-2))), 1 / (12 * STEP));
  };
  if (by.kind === 'outcome') {
    const key = `${by.place.name in scene.world.paths ? HELD : ''}${by.place.name}`;
    return along((step) => ({ ...scene, values: new Map([...held, [key, single(held.get(key) ?? Number.NaN) + step]]) }));
  }
  if (by.kind !== 'name') return Number.NaN;
  const key = `${by.name}${by.indices.map((index) => `[${single(worth(index, scene))}]`).join('')}`;
  const shifted = (one: string) => (step: number): Scene => ({ ...scene, values: held, numbers: new Map([...scene.numbers, [one, (scene.numbers.get(one) ?? Number.NaN) + step]]) });
  const value = worth(by, scene);
  return typeof value === 'number' ? along(shifted(key)) : items(value).map((_, index) => single(along(shifted(`${key}[${index + 1}]`))));
}
