import { describe, expect, test } from 'vitest';
import { terminalSummary } from '../../../autograder/report/report.ts';
import { hostile, withText } from './hostile-text.ts';
import { complete, mixed, notGradable, refused } from './sample-results.ts';

describe('the terminal summary', () => {
  test('has a line a task with sign, word and marks, and what to look at', () => {
    const text = terminalSummary(mixed, false);
    expect(text).toMatch(/^✓ passed +6 of 6 {2}Sampling/m);
    expect(text).toMatch(/^– unanswered +0 of 6 {2}Log density of a mixture/m);
    expect(text).toMatch(/^\? awaiting a person +– of 3 {2}What β does/m);
    expect(text).toMatch(/^! not gradable +– of 3/m);
    expect(text).toContain('look at: Is a density computed first');
    expect(text).toContain('TypeError: z.sub is not a function at distributions.ts:41:24');
  });

  test('ends with the total, or with the range while something is open', () => {
    expect(terminalSummary(complete, false)).toContain('Total 58 of 58, bonus 4 of 4; final mark 62');
    expect(terminalSummary(mixed, false)).toContain('the final mark lies between 34 and 45');
    expect(terminalSummary({ ...mixed, fixtures: { ...mixed.fixtures, publicOnly: true } }, false)).toContain('Public cases only');
  });

  test('says what wrong numbers are the result of', () => {
    expect(terminalSummary(mixed, false)).toContain('    your numbers: This is the value you get when the axis of samples');
  });

  test('says why there are no marks', () => {
    expect(terminalSummary(refused, false)).toContain('The archive holds no vae.ts');
    expect(terminalSummary(notGradable, false)).toContain('This is not your fault and costs no marks.');
  });

  test('colours only when asked', () => {
    expect(terminalSummary(mixed, true)).toContain('\u{1b}[32m');
    expect(terminalSummary(mixed, false)).not.toContain('\u{1b}');
  });

  test('passes on nothing that moves the cursor, colours or reorders', () => {
    const text = terminalSummary(withText(mixed, hostile), false);
    expect([...text].filter((character) => /[\p{Cc}\p{Cf}\p{Surrogate}]/u.test(character) && character !== '\n')).toEqual([]);
  });

  test('never shows what is for staff', () => {
    expect(terminalSummary(mixed, false)).not.toContain('11.90217');
  });
});
