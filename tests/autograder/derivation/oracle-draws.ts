/** What the worlds of the formula oracle are drawn with, and the densities they share. */
import { lnGamma, normal, type OracleWorld, type Value } from './formula-oracle.ts';

export type Random = () => number;
export type At = (name: string, copy: number) => Value;
export type Numbers = (key: string) => number;

export const single = (value: Value): number => (typeof value === 'number' ? value : Number.NaN);
export const gauss = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
export const count = (size: number): readonly number[] => Array.from({ length: size }, (_, index) => index + 1);
export const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);

export const bare: OracleWorld = { numbers: new Map(), extents: {}, given: new Map(), density: () => Number.NaN, weighted: () => undefined, outcomes: () => [], functions: {}, paths: {} };

export function gammaPdf(x: number, shape: number, rate: number): number {
  return Math.exp(shape * Math.log(rate) + (shape - 1) * Math.log(x) - rate * x - lnGamma(shape));
}

export function normal2(x: Value, mean: readonly number[], variance: number): number {
  const [a, b] = x as readonly number[];
  return normal(a ?? Number.NaN, mean[0] ?? 0, variance) * normal(b ?? Number.NaN, mean[1] ?? 0, variance);
}

export type Nested = number | readonly Nested[];

/** { x: [1, 2] } as x[1], x[2]. */
export function keyed(numbers: Readonly<Record<string, Nested>>): Map<string, number> {
  const all = new Map<string, number>();
  const add = (key: string, value: Nested): void => {
    if (typeof value === 'number') all.set(key, value);
    else for (const [index, inner] of value.entries()) add(`${key}[${index + 1}]`, inner);
  };
  for (const [name, value] of Object.entries(numbers)) add(name, value);
  return all;
}
