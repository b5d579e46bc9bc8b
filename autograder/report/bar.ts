/** The bar of marks: what is earned, lost and still open, as segments of one hundred percent. */
import type { TaskResult } from '../../contract/outcome.ts';
import { number } from './marks.ts';
import { openPoints } from './open-points.ts';

export interface Segment {
  readonly kind: 'earned' | 'awaiting-person' | 'not-gradable' | 'lost';
  /** Percent of the bar. */
  readonly x: string;
  readonly width: string;
  readonly label: string;
  readonly texture: '' | 'stripes' | 'dots';
}

export interface Bar {
  readonly id: string;
  readonly description: string;
  readonly segments: readonly Segment[];
}

const parts = [
  { kind: 'earned', words: 'earned', texture: '' },
  { kind: 'awaiting-person', words: 'awaiting a person', texture: 'stripes' },
  { kind: 'not-gradable', words: 'not gradable', texture: 'dots' },
  { kind: 'lost', words: 'not earned', texture: '' },
] as const;

/** Bonus tasks are left out: they are marks on top, and not earning them loses nothing. */
export function barOf(id: string, tasks: readonly TaskResult[]): Bar {
  const counted = tasks.filter(({ bonus }) => !bonus);
  const total = sum(counted.map(({ points }) => points));
  const amounts = amountsOf(counted);
  const shown = total > 0 ? parts.map((part) => ({ ...part, amount: amounts[part.kind] })).filter(({ amount }) => amount > 0) : [];
  const segments = shown.map(({ kind, texture, words, amount }, place) => ({
    kind,
    texture,
    x: number((100 * sum(shown.slice(0, place).map((before) => before.amount))) / total),
    width: number((100 * amount) / total),
    label: `${number(amount)} ${words}`,
  }));
  const description = `Of ${number(total)} marks: ${segments.map(({ label }) => label).join(', ')}.`;
  return { id, description, segments };
}

function amountsOf(tasks: readonly TaskResult[]): Readonly<Record<Segment['kind'], number>> {
  const earned = sum(tasks.map((task) => task.earned));
  const awaiting = sum(tasks.map((task) => openPoints(task, 'awaiting-person')));
  const notGradable = sum(tasks.map((task) => openPoints(task, 'not-gradable')));
  const lost = sum(tasks.map(({ points }) => points)) - earned - awaiting - notGradable;
  // What is left of a subtraction of thirds is no mark.
  return { earned, 'awaiting-person': awaiting, 'not-gradable': notGradable, lost: lost > 1e-6 ? lost : 0 };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
