/**
 * Random finite models. Each has a table for p and one for q in which every law of the task can be looked up
 * exactly, so that expectations are sums. In an ablated model exactly one fact is broken: a step that no longer
 * holds there uses that fact.
 */
import { type Curve, logarithm } from './curve.ts';
import { type Draw, drawing } from './draws.ts';
import type { Law } from './expression.ts';
import { anyTable, independentP, type Joint, jointOf, marginal, productOf, type Table } from './joint.ts';
import type { Slot } from './slot.ts';
import type { TableWorld } from './world.ts';

/** Facts a step can use, by what is broken to find out. Those of the second line, a task breaks itself or asks for. */
export const facts = [
  ...(['bayes', 'marg', 'normq', 'log', 'indep', 'iid', 'model', 'density'] as const),
  ...(['moments', 'chain', 'path', 'sigmoid', 'norm', 'unit', 'lipschitz', 'cdf', 'limit'] as const),
] as const;
export type Fact = (typeof facts)[number];

/** What a step can unfold or fold up: a name such as ELBO, a KL, an entropy. Broken, its value is another one. */
export const meanings = ['defined', 'divergence', 'entropy'] as const;
export type Meaning = (typeof meanings)[number];

export interface Model {
  /** By its key: `D`, `x[2]`. */
  readonly number: (key: string) => number;
  /** How far the index of a number runs that stands behind `depth` others; undefined when it has none there. */
  readonly extent: (name: string, depth: number) => number | undefined;
  /** Which outcomes a variable runs through under a law, or in a sum. */
  readonly outcomes: (variable: string, letter: 'p' | 'q' | undefined, copy: number) => { readonly from: number; readonly to: number };
  /** The volume of a cell of a continuous variable, 1 for a discrete one. */
  readonly volume: (variable: string, outcome: number, copy: number) => number;
  /** Whether the variable's outcomes are weighted points of its law, so that no density is wanted under E. */
  readonly isDrawn: (variable: string) => boolean;
  /** The weight of such a point, or a random mass where a law has no formula. */
  readonly mass: (letter: 'p' | 'q', variable: string, outcome: number, copy: number) => number | undefined;
  readonly valueOf: (variable: string, outcome: number, copy: number) => number | readonly number[];
  /** The density of a law, by the outcomes of its places in order; looked up once a law, then called often. */
  readonly density: (law: Law) => Density;
  readonly log: Curve;
  readonly broken: Fact | Meaning | undefined;
}

export interface ModelOptions {
  readonly seed: number;
  readonly broken?: Fact | Meaning;
  /** Weights are uniform numbers to this power: 1 is ordinary, 10 nearly deterministic. */
  readonly exponent: number;
  /** m, D and other numbers of the task. */
  readonly numbers: ReadonlyMap<string, number>;
  /** How far the indices of numbers run, index by index: a size or the name of one. */
  readonly extents?: ReadonlyMap<string, readonly (string | number)[]>;
  /** Whether continuous variables get random volumes; without, every cell counts 1. */
  readonly volumes: boolean;
}

/** `slots`: which copy of which variable each place before the bar is. */
export type Density = (of: readonly number[], given: readonly number[], slots: readonly Slot[]) => number;

/** A law that the task's p or q does not have. */
export class NoSuchLaw extends Error {
  override readonly name = 'NoSuchLaw';
}

export function makeTableModel(world: TableWorld, options: ModelOptions): Model {
  // One stream a purpose: a table does not depend on which line asked first.
  const stream = (purpose: string): Draw => drawing(options.seed, purpose);
  // Mostly small, so that densities exceed 1 and entropies fall below 0, as they may.
  const volumes = new Map(
    world.variables.map(({ name, size, continuous }) => {
      const draw = stream(`volumes of ${name}`);
      return [name, Array.from({ length: size }, () => (continuous && options.volumes ? Math.exp(draw.normal() - 1) : 1))];
    }),
  );
  const volume = (variable: string, value: number): number => volumes.get(variable)?.[value] ?? 1;
  const p = lawP(world, options, stream, volume);
  const q = lawQ(world, options, stream, volume);
  const densities = new WeakMap<Law, Density>();
  return {
    number: (key) => options.numbers.get(key) ?? Number.NaN,
    extent: () => undefined,
    outcomes: (variable) => ({ from: 0, to: world.variables.find(({ name }) => name === variable)?.size ?? 0 }),
    volume,
    isDrawn: () => false,
    mass: () => undefined,
    valueOf: (variable) => {
      throw new NoSuchLaw(`${variable} is a random variable: it stands inside a law, as in p(${variable}), not by itself.`);
    },
    density: (law) => {
      const found = densities.get(law);
      if (found !== undefined) return found;
      const made = law.law === 'p' ? p(law) : q(law);
      densities.set(law, made);
      return made;
    },
    broken: options.broken,
    log: options.broken === 'log' ? notALog(stream('log')) : logarithm,
  };
}

/** `D`, `x[2]` */
export function numberKey(name: string, indices: readonly number[]): string {
  return `${name}${indices.map((index) => `[${index}]`).join('')}`;
}

/** Smooth, 0 at 1, and neither additive nor scaled like a logarithm. */
export function notALog(draw: Draw): Curve {
  const [a, b, c] = [0.5 + draw.uniform(), 0.5 + draw.uniform(), 0.3 + 0.5 * draw.uniform()];
  const s = (u: number): number => a * u ** c - b / (1 + u);
  return { at: (u) => s(u) - s(1), slope: (u) => a * c * u ** (c - 1) + b / (1 + u) ** 2 };
}

type Volume = (variable: string, outcome: number) => number;

type Stream = (purpose: string) => Draw;

function lawP(world: TableWorld, { exponent, broken }: ModelOptions, stream: Stream, volume: Volume): (law: Law) => Density {
  const { variables } = world;
  const factors = broken === 'indep' ? [{ of: variables.map(({ name }) => name), given: [] }] : world.p;
  // One joint for every set of conditioning variables where bayes is broken: nothing connects p(x|z) with p(x, z).
  const jointFor = remembered((given: string): Joint => {
    const draw = stream(`p given ${given}`);
    return jointOf(variables, factors, () => draw.uniform() ** exponent, volume);
  });
  const tables = new Map<string, Table>();
  const tableOf = (given: string, names: readonly string[]): Table => {
    const key = `${names.join()}|${given}`;
    const table = tables.get(key) ?? makeTable(given, names);
    tables.set(key, table);
    return table;
  };
  const makeTable = (given: string, names: readonly string[]): Table => {
    if (broken !== 'marg' || names.length === variables.length || names.length === 0) return marginal(jointFor(given), names, volume);
    // Without marginalisation the law of fewer variables is a table of its own, still a product where it is declared one.
    const [first, ...rest] = names;
    if (first !== undefined && rest.length > 0 && independentP(factors, names)) return productOf(variables, tableOf(given, [first]), tableOf(given, rest));
    const draw = stream(`anything for ${names.join()}`);
    return anyTable(variables, names, () => 0.1 + draw.uniform());
  };
  return ({ of, given }) => {
    const [ofNames, givenNames] = [of.map(({ variable }) => variable), given.map(({ variable }) => variable)];
    const all = [...ofNames, ...givenNames].toSorted();
    if (new Set(all).size < all.length || of.some(({ through }) => through !== undefined)) throw new NoSuchLaw('This law p holds each variable once; copies such as z and z\' need a law each.');
    const sorted = givenNames.toSorted();
    const isIndependent = given.length > 0 && broken !== 'indep' && independentP(world.p, all);
    const from = broken === 'bayes' && !isIndependent ? sorted.join() : '';
    const whole = lookUp(tableOf(from, isIndependent ? ofNames.toSorted() : all), ofNames, givenNames);
    if (given.length === 0 || isIndependent) return whole;
    const below = lookUp(tableOf(from, sorted), [], givenNames);
    return (outcomes, known) => whole(outcomes, known) / below([], known);
  };
}

function lawQ(world: TableWorld, { exponent, broken }: ModelOptions, stream: Stream, volume: Volume): (law: Law) => Density {
  const given = world.q.given.toSorted();
  const inside = world.variables.filter(({ name }) => world.q.of.includes(name) || given.includes(name));
  const factors = [world.q, ...given.map((name) => ({ of: [name], given: [] }))];
  const tablesOf = remembered((copy: number): readonly [Table, Table] => {
    const draw = stream(`q, copy ${copy}`);
    const joint = jointOf(inside, factors, () => draw.uniform() ** exponent, volume);
    return [marginal(joint, [...world.q.of, ...given], volume), marginal(joint, given, volume)];
  });
  const excess = remembered((outcomes: string): number => 0.4 + 1.4 * stream(`excess at ${outcomes}`).uniform());
  const only = `The task gives q as q(${world.q.of.join(', ')}${given.length > 0 ? ` | ${given.join(', ')}` : ''}); there is no other q here.`;
  return (law) => {
    // One variable is drawn; more of them would be more factors, which no task has.
    const fits = law.of.every(({ variable }) => world.q.of.includes(variable)) && law.given.map(({ variable }) => variable).toSorted().join() === given.join();
    if (!fits || world.q.of.length !== 1) throw new NoSuchLaw(only);
    const names = law.given.map(({ variable }) => variable);
    const [drawn = ''] = world.q.of;
    const tables = remembered((copy: number) => {
      const [whole, below] = tablesOf(copy);
      return [lookUp(whole, [drawn], names), lookUp(below, [], names)] as const;
    });
    return (of, known, slots) => {
      let product = broken === 'normq' ? excess(known.join()) ** of.length : 1;
      for (let place = 0; place < of.length; place += 1) {
        const [whole, below] = tables(broken === 'iid' ? (slots[place]?.copy ?? 0) : 0);
        product *= whole([of[place] ?? 0], known) / below([], known);
      }
      return product;
    };
  };
}

/** The value of a table at outcomes of these variables, in this order. */
function lookUp({ strides, values }: Table, first: readonly string[], second: readonly string[]): (first: readonly number[], second: readonly number[]) => number {
  const stepsOf = (names: readonly string[]): readonly number[] => names.map((name) => strides.get(name) ?? 0);
  const [a, b] = [stepsOf(first), stepsOf(second)];
  return (outcomes, known) => {
    let at = 0;
    for (let place = 0; place < a.length; place += 1) at += (a[place] ?? 0) * (outcomes[place] ?? 0);
    for (let place = 0; place < b.length; place += 1) at += (b[place] ?? 0) * (known[place] ?? 0);
    return values[at] ?? Number.NaN;
  };
}

function remembered<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const found = made.get(key);
    if (found !== undefined) return found;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
