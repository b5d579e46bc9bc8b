/** The gamma function's logarithm and its derivative, for densities of counts and rates. */

/** Lanczos' approximation with g = 7 and nine terms: 15 digits for x > 0. */
const LANCZOS_FIRST = 0.99999999999980993;
const LANCZOS: readonly number[] = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  // Near 0 by Gamma(x) = Gamma(x + 1) / x.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  const y = x - 1;
  const t = y + 7.5;
  const series = LANCZOS.reduce((sum, coefficient, index) => sum + coefficient / (y + index + 1), LANCZOS_FIRST);
  return 0.5 * Math.log(2 * Math.PI) + (y + 0.5) * Math.log(t) - t + Math.log(series);
}

/** psi(x) = psi(x + 1) - 1 / x up to x > 10, then the asymptotic series: log x - 1/(2x) - sum B_2n / (2n x^2n). */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let [shift, y] = [0, x];
  while (y < 10) {
    shift -= 1 / y;
    y += 1;
  }
  const s = 1 / (y * y);
  const series = s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - s * (691 / 32760 - s / 12))))));
  return shift + Math.log(y) - 1 / (2 * y) - series;
}

/** psi'(x), the same way. */
export function trigamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let [shift, y] = [0, x];
  while (y < 10) {
    shift += 1 / (y * y);
    y += 1;
  }
  const s = 1 / (y * y);
  const series = (s / y) * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730))))));
  return shift + 1 / y + s / 2 + series;
}
