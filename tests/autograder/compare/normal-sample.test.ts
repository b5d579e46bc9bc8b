/** The tests of a sampler: how often they fail what is right, and that each fails what it is there for. */
import { describe, expect, it } from 'vitest';
import { chiSquareAsNormal, normalDistribution, type StandardisedCall, testNormal } from '../../../autograder/compare/normal-sample.ts';
import { seededNumbers } from '../../oracles/seeded-numbers.ts';

const [calls, rows, columns] = [4, 128, 2];
const size = rows * columns;
const numbers = seededNumbers(31);
const given = {
  mean: Float64Array.from({ length: size }, (_, index) => (index % 3) - 1),
  variance: Float64Array.from({ length: size }, (_, index) => 2 + (index % 5) / 2),
};

type Noise = (call: number, row: number, column: number) => number;

/** Standardised as the judge does it: what a sampler made of this noise. */
function statistics(noise: Noise): ReadonlyMap<string, { readonly statistic: number; readonly bar: number }> {
  const standardised = Array.from({ length: calls }, (_, call): StandardisedCall => Float64Array.from({ length: size }, (_unused, index) => noise(call, Math.floor(index / columns), index % columns)));
  return new Map(testNormal(standardised, columns, given).map((test) => [test.name, test]));
}

const failed = (noise: Noise): readonly string[] => [...statistics(noise)].flatMap(([name, { statistic, bar }]) => (statistic <= bar ? [] : [name]));

/** The same number for the same key. */
function shared(): (...key: readonly number[]) => number {
  const known = new Map<string, number>();
  return (...key) => {
    const found = known.get(key.join()) ?? numbers.normals(1)[0] ?? 0;
    known.set(key.join(), found);
    return found;
  };
}

const fresh: Noise = () => numbers.normals(1)[0] ?? 0;

describe('right samples', () => {
  it('exceed a level as often as the level says', () => {
    const runs = 400;
    const levels: readonly (readonly [z: number, rate: number])[] = [[1.96, 0.05], [2.576, 0.01]];
    const seen = Array.from({ length: runs }, () => statistics(fresh));
    for (const name of ['average', 'average square', 'products of neighbouring rows', 'products of neighbouring dimensions', 'products of successive calls', 'average against the given mean']) {
      for (const [z, rate] of levels) {
        const count = seen.filter((tests) => (tests.get(name)?.statistic ?? 0) > z).length;
        // Five deviations of a binomial count.
        expect(Math.abs(count - runs * rate), `${name} beyond ${z}`).toBeLessThan(5 * Math.sqrt(runs * rate));
      }
    }
  });

  it('fail nothing, and stay far from every bar', () => {
    expect(failed(fresh)).toEqual([]);
  });
});

describe('wrong samples', () => {
  it.each<[what: string, test: string, noise: Noise]>([
    ['a shifted mean', 'average', () => fresh(0, 0, 0) + 0.4],
    ['too little spread', 'average square', () => 0.7 * fresh(0, 0, 0)],
    ['a mean that is ignored', 'average against the given mean', (_, row, column) => fresh(0, 0, 0) - 0.5 * (given.mean[row * columns + column] ?? 0)],
    ['a deviation taken for a variance', 'squares against the given variance', (_, row, column) => fresh(0, 0, 0) * Math.sqrt(given.variance[row * columns + column] ?? 1)],
    ['two values of the right mean and spread', 'Kolmogorov and Smirnov', () => Math.sign(numbers.uniform() - 0.5)],
  ])('%s', (_, test, noise) => {
    expect(failed(noise)).toContain(test);
  });

  it('noise that rows share', () => {
    const draw = shared();
    expect(failed((call, _, column) => draw(call, column))).toEqual(expect.arrayContaining(['averages of the calls', 'products of neighbouring rows']));
  });

  it('noise that dimensions share', () => {
    const draw = shared();
    expect(failed((call, row) => draw(call, row))).toContain('products of neighbouring dimensions');
  });

  it('noise that calls share', () => {
    const draw = shared();
    expect(failed((_, row, column) => draw(row, column))).toEqual(['products of successive calls']);
  });
});

describe('distributions', () => {
  it('the normal one at known points', () => {
    // Abramowitz and Stegun 1964, table 26.1
    for (const [x, p] of [[0, 0.5], [1, 0.8413447461], [-1, 0.1586552539], [2, 0.9772498681], [-3, 0.0013498980]] as const) expect(normalDistribution(x)).toBeCloseTo(p, 6);
  });

  it('chi-square as a normal, at known quantiles', () => {
    // 0.999 quantiles by degrees of freedom: Abramowitz and Stegun 1964, table 26.8; a normal's is 3.0902.
    for (const [degrees, quantile] of [[7, 24.322], [15, 37.697], [30, 59.703]] as const) expect(chiSquareAsNormal(quantile, degrees)).toBeCloseTo(3.0902, 1);
  });
});
