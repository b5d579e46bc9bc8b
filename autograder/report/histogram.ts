/** How the class did: the share of the machine-marked points each hand-in earned, in ten bins. */
import type { SubmissionResult } from '../../contract/result.ts';
import { percent } from './marks.ts';

export interface Histogram {
  readonly description: string;
  /** Who is not in it, and why; empty when everyone is. */
  readonly leftOut: string;
  readonly bins: readonly Bin[];
}

interface Bin {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly middle: number;
  /** Written above the bar; empty where nobody is. */
  readonly count: string;
  readonly countY: number;
  readonly range: string;
}

const binCount = 10;
const binWidth = 64;
const gap = 6;
/** Where bars stand, and how high the tallest is; the picture's own units. */
const floor = 170;
const tallest = 140;

export function histogramOf(results: readonly SubmissionResult[]): Histogram {
  const counted = results.filter(({ status, grade }) => status === 'graded' && grade.machine.points > 0 && grade.notGradablePoints === 0);
  const shares = counted.map(({ grade }) => grade.machine.earned / grade.machine.points).toSorted((a, b) => a - b);
  const counts = Array.from({ length: binCount }, (_, bin) => shares.filter((share) => binOf(share) === bin).length);
  const most = Math.max(1, ...counts);
  const left = results.length - counted.length;
  return {
    description: describe(shares),
    leftOut: left === 0 ? '' : `${left} of ${results.length} hand-ins ${left === 1 ? 'is' : 'are'} left out, because some or all of ${left === 1 ? 'its' : 'their'} marks could not be given by the machine.`,
    bins: shares.length === 0 ? [] : counts.map((count, bin) => binView(count, bin, most)),
  };
}

function binOf(share: number): number {
  return Math.min(binCount - 1, Math.max(0, Math.floor(share * binCount + 1e-9)));
}

function binView(count: number, bin: number, most: number): Bin {
  const height = Math.round((tallest * count) / most);
  const x = bin * binWidth + gap / 2;
  const width = binWidth - gap;
  const range = `${bin * 10}–${(bin + 1) * 10} %`;
  return { x, width, height, y: floor - height, middle: x + width / 2, count: count === 0 ? '' : String(count), countY: floor - height - 6, range };
}

function describe(shares: readonly number[]): string {
  if (shares.length === 0) return 'There is nothing to show yet.';
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const [quarter, half, threeQuarters] = [0.25, 0.5, 0.75].map((part) => percent(quantile(shares, part)));
  return `${shares.length} ${shares.length === 1 ? 'hand-in' : 'hand-ins'}; median ${half}, middle half ${quarter} to ${threeQuarters}, mean ${percent(mean)}.`;
}

function quantile(sorted: readonly number[], part: number): number {
  const at = part * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
