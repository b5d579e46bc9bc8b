/** The edition whose parts add up to 105; what both editions share is tested with the other. */
import { describe, expect, it } from 'vitest';
import { adjust, dueTimeOf, gradeOf } from '../../../autograder/score/score.ts';
import { policyOf, results, term } from '../ualberta-a4-2022/graded-alike.ts';

const onTime = { kind: 'on-time' } as const;

describe('a question of 40 marks whose parts add up to 45', () => {
  it('adds up to 105, and to 100 by either policy', () => {
    const { grade, questions } = results('ualberta-a4-2025', 1);
    expect(grade.points).toBe(105);
    expect(adjust(grade, policyOf('ualberta-a4-2025'), onTime, questions)).toMatchObject({ raw: 105, final: 100, outOf: 100 });
    expect(adjust(grade, { worth: {}, outOf: 100 }, onTime, questions)).toMatchObject({ raw: 105, final: 100, outOf: 100 });
  });

  it('is scaled by 40/45, or capped, where only it is answered', () => {
    const all = results('ualberta-a4-2025', 1);
    const questions = all.questions.map((question) => ({ ...question, tasks: question.tasks.map((task) => ({ ...task, earned: question.id === 'cvae' ? task.points : 0 })) }));
    expect(adjust(gradeOf(questions), policyOf('ualberta-a4-2025'), onTime, questions).final).toBe(40);
    expect(adjust(gradeOf(questions), { worth: {}, outOf: 100 }, onTime, questions).final).toBe(45);
  });

  it('is due on a Friday in daylight saving time', () => {
    const due = dueTimeOf(term('ualberta-a4-2025-winter-2025'), 's1');
    expect(due?.dayOfWeek).toBe(5);
    expect(due?.offset).toBe('-06:00');
  });
});
