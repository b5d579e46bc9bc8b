/** A joint law as a table over all outcomes, and the laws of fewer variables summed from it. */
import type { Factor, TableWorld } from './world.ts';

export interface Joint {
  readonly variables: TableWorld['variables'];
  /** Row-major in the order of `variables`; a density, so that the sum of value times volumes is 1. */
  readonly values: readonly number[];
}

/** The product of random factors, each normalised over its own variables with their volumes. */
export function jointOf(variables: TableWorld['variables'], factors: readonly Factor[], weight: () => number, volume: (variable: string, value: number) => number): Joint {
  const cells = cellsOf(variables);
  const values = cells.map(() => 1);
  for (const { of, given } of factors) {
    const raw = new Map<string, number>();
    const totals = new Map<string, number>();
    const key = (cell: readonly number[], names: readonly string[]): string => names.map((name) => cell[variables.findIndex((variable) => variable.name === name)]).join();
    for (const cell of cells) {
      const full = key(cell, [...of, ...given]);
      if (raw.has(full)) continue;
      const value = weight();
      raw.set(full, value);
      const base = key(cell, given);
      const size = of.reduce((product, name) => product * volume(name, cell[variables.findIndex((variable) => variable.name === name)] ?? 0), 1);
      totals.set(base, (totals.get(base) ?? 0) + value * size);
    }
    for (const [index, cell] of cells.entries()) values[index] = (values[index] ?? 0) * ((raw.get(key(cell, [...of, ...given])) ?? 0) / (totals.get(key(cell, given)) ?? 1));
  }
  return { variables, values };
}

/** A law of some variables: numbers for all their outcomes, and how far each variable's outcome moves in them. */
export interface Table {
  readonly strides: ReadonlyMap<string, number>;
  readonly values: ArrayLike<number>;
}

/** Sums a joint over all other variables, with their volumes. */
export function marginal({ variables, values }: Joint, names: readonly string[], volume: (variable: string, value: number) => number): Table {
  const { strides, size } = layoutOf(variables, names);
  const table = new Float64Array(size);
  for (const [index, cell] of cellsOf(variables).entries()) {
    let at = 0;
    let weight = values[index] ?? 0;
    for (const [position, { name }] of variables.entries()) {
      const value = cell[position] ?? 0;
      const stride = strides.get(name);
      if (stride === undefined) weight *= volume(name, value);
      else at += stride * value;
    }
    table[at] = (table[at] ?? 0) + weight;
  }
  return { strides, values: table };
}

/** A table of anything, such as no joint has. */
export function anyTable(variables: TableWorld['variables'], names: readonly string[], value: () => number): Table {
  const { strides, size } = layoutOf(variables, names);
  return { strides, values: Array.from({ length: size }, value) };
}

/** The product of two tables over different variables. */
export function productOf(variables: TableWorld['variables'], a: Table, b: Table): Table {
  const { strides, size } = layoutOf(variables, [...a.strides.keys(), ...b.strides.keys()]);
  const above = [...a.strides.keys()].reduce((product, name) => product * sizeIn(variables, name), 1);
  return { strides, values: Array.from({ length: size }, (_, at) => (a.values[at % above] ?? 0) * (b.values[Math.floor(at / above)] ?? 0)) };
}

function layoutOf(variables: TableWorld['variables'], names: readonly string[]): { readonly strides: ReadonlyMap<string, number>; readonly size: number } {
  const strides = new Map<string, number>();
  let size = 1;
  for (const name of names) {
    strides.set(name, size);
    size *= sizeIn(variables, name);
  }
  return { strides, size };
}

function sizeIn(variables: TableWorld['variables'], name: string): number {
  return variables.find((variable) => variable.name === name)?.size ?? 1;
}

/** Whether the factors say that these variables are independent of each other: each is a factor without conditions. */
export function independentP(factors: readonly Factor[], names: readonly string[]): boolean {
  return names.every((name) => factors.some(({ of, given }) => of.length === 1 && of[0] === name && given.length === 0));
}

function cellsOf(variables: TableWorld['variables']): readonly (readonly number[])[] {
  return variables.reduce<readonly (readonly number[])[]>((cells, { size }) => cells.flatMap((cell) => Array.from({ length: size }, (_, value) => [...cell, value])), [[]]);
}
