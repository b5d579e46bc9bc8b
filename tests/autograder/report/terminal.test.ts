import { describe, expect, test } from 'vitest';
import type { TaskResult } from '../../../contract/outcome.ts';
import type { SubmissionResult } from '../../../contract/result.ts';
import { terminalSummary } from '../../../autograder/report/report.ts';
import { hostile, withText } from './hostile-text.ts';
import { complete, mixed, notGradable, refused } from './sample-results.ts';

describe('the terminal summary', () => {
  test('begins with what is to be looked at: where, what was seen, one thing to try', () => {
    const text = terminalSummary(mixed, { coloured: false });
    expect(text).toMatch(/^✗ not right yet 3 of 4 {2}Log density of a Gaussian {2}logNormal in distributions.ts$/m);
    expect(text).toMatch(/^! not gradable {2}Negative IWAE bound of the GMVAE/m);
    expect(text).toContain('try: Is a density computed first');
    expect(text).toContain('TypeError: z.sub is not a function at distributions.ts:41:24');
    expect(text).toContain('above distributions.ts:41;');
    for (const task of text.split('\n\n')) expect(task.match(/^ {4}try: /gm)?.length ?? 0).toBeLessThan(2);
    const places = new Map([['cs236-hw2/gmvae/log-normal', 'distributions.ts:30']]);
    expect(terminalSummary(mixed, { coloured: false, places })).toMatch(/^✗ not right yet 3 of 4 {2}Log density of a Gaussian {2}distributions.ts:30 logNormal$/m);
  });

  const failing = (change: (task: TaskResult) => TaskResult): SubmissionResult => ({
    ...mixed,
    questions: mixed.questions.map((question) => ({ ...question, tasks: question.tasks.map((task) => (task.error === undefined ? task : change(task))) })),
  });
  const tries = (result: SubmissionResult, options = {}): string => terminalSummary(result, { coloured: false, ...options });

  test('leads to the student’s own line, not to one that was given', () => {
    const given = failing((task) => ({ ...task, error: { name: 'Error', message: 'no tensor', frames: [{ path: 'given/reduce.ts', line: 16, column: 2 }, { path: 'vae.ts', line: 41, column: 3 }] } }));
    expect(tries(given)).toContain('Error: no tensor at vae.ts:41:3');
    expect(tries(given)).toContain('above vae.ts:41;');
  });

  test('asks for shapes only where shapes can be the reason', () => {
    const frames = [{ path: 'vae.ts', line: 6, column: 3 }];
    expect(tries(failing((task) => ({ ...task, error: { name: 'ModuleError', message: 'vae.ts does not compile', frames } })))).toMatch(/^ {4}vae\.ts does not compile at vae\.ts:6:3\n {4}try: put this right, then/m);
    for (const name of ['ReferenceError', 'RangeError', 'NameError']) {
      const text = tries(failing((task) => ({ ...task, error: { name, message: 'said clearly', frames } })));
      expect(text).toContain(`${name}: said clearly at vae.ts:6:3\n    try: put this right`);
    }
  });

  test('sends a function that uses a wrong one to that first', () => {
    const [wrong, above] = mixed.questions.flatMap(({ tasks }) => tasks).filter(({ outcome }) => outcome === 'fail');
    if (wrong === undefined || above === undefined) throw new Error('the sample has two wrong functions');
    const text = tries(mixed, { buildsOn: new Map([[above.task, [wrong.task]]]) });
    expect(text.split('\n\n').find((part) => part.includes(` of ${above.points}  ${above.title}`))).toContain(`try: it uses “${wrong.title}”, which is not right yet: put that right first`);
    expect(text.match(/put that right first/g)).toHaveLength(1);
  });

  test('shows what was printed, but not without end', () => {
    expect(terminalSummary(complete, { coloured: false })).toContain('    printed:\n      batch 2 of 2\n      kl 19.4312\n');
    const questions = complete.questions.map((question) => ({ ...question, tasks: question.tasks.map((task) => ({ ...task, console: 'again\n'.repeat(500) })) }));
    const text = terminalSummary({ ...complete, questions }, { coloured: false });
    expect(text.match(/again/g)?.length).toBe(12 * questions.flatMap(({ tasks }) => tasks).length);
    expect(text).toContain('... and 488 lines more');
  });

  test('ends with a table of all marks, and what each of them waits for', () => {
    const text = terminalSummary(mixed, { coloured: false });
    expect(text).toMatch(/^Sampling with the reparameterisation trick +6 {2}✓ right$/m);
    expect(text).toMatch(/^Log density of a mixture +6 {2}– not written yet, logNormalMixture in distributions.ts$/m);
    expect(text).toMatch(/^What β does +3 {2}\? found, answers.md$/m);
    expect(text).toMatch(/^In the course functions meet hidden cases of the same.* and a person marks the rest\.$/m);
    const sums = [...text.matchAll(/^ {1,4}(\d+) {2}(\S+)/gm)].map((found) => Number(found[1]));
    expect(sums.length).toBeGreaterThan(4);
    // The last line is the sum of those above it.
    expect(sums.slice(0, -1).reduce((total, value) => total + value, 0)).toBe(sums.at(-1));
    expect(sums.at(-1)).toBe(mixed.grade.points + mixed.grade.bonusPoints);
    expect(terminalSummary({ ...mixed, fixtures: { ...mixed.fixtures, publicOnly: true } }, { coloured: false })).toContain('Public cases only');
  });

  test('says what wrong numbers are the result of', () => {
    expect(terminalSummary(mixed, { coloured: false })).toContain('    your numbers: This is the value you get when the axis of samples');
  });

  test('says why there are no marks', () => {
    expect(terminalSummary(refused, { coloured: false })).toContain('The archive holds no vae.ts');
    expect(terminalSummary(notGradable, { coloured: false })).toContain('This is not your fault and costs no marks.');
  });

  test('colours only when asked', () => {
    expect(terminalSummary(mixed, { coloured: true })).toContain('\u{1b}[32m');
    expect(terminalSummary(mixed, { coloured: false })).not.toContain('\u{1b}');
  });

  test('passes on nothing that moves the cursor, colours or reorders', () => {
    const text = terminalSummary(withText(mixed, hostile), { coloured: false });
    expect([...text].filter((character) => /[\p{Cc}\p{Cf}\p{Surrogate}]/u.test(character) && character !== '\n')).toEqual([]);
  });

  test('never shows what is for staff', () => {
    expect(terminalSummary(mixed, { coloured: false })).not.toContain('11.90217');
  });
});
