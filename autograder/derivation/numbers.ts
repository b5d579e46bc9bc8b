/** The numbers of a model: those a task fixes, and those drawn anew. */
import { drawing } from './draws.ts';
import type { Expression } from './expression.ts';
import { numberKey } from './model.ts';
import type { DerivationTask, Drawn, DrawnFrom, Making } from './task.ts';

/** `member`: which of the points that differ only in what varies; `work`: values a formula over the numbers so far. */
export function drawNumbers(task: DerivationTask, made: Making, seed: number, member: number, work: (formula: Expression, numbers: ReadonlyMap<string, number>, index: number) => number): ReadonlyMap<string, number> {
  const numbers = new Map(task.numbers[seed % task.numbers.length]);
  for (const one of made.drawn) {
    const own = task.varying.includes(one.name) ? seed + 7919 * member : seed;
    if (typeof one.from === 'string') drawInto(numbers, one, one.from, own);
    else for (const indices of indicesOf(one, numbers)) numbers.set(numberKey(one.name, indices), work(one.from, numbers, indices[0] ?? 0));
  }
  return numbers;
}

function drawInto(numbers: Map<string, number>, one: Drawn, from: DrawnFrom, seed: number): void {
  const draw = drawing(seed, one.name);
  const last = one.upTo.at(-1);
  const rows = last === undefined ? [[]] : indicesOf({ ...one, upTo: one.upTo.slice(0, -1) }, numbers);
  const width = last === undefined ? 1 : sizeOf(last, numbers);
  for (const [position, row] of rows.entries()) {
    const raw = Array.from({ length: width }, () => drawOne(from, draw));
    const items = shaped(raw, from, seed + position);
    for (const [at, value] of items.entries()) numbers.set(numberKey(one.name, last === undefined ? row : [...row, at + 1]), value);
  }
}

function drawOne(from: DrawnFrom, draw: ReturnType<typeof drawing>): number {
  switch (from) {
    case 'bit':
      return draw.uniform() < 0.51 ? 0 : 1;
    case 'share':
      return 0.02 + 0.96 * draw.uniform();
    case 'positive':
    case 'mixture':
      return 0.1 + 3.9 * draw.uniform();
    case 'shape':
      return 2 + 4 * draw.uniform();
    case 'real':
    case 'ball':
    case 'wide':
    case 'long':
      return draw.normal();
  }
}

function shaped(raw: readonly number[], from: DrawnFrom, seed: number): readonly number[] {
  if (from === 'mixture') {
    const total = raw.reduce((sum, value) => sum + value, 0);
    return raw.map((value) => value / total);
  }
  if (from === 'wide') return raw.map((value) => value * (WIDTHS[seed % WIDTHS.length] ?? 1));
  if (from !== 'ball' && from !== 'long') return raw;
  const length = Math.hypot(...raw);
  const wanted = from === 'long' ? 3 : seed % 2 === 0 ? 1 : 0.2 + 0.1 * (seed % 8);
  return raw.map((value) => (value / length) * wanted);
}

const WIDTHS = [2, 0.001, 0.5];

function indicesOf({ upTo }: Drawn, numbers: ReadonlyMap<string, number>): readonly (readonly number[])[] {
  return upTo.reduce<readonly (readonly number[])[]>((rows, last) => rows.flatMap((row) => Array.from({ length: sizeOf(last, numbers) }, (_, at) => [...row, at + 1])), [[]]);
}

function sizeOf(range: string | number, numbers: ReadonlyMap<string, number>): number {
  return typeof range === 'number' ? range : (numbers.get(range) ?? 0);
}
