/** How marks are written everywhere: at most four decimals, no noise of floating point, never "-0". */

export function number(value: number): string {
  return String(Math.round(value * 10_000) / 10_000 + 0);
}

export function outOf(earned: number, points: number): string {
  return `${number(earned)} of ${number(points)}`;
}

export function marks(value: number): string {
  return `${number(value)} ${value === 1 ? 'mark' : 'marks'}`;
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
