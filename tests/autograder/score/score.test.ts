/** Marks: what is earned, what is open, and the range where there is no final mark yet. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gradeOf } from '../../../autograder/score/score.ts';
import type { CheckResult, Outcome, TaskResult } from '../../../contract/outcome.ts';
import type { QuestionResult } from '../../../contract/result.ts';

function checkResult(points: number, outcome: Outcome): CheckResult {
  return { check: 'c', title: 'c', points, earned: outcome === 'pass' ? points : 0, outcome, message: '', evidence: [] };
}

/** A task judged check by check. */
function judged(checks: readonly CheckResult[], bonus = false): TaskResult {
  const points = checks.reduce((sum, check) => sum + check.points, 0);
  const earned = checks.reduce((sum, check) => sum + check.earned, 0);
  return { task: 'hw/q/t', title: '', where: '', handoutName: '', points, earned, bonus, outcome: 'fail', message: '', checks: [...checks], remarks: [] };
}

/** A task judged as a whole: written, or never reached. */
function whole(points: number, outcome: Outcome, bonus = false): TaskResult {
  return { ...judged([], bonus), points, outcome };
}

function grade(...tasks: readonly TaskResult[]) {
  return gradeOf([{ id: 'q', title: '', tasks: [...tasks] }]);
}

const passed = (points: number, bonus = false): TaskResult => judged([checkResult(points, 'pass')], bonus);
const failed = (points: number, bonus = false): TaskResult => judged([checkResult(points, 'fail')], bonus);

describe('the grade', () => {
  it.each<[what: string, tasks: readonly TaskResult[], grade: object]>([
    ['of nothing', [], { raw: 0, bonus: 0, points: 0, bonusPoints: 0, final: 0, lowest: 0, highest: 0 }],
    ['adds what is earned', [passed(6), failed(4), passed(3)], { raw: 9, points: 13, final: 9, lowest: 9, highest: 9 }],
    ['adds parts of tasks', [judged([checkResult(2, 'pass'), checkResult(1, 'fail'), checkResult(0.5, 'pass')])], { raw: 2.5, points: 3.5, final: 2.5 }],
    ['keeps bonus apart, and counts it in the end', [passed(6), passed(4, true), failed(2, true)], { raw: 6, points: 6, bonus: 4, bonusPoints: 6, final: 10 }],
    ['counts what is unanswered as nothing', [passed(6), whole(3, 'unanswered')], { raw: 6, points: 9, awaitingPoints: 0, final: 6, highest: 6 }],
    ['is open while a person has to mark', [passed(6), whole(3, 'awaiting-person')], { raw: 6, awaitingPoints: 3, notGradablePoints: 0, final: null, lowest: 6, highest: 9 }],
    ['is open while anything could not be graded', [passed(6), whole(3, 'not-gradable')], { raw: 6, awaitingPoints: 0, notGradablePoints: 3, final: null, lowest: 6, highest: 9 }],
    ['is open for a bonus as well', [passed(6), whole(2, 'awaiting-person', true)], { raw: 6, bonus: 0, bonusPoints: 2, awaitingPoints: 2, final: null, lowest: 6, highest: 8 }],
    [
      'is open for single checks',
      [judged([checkResult(4, 'pass'), checkResult(2, 'awaiting-person'), checkResult(1, 'not-gradable'), checkResult(1, 'fail')])],
      { raw: 4, points: 8, awaitingPoints: 2, notGradablePoints: 1, final: null, lowest: 4, highest: 7 },
    ],
    ['closes again where nothing is at stake', [passed(6), whole(0, 'awaiting-person')], { awaitingPoints: 0, final: 6 }],
  ])('%s', (_, tasks, expected) => {
    expect(grade(...tasks)).toMatchObject(expected);
  });

  it('adds over questions', () => {
    const questions: readonly QuestionResult[] = [{ id: 'a', title: '', tasks: [passed(1)] }, { id: 'b', title: '', tasks: [] }, { id: 'c', title: '', tasks: [passed(2), failed(1)] }];
    expect(gradeOf(questions)).toMatchObject({ raw: 3, points: 4 });
  });

  it('tells what the machine marked, bonus included', () => {
    expect(grade(passed(6), failed(2), passed(4, true), whole(3, 'awaiting-person'), whole(1, 'unanswered')).machine).toEqual({ earned: 10, points: 12 });
  });
});

describe('float noise', () => {
  it('never reaches a mark', () => {
    const thirds = grade(judged([checkResult(0.1, 'pass'), checkResult(0.2, 'pass')]), judged([checkResult(0.7, 'pass'), checkResult(0.1, 'awaiting-person'), checkResult(0.2, 'awaiting-person')]));
    expect(thirds).toMatchObject({ raw: 1, points: 1.3, awaitingPoints: 0.3, lowest: 1, highest: 1.3, machine: { earned: 1, points: 1.3 } });
    expect(JSON.stringify(thirds)).not.toMatch(/\d\.\d{7}/);
  });
});

describe('whatever the outcomes', () => {
  const outcome = fc.constantFrom<Outcome>('pass', 'fail', 'unanswered', 'awaiting-person', 'not-gradable');
  const points = fc.integer({ min: 0, max: 60 }).map((quarters) => quarters / 4);
  const anyTask = fc.oneof(
    fc.record({ checks: fc.array(fc.tuple(points, outcome), { minLength: 1, maxLength: 5 }), bonus: fc.boolean() }).map(({ checks, bonus }) => judged(checks.map(([value, result]) => checkResult(value, result)), bonus)),
    // A written task earns nothing by itself.
    fc.record({ value: points, result: outcome.filter((found) => found !== 'pass'), bonus: fc.boolean() }).map(({ value, result, bonus }) => whole(value, result, bonus)),
  );

  it('the range holds the marks, lies within the points, and is a point exactly when nothing is open', () => {
    fc.assert(
      fc.property(fc.array(anyTask, { maxLength: 8 }), (tasks) => {
        const found = grade(...tasks);
        const open = found.awaitingPoints + found.notGradablePoints;
        expect(found.lowest).toBeCloseTo(found.raw + found.bonus, 6);
        expect(found.highest - found.lowest).toBeCloseTo(open, 6);
        expect(found.highest).toBeLessThanOrEqual(found.points + found.bonusPoints + 1e-6);
        expect(found.final).toBe(open === 0 ? found.lowest : null);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('a fault of ours never costs: graded again, the mark is never below the range', () => {
    fc.assert(
      fc.property(fc.array(anyTask, { maxLength: 6 }), fc.constantFrom<Outcome>('pass', 'fail'), (tasks, verdict) => {
        const settled = tasks.map((found) => (found.checks.length === 0 ? found : judged(found.checks.map((check) => (check.outcome === 'not-gradable' ? checkResult(check.points, verdict) : check)), found.bonus)));
        const [before, after] = [grade(...tasks), grade(...settled)];
        expect(after.lowest).toBeGreaterThanOrEqual(before.lowest - 1e-6);
        expect(after.highest).toBeLessThanOrEqual(before.highest + 1e-6);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
