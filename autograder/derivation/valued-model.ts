/**
 * Models whose variables are numbers and vectors: random points with random masses, or the weighted points of a
 * Gaussian or a Gamma law. An outcome is the place of a value in such a list.
 */
import { type Draw, drawing } from './draws.ts';
import { logarithm } from './curve.ts';
import { type Density, type Model, type ModelOptions, NoSuchLaw, notALog, numberKey } from './model.ts';
import { print } from './print.ts';
import { gammaNodes, normalNodes } from './quadrature.ts';
import type { Nodes, ValuedVariable, ValuedWorld } from './world.ts';

/** Points of p come after those of q: an outcome says from which law it was drawn. */
const P_POINTS = 1000;

export function makeValuedModel(world: ValuedWorld, options: ModelOptions): Model {
  const { seed, broken, numbers, extents } = options;
  const stream = (purpose: string): Draw => drawing(seed, purpose);
  const number = (key: string): number => numbers.get(key) ?? Number.NaN;
  const parameter = (text: string | number, copy: number, item?: number): number => {
    if (typeof text === 'number') return text;
    return number(numberKey(text, [...(extents?.get(text)?.length ? [copy] : []), ...(item === undefined ? [] : [item])]));
  };
  const known = new Map(world.variables.map((variable) => [variable.name, { ...variable, made: new Map<string, unknown[]>() }]));
  const find = (name: string): Known => {
    const found = known.get(name);
    if (found === undefined) throw new NoSuchLaw(`There is no variable ${name} here.`);
    return found;
  };
  const sizeOf = ({ values }: ValuedVariable): number => {
    if (values.kind === 'labels') return typeof values.size === 'number' ? values.size : number(values.size);
    return values.kind === 'points' ? values.size : 0;
  };
  const nodesOf = (variable: Known, letter: 'p' | 'q', copy: number): readonly Placed[] => {
    const { values } = variable;
    if (values.kind === 'path') return nodesOf(find(values.noise), letter, copy);
    if (values.kind !== 'quadrature') return [];
    return once(variable, letter, copy, () => {
      // Where only one law has its points, the other is asked for by mistake or as a wrong line: its points do.
      const nodes = values[letter] ?? values.q ?? values.p;
      return nodes === undefined ? [] : placed(nodes, copy, variable.upTo === undefined ? 1 : number(variable.upTo), parameter);
    });
  };
  const masses = (variable: Known, copy: number): readonly number[] =>
    once(variable, 'masses', copy, () => {
      const draw = stream(`q of ${variable.name}, copy ${copy}`);
      const raw = Array.from({ length: sizeOf(variable) }, () => 0.1 + draw.uniform());
      const total = raw.reduce((sum, mass) => sum + mass, 0);
      return raw.map((mass) => mass / total);
    });
  const isDrawn = ({ values }: ValuedVariable): boolean => values.kind === 'quadrature' || values.kind === 'path';
  const mass = (letter: 'p' | 'q', name: string, outcome: number, copy: number): number | undefined => {
    const variable = find(name);
    if (isDrawn(variable)) return nodesOf(variable, outcome >= P_POINTS ? 'p' : 'q', copy)[outcome % P_POINTS]?.weight;
    return letter === 'q' ? masses(variable, copy)[outcome] : undefined;
  };
  const valueAt = (variable: Known, outcome: number, copy: number): number | readonly number[] => {
    const { name, values } = variable;
    if (values.kind === 'points') return pointAt(values, stream(`value of ${name}[${copy}] at ${outcome}`));
    const at = nodesOf(variable, outcome >= P_POINTS ? 'p' : 'q', copy)[outcome % P_POINTS]?.at ?? Number.NaN;
    const shifted = (x: number): number => (broken === 'iid' ? x * (1 + 0.15 * copy) + 0.1 * copy : broken === 'moments' ? Math.abs(x) * 1.2 + 0.1 : x);
    return typeof at === 'number' ? shifted(at) : at.map(shifted);
  };
  return {
    number,
    extent: (name, depth) => {
      const extent = extents?.get(name)?.[depth];
      return typeof extent === 'string' ? number(extent) : extent;
    },
    outcomes: (name, letter, copy) => {
      const variable = find(name);
      if (!isDrawn(variable)) return { from: 0, to: sizeOf(variable) };
      const from = letter === 'p' ? P_POINTS : 0;
      return { from, to: from + nodesOf(variable, letter ?? 'q', copy).length };
    },
    volume: (name, outcome, copy) => {
      const variable = find(name);
      const { values } = variable;
      if (values.kind !== 'labels') return 1;
      const own = values.volumes === true ? once(variable, 'volumes', outcome, () => Math.exp(stream(`volume of ${name} at ${outcome}`).normal() - 1)) : 1;
      return broken === 'iid' ? own * (1 + 0.2 * Math.sin(1.7 * copy + outcome)) : own;
    },
    isDrawn: (name) => isDrawn(find(name)),
    mass,
    valueOf: (name, outcome, copy) => {
      const variable = find(name);
      if (variable.values.kind === 'labels') return outcome + 1;
      return once(variable, VALUES_OF[copy] ?? `values of ${copy}`, outcome, () => valueAt(variable, outcome, copy));
    },
    density: (law): Density => {
      const hasMasses = law.of.every(({ variable }) => !isDrawn(find(variable)) && sizeOf(find(variable)) > 0);
      if (law.law !== 'q' || !hasMasses) throw new NoSuchLaw(`There is no law ${print(law)} in this task.`);
      return (of, _, slots) => slots.reduce((product, { variable, copy }, at) => product * (masses(find(variable), copy)[of[at] ?? 0] ?? Number.NaN), 1);
    },
    broken,
    log: broken === 'log' ? notALog(stream('log')) : logarithm,
  };
}

/** A variable with what has been drawn for it, by purpose and place. */
type Known = ValuedVariable & { readonly made: Map<string, unknown[]> };

const VALUES_OF = Array.from({ length: 9 }, (_, copy) => `values of ${copy}`);

function once<T>({ made }: Known, purpose: string, at: number, make: () => T): T {
  let list = made.get(purpose) as (T | undefined)[] | undefined;
  if (list === undefined) made.set(purpose, (list = []));
  return (list[at] ??= make());
}

/** A point of a law, which may be a vector. */
interface Placed {
  readonly at: number | readonly number[];
  readonly weight: number;
}

/** Fewer points where there are several copies, for an expectation runs through all combinations. */
const COUNTS = [20, 8, 5] as const;

function placed(nodes: Nodes, copy: number, copies: number, parameter: (text: string | number, copy: number, item?: number) => number): readonly Placed[] {
  if (nodes.law === 'gamma') {
    const rate = parameter(nodes.rate, copy);
    return gammaNodes(parameter(nodes.shape, copy), nodes.count).map(({ at, weight }) => ({ at: at / rate, weight }));
  }
  const standard = normalNodes(nodes.count ?? COUNTS[copies - 1] ?? 4);
  const deviation = Math.sqrt(parameter(nodes.variance, copy));
  const { dim } = nodes;
  if (dim === undefined) return standard.map(({ at, weight }) => ({ at: parameter(nodes.mean, copy) + deviation * at, weight }));
  const items = Array.from({ length: dim }, (_, item) => parameter(nodes.mean, copy, item + 1));
  return items.reduce<readonly { readonly at: readonly number[]; readonly weight: number }[]>(
    (rows, mean) => rows.flatMap((row) => standard.map(({ at, weight }) => ({ at: [...row.at, mean + deviation * at], weight: row.weight * weight }))),
    [{ at: [], weight: 1 }],
  );
}

function pointAt({ from, dim }: { readonly from: 'real' | 'positive' | 'count'; readonly dim?: number }, draw: Draw): number | readonly number[] {
  const one = (): number => {
    if (from === 'real') return draw.normal();
    return from === 'positive' ? 0.3 + 3 * draw.uniform() : Math.floor(6 * draw.uniform());
  };
  return dim === undefined ? one() : Array.from({ length: dim }, one);
}
