/**
 * Looks for the place where an inequality between formulas fails: from many starts, the vectors are moved uphill.
 * Sampling alone would miss a bound that is exceeded only where w = 0 and x is as long as it may be.
 */
import { drawing } from './draws.ts';
import type { Expression } from './expression.ts';
import type { Checker } from './lines.ts';
import { makeValuedModel } from './valued-model.ts';
import type { Budget } from './outcomes.ts';
import { measureAt, type Point, tolerance } from './points.ts';
import type { DerivationTask } from './task.ts';

const STARTS = 6;
const MOVES = 60;

/** A point where upper >= lower fails; undefined when none is found. */
export function worstCase(upper: Expression, lower: Expression, { task, sound }: Checker, budget: Budget): Point | undefined {
  for (const start of sound.slice(0, STARTS)) {
    let here = start;
    let least = margin(upper, lower, here, budget);
    const draw = drawing(start.seed, 'uphill');
    for (let move = 0; move < MOVES; move += 1) {
      const there = moved(here, task, draw.normal, 0.6 * 0.93 ** move);
      const next = margin(upper, lower, there, budget);
      if (next < least) [here, least] = [there, next];
    }
    if (!(least >= 0)) return here;
  }
  return undefined;
}

/** How far the inequality is from failing, less what rounding may do; below 0 it fails. */
function margin(upper: Expression, lower: Expression, point: Point, budget: Budget): number {
  const [a, b] = [measureAt(upper, point, budget), measureAt(lower, point, budget)];
  return a.value - b.value + tolerance(a, b, Math.abs(a.value) + Math.abs(b.value));
}

/** Another point nearby: vectors within the unit ball stay there, numbers that are worked out follow. */
function moved(point: Point, task: DerivationTask, step: () => number, size: number): Point {
  if (task.world.kind !== 'valued') return point;
  const numbers = new Map(point.numbers);
  for (const { name, from } of task.made.drawn) {
    if (from !== 'ball' && from !== 'wide') continue;
    for (const [key, value] of numbers) if (key.startsWith(`${name}[`)) numbers.set(key, value + size * step());
    if (from === 'ball') shorten(numbers, name);
  }
  return { ...point, numbers, model: makeValuedModel(task.world, { seed: point.seed, exponent: 1, volumes: true, numbers, extents: task.extents }) };
}

function shorten(numbers: Map<string, number>, name: string): void {
  const rows = new Map<string, string[]>();
  for (const key of numbers.keys()) {
    if (!key.startsWith(`${name}[`)) continue;
    const row = key.slice(0, key.lastIndexOf('['));
    rows.set(row, [...(rows.get(row) ?? []), key]);
  }
  for (const keys of rows.values()) {
    const length = Math.hypot(...keys.map((key) => numbers.get(key) ?? 0));
    if (length > 1) for (const key of keys) numbers.set(key, (numbers.get(key) ?? 0) / length);
  }
}
