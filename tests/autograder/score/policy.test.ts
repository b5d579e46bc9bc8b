/** Every border of every rule: late by a second, on the edge of a bin, across a change of the clocks. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignments } from '../../../assignments/assignments.ts';
import { projectRoot } from '../../../autograder/paths.ts';
import { adjust, dueTimeOf, gradeOf, latenessOf, settle, submittedAt } from '../../../autograder/score/score.ts';
import type { SubmissionResult } from '../../../contract/result.ts';
import { parser } from '../../../contract/schema.ts';
import { type LatePolicy, type Policy, Term } from '../../../contract/term.ts';

const zone = 'America/Edmonton';
const term: Term = { assignment: 'hw', name: 't', due: '2022-12-09T23:59', zone };
const none: LatePolicy = { kind: 'none-accepted', graceMinutes: 0 };
const perDay: LatePolicy = { kind: 'percent-per-day', graceMinutes: 10, percentPerDay: 10, mostPercent: 25, cutOffDays: 4 };

function late(submitted: string | null, policy: LatePolicy | undefined, changed: Partial<Term> = {}, student = 's1') {
  const set = { ...term, ...changed };
  return latenessOf(dueTimeOf(set, student), submitted === null ? null : submittedAt(submitted, set.zone ?? 'UTC'), policy);
}

describe('lateness', () => {
  it.each([
    ['in time', '2022-12-09T12:00:00', none, { kind: 'on-time' }],
    ['in the last second of the last minute', '2022-12-09T23:59:59', none, { kind: 'on-time' }],
    ['a second later', '2022-12-10T00:00:00', none, { kind: 'too-late', days: 1 }],
    ['as an instant, in time', '2022-12-10T06:59:59Z', none, { kind: 'on-time' }],
    ['as an instant, a second later', '2022-12-10T07:00:00Z', none, { kind: 'too-late', days: 1 }],
    ['with an offset', '2022-12-10T08:00:00+01:00', none, { kind: 'too-late', days: 1 }],
    ['at the end of the grace time', '2022-12-10T00:09:59', perDay, { kind: 'on-time' }],
    ['a second after the grace time', '2022-12-10T00:10:00', perDay, { kind: 'late', days: 1, percent: 10 }],
    ['at the end of the first day', '2022-12-11T00:09:59', perDay, { kind: 'late', days: 1, percent: 10 }],
    ['at the start of the second', '2022-12-11T00:10:00', perDay, { kind: 'late', days: 2, percent: 20 }],
    ['where the floor holds', '2022-12-12T12:00:00', perDay, { kind: 'late', days: 3, percent: 25 }],
    ['in the last moment before the cut-off', '2022-12-14T00:09:59', perDay, { kind: 'late', days: 4, percent: 25 }],
    ['after the cut-off', '2022-12-14T00:10:00', perDay, { kind: 'too-late', days: 5 }],
    ['nobody knows when', null, perDay, { kind: 'unknown' }],
    ['without a rule', '2023-12-10T00:00:00', undefined, { kind: 'on-time' }],
  ] as const)('%s', (_, submitted, policy, expected) => {
    expect(late(submitted, policy)).toEqual(expected);
  });

  it('is reckoned from the student’s own extension, and nobody else’s', () => {
    const extensions = { s1: '2022-12-12T23:59' };
    expect(late('2022-12-12T23:59:30', none, { extensions })).toEqual({ kind: 'on-time' });
    expect(late('2022-12-12T23:59:30', none, { extensions }, 's2')).toEqual({ kind: 'too-late', days: 3 });
  });

  it('does not exist without a due time', () => {
    const { due: _, ...open } = term;
    expect(latenessOf(dueTimeOf(open, 's1'), submittedAt('2030-01-01T00:00', zone), none)).toEqual({ kind: 'on-time' });
  });

  // 13 March 2022, 02:00 to 03:00 does not exist in Edmonton; 6 November 2022, 01:00 to 02:00 comes twice.
  it.each([
    ['a due time that the clock skips is read later', '2022-03-13T02:30', '2022-03-13T09:30:59Z', { kind: 'on-time' }],
    ['and its next minute is late', '2022-03-13T02:30', '2022-03-13T09:31:00Z', { kind: 'too-late', days: 1 }],
    ['a due time that comes twice is the second', '2022-11-06T01:30', '2022-11-06T08:30:59Z', { kind: 'on-time' }],
    ['and its next minute is late', '2022-11-06T01:30', '2022-11-06T08:31:00Z', { kind: 'too-late', days: 1 }],
  ] as const)('%s', (_, due, submitted, expected) => {
    expect(late(submitted, none, { due })).toEqual(expected);
  });

  it.each([
    // The day of the spring change has 23 hours, that of the autumn change 25: a day is a day on the wall.
    ['2022-03-12T12:00', '2022-03-13T18:00:59Z', 1],
    ['2022-03-12T12:00', '2022-03-13T18:11:00Z', 2],
    ['2022-11-05T12:00', '2022-11-06T19:10:59Z', 1],
    ['2022-11-05T12:00', '2022-11-06T19:11:00Z', 2],
  ])('from %s to %s are %i days', (due, submitted, days) => {
    expect(late(submitted, perDay, { due })).toMatchObject({ kind: 'late', days });
  });

  it.each(['yesterday', '2022-13-01T00:00', '2022-12-09 25:00', ''])('of %j cannot be told', (time) => {
    expect(() => submittedAt(time, zone)).toThrow(RangeError);
  });

  it('in a zone that does not exist cannot be told', () => {
    expect(() => dueTimeOf({ ...term, zone: 'Mars/Olympus' }, 's1')).toThrow(RangeError);
  });
});

const onTime = { kind: 'on-time' } as const;
const bins = [{ atLeast: 80, gives: 100 }, { atLeast: 60, gives: 80 }, { atLeast: 40, gives: 60 }, { atLeast: 0, gives: 0 }];

function gradeWith(earned: number, points = 100, bonus = 0) {
  const task = (id: string, mark: number, of: number, isBonus: boolean) => ({
    task: id, title: '', where: '', handoutName: '', points: of, earned: mark, bonus: isBonus, outcome: 'fail' as const, message: '', checks: [], remarks: [],
  });
  return gradeOf([{ id: 'q', title: '', tasks: [task('hw/q/a', earned, points, false), task('hw/q/b', bonus, bonus, true)] }]);
}

describe('bins', () => {
  it.each([
    [0, 0], [39.999, 0], [40, 60], [59.999, 60], [60, 80], [79.999, 80], [80, 100], [99, 100], [100, 100],
  ])('%d becomes %d', (earned, final) => {
    expect(adjust(gradeWith(earned), { bins }, onTime).final).toBe(final);
  });

  it('count a share that floats cannot hold as on its border', () => {
    // 0.1 + 0.2 of 0.75 is 40 percent, and a little more in floats; 3 * 0.1 of 0.5 is a little less than 60.
    expect(adjust(gradeWith(0.1 + 0.2, 0.75), { bins }, onTime).final).toBe(0.45);
    expect(adjust(gradeWith(0.3 - 1e-17, 0.5), { bins }, onTime).final).toBe(0.4);
  });

  it('say which held, and nothing where the mark stays', () => {
    expect(adjust(gradeWith(85), { bins }, onTime).adjustments).toEqual([{ rule: 'from 80 % on the mark is 100 %', from: 85, to: 100 }]);
    expect(adjust(gradeWith(100), { bins }, onTime).adjustments).toEqual([]);
  });
});

describe('a cap', () => {
  it.each([[100, 0, 100], [98, 5, 100], [100, 9, 100], [90, 9, 99]])('of 100 percent makes of %d and a bonus of %d %d', (earned, bonus, final) => {
    expect(adjust(gradeWith(earned, 100, bonus), { mostPercent: 100 }, onTime).final).toBe(final);
  });

  it('is not there unless it is asked for', () => {
    expect(adjust(gradeWith(100, 100, 9), {}, onTime).final).toBe(109);
  });
});

describe('packaging', () => {
  const broken = [{ rule: 'archive-name', message: 'Another name is asked for.' }, { rule: 'one-pdf', message: 'One PDF is asked for.' }];

  it('costs nothing unless the term says so', () => {
    expect(adjust(gradeWith(90), {}, onTime, [], broken)).toMatchObject({ final: 90, adjustments: [] });
    expect(adjust(gradeWith(90), { packaging: { 'one-pdf': 0 } }, onTime, [], broken).final).toBe(90);
  });

  it('costs what the term says, a line a rule, before lateness and bins, and no more than there is', () => {
    const packaging = { 'archive-name': 2, 'one-pdf': 1.5, 'id-in-names': 5 };
    expect(adjust(gradeWith(90), { packaging }, { kind: 'late', days: 1, percent: 10 }, [], broken).adjustments).toEqual([
      { rule: '2 less for packaging: Another name is asked for.', from: 90, to: 88 },
      { rule: '1.5 less for packaging: One PDF is asked for.', from: 88, to: 86.5 },
      { rule: 'handed in up to a day late: 10 % less', from: 86.5, to: 77.85 },
    ]);
    expect(adjust(gradeWith(1), { packaging }, onTime, [], broken).final).toBe(0);
    expect(adjust(gradeWith(81), { packaging, bins }, onTime, [], broken).final).toBe(80);
  });
});

/** A question of 60 marks, and one whose parts add up to 45 where the handout says 40. */
describe('a question whose parts add up to more than it is worth', () => {
  const task = (id: string, earned: number, points: number) => ({
    task: `hw/${id}`, title: '', where: '', handoutName: '', points, earned, bonus: false, outcome: 'fail' as const, message: '', checks: [], remarks: [],
  });
  const questions = (first: number, second: number, third: number) => [
    { id: 'a', title: 'A', tasks: [task('a/1', first, 60)] },
    { id: 'b', title: 'B', tasks: [task('b/1', second, 30), task('b/2', third, 15)] },
  ];
  const adjusted = (marks: readonly [number, number, number], policy: Policy) => adjust(gradeOf(questions(...marks)), policy, onTime, questions(...marks));

  it.each([[60, 30, 15, 100], [60, 0, 0, 60], [0, 30, 15, 40], [60, 18, 0, 76], [30, 27, 0, 54]] as const)('is scaled by policy: %d + %d + %d is %d', (first, second, third, final) => {
    expect(adjusted([first, second, third], { worth: { b: 40 } })).toMatchObject({ points: 105, outOf: 100, final });
  });

  it.each([[60, 30, 15, 100], [60, 30, 10, 100], [60, 30, 9, 99], [0, 30, 15, 45]] as const)('or the whole is capped: %d + %d + %d is %d', (first, second, third, final) => {
    expect(adjusted([first, second, third], { outOf: 100 })).toMatchObject({ points: 105, outOf: 100, final });
  });

  it('has a line of its own in the report, and bins reckon from the new whole', () => {
    const grade = adjusted([60, 18, 0], { worth: { b: 40 }, bins });
    expect(grade.adjustments).toEqual([
      { rule: 'the 45 marks of “B” count for 40', from: 78, to: 76 },
      { rule: 'from 60 % on the mark is 80 %', from: 76, to: 80 },
    ]);
  });

  it('is told by the assignment, and the term may say otherwise', () => {
    const whole = { ...settledResult, questions: questions(60, 30, 15), grade: gradeOf(questions(60, 30, 15)) };
    const own: Policy = { worth: { b: 40 }, bins };
    expect(settle(whole, { assignment: 'hw', name: '' }, undefined, own).grade).toMatchObject({ raw: 105, final: 100 });
    expect(settle(whole, { assignment: 'hw', name: 't', policy: { worth: {} } }, undefined, { worth: { b: 40 } }).grade).toMatchObject({ raw: 105, final: 105 });
  });
});

const settledResult: SubmissionResult = {
  student: { id: 's1' }, source: 's1.zip', assignment: { id: 'hw', title: '' }, status: 'graded', notes: [], questions: [], grade: gradeOf([]),
  fixtures: { term: 't', hash: '0', publicOnly: true }, isolation: 'bubblewrap', warnings: [],
};

describe('rules together', () => {
  const policy: Policy = { mostPercent: 100, bins };

  it('are applied in order: cap, lateness, bins', () => {
    const grade = adjust(gradeWith(98, 100, 9), policy, { kind: 'late', days: 2, percent: 20 });
    expect(grade).toMatchObject({ raw: 98, bonus: 9, final: 100, lowest: 100, highest: 100 });
    expect(grade.adjustments).toEqual([
      { rule: 'no mark is above 100', from: 107, to: 100 },
      { rule: 'handed in up to 2 days late: 20 % less', from: 100, to: 80 },
      { rule: 'from 80 % on the mark is 100 %', from: 80, to: 100 },
    ]);
  });

  it('take everything from what is not accepted, and say so', () => {
    expect(adjust(gradeWith(98), {}, { kind: 'too-late', days: 5 })).toMatchObject({ raw: 98, final: 0, adjustments: [{ rule: 'handed in up to 5 days late, which is not accepted', from: 98, to: 0 }] });
  });

  it('wait for a complete mark', () => {
    const open = { ...gradeWith(30), final: null, highest: 70 };
    expect(adjust(open, policy, { kind: 'too-late', days: 1 })).toBe(open);
  });
});

describe('a settled hand-in', () => {
  const questions = [{
    id: 'q', title: '', tasks: [
      { task: 'hw/q/a', title: '', where: '', handoutName: '', points: 6, earned: 2, bonus: false, outcome: 'fail' as const, message: '', checks: [], remarks: [] },
      { task: 'hw/q/b', title: '', where: '', handoutName: '', points: 4, earned: 0, bonus: false, outcome: 'awaiting-person' as const, message: '', checks: [], remarks: [] },
    ],
  }];
  const result: SubmissionResult = {
    student: { id: 's1' }, source: 's1.zip', assignment: { id: 'hw', title: '' }, status: 'graded', notes: [], questions, grade: gradeOf(questions),
    fixtures: { term: 't', hash: '0', publicOnly: true }, isolation: 'bubblewrap', warnings: [],
  };

  it('has full marks for a waived task, whatever it was, with the reason', () => {
    const settled = settle(result, { ...term, waived: { 'hw/q/b': 'The question could not be answered.' } }, '2022-12-01T00:00');
    expect(settled.grade).toMatchObject({ raw: 6, final: 6, awaitingPoints: 0 });
    expect(settled.questions[0]?.tasks[1]).toMatchObject({ outcome: 'pass', earned: 4, marked: { override: true, reason: expect.stringContaining('The question could not be answered.') } });
  });

  it('says when nobody knows whether it is late, and loses nothing', () => {
    const settled = settle(result, { ...term, policy: { late: none } }, undefined);
    expect(settled.notes).toEqual([expect.stringContaining('lateness was not looked at')]);
    expect(settled.grade).toEqual(result.grade);
  });
});

describe('terms that come with elbow', () => {
  const parse = parser('a term', Term);
  const folder = path.join(projectRoot, 'terms');
  it.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s is whole', (name) => {
    const read = parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8')));
    expect(assignments.has(read.assignment)).toBe(true);
    expect(() => dueTimeOf(read, '')).not.toThrow();
  });
});
