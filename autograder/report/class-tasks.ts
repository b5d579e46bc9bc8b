/** Which tasks were hard, which mistakes were common and which checks failed most, over a whole class. */
import type { Outcome, TaskResult } from '../../contract/outcome.ts';
import { groupBy } from '../group-by.ts';
import { compareText } from './in-order.ts';
import { number, percent } from './marks.ts';
import { isOpen, outcomeWords } from './outcome-words.ts';
import { onOneLine } from './visible-text.ts';

export interface TaskOf {
  readonly task: TaskResult;
}

export interface DifficultyView {
  readonly id: string;
  readonly title: string;
  /** Percent, as text and as the width of its bar. */
  readonly share: string;
  readonly width: string;
  readonly outcomes: string;
}

export interface CheckView {
  readonly task: string;
  readonly title: string;
  readonly count: string;
}

export interface MistakeView {
  readonly task: string;
  readonly feedback: string;
  /** Empty where only the pattern of the difference is known. */
  readonly ids: string;
  readonly count: string;
}

const mostShown = 12;

/** By the share of those with full marks, lowest first. Open marks count neither way. */
export function hardestTasks(entries: readonly TaskOf[]): readonly DifficultyView[] {
  // A written task that nobody has marked yet says nothing about how hard it was.
  const judged = entries.filter(({ task }) => task.checks.length > 0);
  return [...groupBy(judged, ({ task }) => task.task).values()]
    .flatMap((group) => difficulty(group.map(({ task }) => task)))
    .toSorted((a, b) => a.share - b.share || compareText(a.id, b.id))
    .slice(0, mostShown)
    .map(({ share, ...rest }) => ({ ...rest, share: percent(share), width: number(share * 100) }));
}

function difficulty(tasks: readonly TaskResult[]): readonly (Omit<DifficultyView, 'share' | 'width'> & { readonly share: number })[] {
  const [first] = tasks;
  const settled = tasks.filter(({ outcome }) => !isOpen(outcome));
  if (first === undefined || settled.length === 0) return [];
  const share = settled.filter(({ earned, points }) => earned >= points).length / settled.length;
  return [{ id: first.task, title: onOneLine(first.title), share, outcomes: outcomesText(tasks) }];
}

function outcomesText(tasks: readonly TaskResult[]): string {
  const kinds: readonly Outcome[] = ['pass', 'fail', 'unanswered', 'awaiting-person', 'not-gradable'];
  return kinds
    .map((kind) => ({ kind, count: tasks.filter(({ outcome }) => outcome === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${outcomeWords[kind].word}`)
    .join(', ');
}

export function commonMistakes(entries: readonly TaskOf[]): readonly MistakeView[] {
  const found = entries.flatMap(({ task: { task, diagnosis } }) => (diagnosis === undefined ? [] : [{ task, ...diagnosis }]));
  return [...groupBy(found, ({ task, ids, feedback }) => `${task} ${ids.join()} ${feedback}`).entries()]
    .toSorted(([a, one], [b, other]) => other.length - one.length || compareText(a, b))
    .slice(0, mostShown)
    .flatMap(([, group]) => group.slice(0, 1).map(({ task, ids, feedback }) => ({ task, feedback: onOneLine(feedback), ids: ids.join(', '), count: number(group.length) })));
}

export function frequentFailures(entries: readonly TaskOf[]): readonly CheckView[] {
  const failing = entries.flatMap(({ task }) => task.checks.filter(({ outcome }) => outcome === 'fail').map((check) => ({ task, check })));
  return [...groupBy(failing, ({ task, check }) => `${task.task}/${check.check}`).entries()]
    .flatMap(([id, group]) => group.slice(0, 1).map(({ task, check }) => ({ id, task: task.task, title: onOneLine(check.title), count: group.length })))
    .toSorted((a, b) => b.count - a.count || compareText(a.id, b.id))
    .slice(0, mostShown)
    .map(({ task, title, count }) => ({ task, title, count: number(count) }));
}
