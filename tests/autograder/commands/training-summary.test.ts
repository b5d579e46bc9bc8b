/** What is said of a finished run, and the curve of one that goes on. */
import { describe, expect, it } from 'vitest';
import { assignments } from '../../../assignments/assignments.ts';
import { sparkline } from '../../../autograder/commands/sparkline.ts';
import { summaryOf } from '../../../autograder/commands/training-summary.ts';
import { type Band, standingIn } from '../../../contract/band.ts';
import type { Measured, RunMetrics } from '../../../contract/training-metrics.ts';

const bands = assignments.get('cs236-hw2')?.bands ?? [];
const metrics = (measured: Measured): RunMetrics => ({ dataSet: 'mnist', iterations: 20_000, batch: 100, learningRate: 1e-3, seed: 1, measured });
const lineOf = (name: string, lines: readonly string[]): string => lines.find((line) => line.trim().startsWith(name)) ?? '';

describe('the summary of a run', () => {
  it('puts each number beside those of right work', () => {
    const lines = summaryOf('vae', metrics({ nelbo: 101.2, kl: 19.4, rec: 81.8, iwae: { '1': 101.2, '10': 99.5, '100': 97.6, '1000': 96.2 } }), bands);
    expect(lines[0]).toBe('After 20,000 iterations, on the public test subset of mnist:');
    expect(lineOf('nelbo', lines)).toMatch(/101\.20 {3}right work: 100\.9 to 101\.9$/);
    expect(lineOf('IWAE 10 ', lines)).toContain('yours is a little worse, and within the limit');
    expect(lineOf('IWAE 1000', lines)).toContain('yours is better');
  });

  it('says when a number is beyond what right work measures, in either direction of bad', () => {
    expect(lineOf('nelbo', summaryOf('vae', metrics({ nelbo: 110 }), bands))).toContain('yours is beyond it');
    expect(lineOf('accuracy', summaryOf('ssvae', metrics({ accuracy: 0.5 }), bands))).toContain('yours is beyond it');
    expect(lineOf('accuracy', summaryOf('ssvae', metrics({ accuracy: 0.97 }), bands))).toContain('yours is better');
  });

  it('calls no part of a loss worse: what is more in one is less in the other', () => {
    const [below, inside, above] = [19, 19.5, 20].map((kl) => lineOf('kl', summaryOf('vae', metrics({ kl }), bands)));
    expect(below).toContain('lies beside it; that costs nothing');
    expect(inside).toMatch(/to 19\.8$/);
    expect(above).toContain('lies beside it; that costs nothing');
  });

  it('names the parts of an SSVAE’s kl, and leaves out what was not measured', () => {
    const lines = summaryOf('ssvae', metrics({ nelbo: 100, kl: 22, klZ: 20, klY: 2, rec: 78, accuracy: 0.94 }), bands);
    expect(lines.slice(1).map((line) => line.trim().split(/ {2,}/)[0])).toEqual(['nelbo', 'kl', 'of z', 'of y', 'rec', 'accuracy']);
    expect(lines[0]).toContain('accuracy: on the whole test set');
  });

  it('on drawn digits comes from repeated runs, and nothing between the best and the limit is called wrong', () => {
    const drawn = (nelbo: number): string => lineOf('nelbo', summaryOf('vae', { ...metrics({ nelbo }), dataSet: 'drawn-digits' }, bands));
    expect(drawn(99)).toContain('yours is better');
    expect(drawn(100.5)).toContain('99.81');
    expect(drawn(103)).not.toContain('yours is beyond it');
    expect(drawn(104)).toContain('yours is beyond it');
  });

  it('says when nothing is known', () => {
    expect(summaryOf('fsvae', { ...metrics({ nelbo: 1 }), dataSet: 'svhn' }, bands).at(-1)).toBe('There is no band of right work for fsvae on svhn yet.');
  });
});

describe('a band', () => {
  const loss: Band = { run: 'vae', dataSet: 'mnist', quantity: 'nelbo', seen: [100, 101], limit: 102, from: '' };
  const accuracy: Band = { ...loss, quantity: 'accuracy', seen: [0.93, 0.95], limit: 0.9 };

  it.each([
    [loss, 99, 'better'], [loss, 100, 'inside'], [loss, 101.5, 'worse'], [loss, 102, 'worse'], [loss, 102.01, 'beyond'], [loss, Number.NaN, 'beyond'],
    [accuracy, 0.96, 'better'], [accuracy, 0.94, 'inside'], [accuracy, 0.91, 'worse'], [accuracy, 0.9, 'worse'], [accuracy, 0.899, 'beyond'], [accuracy, Number.NaN, 'beyond'],
  ] as const)('$quantity puts %s where it belongs: %s', (band, value, standing) => {
    expect(standingIn(band, value)).toBe(standing);
  });

  it.each(bands)('of $run on $dataSet, $quantity, has its limit on the bad side of what was seen', ({ quantity, seen: [low, high], limit }) => {
    expect(low).toBeLessThanOrEqual(high);
    const isBad = limit === undefined || (quantity === 'accuracy' ? limit < low : limit > high);
    expect(isBad).toBe(true);
  });
});

describe('a sparkline', () => {
  it('falls as the loss falls, whatever the first value', () => {
    expect(sparkline([10_000, 8, 7, 6, 5, 4, 3, 2, 1, 0], 10)).toMatch(/^██▇?.*▁$/);
    expect(sparkline([1, 1, 1], 10)).toBe('▁▁▁');
    expect(sparkline([], 10)).toBe('');
  });

  it('is never wider than asked for', () => {
    expect([...sparkline(Array.from({ length: 1001 }, (_, index) => -index), 24)].length).toBe(24);
  });
});
