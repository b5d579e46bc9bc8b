/** A curve in one line of text. */

const LEVELS = '▁▂▃▄▅▆▇█';

/**
 * Averages of equal parts of the values. The scale ends at the 90 % quantile: a loss starts so high that
 * everything after it would lie on the floor.
 */
export function sparkline(values: readonly number[], width: number): string {
  const count = Math.min(width, values.length);
  const parts = Array.from({ length: count }, (_, index) => {
    const part = values.slice(Math.floor((index * values.length) / count), Math.floor(((index + 1) * values.length) / count));
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
  const sorted = parts.toSorted((a, b) => a - b);
  const low = sorted[0] ?? 0;
  const high = sorted[Math.floor(0.9 * (count - 1))] ?? low;
  return parts.map((value) => LEVELS[level(value, low, high)] ?? '').join('');
}

function level(value: number, low: number, high: number): number {
  if (!(high > low)) return 0;
  return Math.min(LEVELS.length - 1, Math.floor(((value - low) / (high - low)) * LEVELS.length));
}
