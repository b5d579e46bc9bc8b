/** The marks of both editions of this homework, what their handouts get wrong or leave open, and what elbow makes of it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignments } from '../../../assignments/assignments.ts';
import { adjust, dueTimeOf, latenessOf, settle, submittedAt } from '../../../autograder/score/score.ts';
import { checkDerivation, derivationTasks, summary } from '../../../autograder/derivation/derivation.ts';
import { tasksOf } from '../../../contract/rubric.ts';
import { policyOf, results, term } from './graded-alike.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const onTime = { kind: 'on-time' } as const;

/** Marks of every row, in the handouts' order; what a row is split into is ours, and adds up to it. */
const handouts = {
  'ualberta-a4-2022': { 'logistic-regression': [5, 3, 2], 'gradient-estimators': [3, 7, 0, 0], 'network-plots': [3, 2, 5, 4, 4, 7], vae: [5, 4, 4, 2, 10], cvae: [8, 2, 5, 5, 5, 5] },
  'ualberta-a4-2025': { 'gradient-estimators': [5, 10, 0, 0], vae: [10, 5, 5, 10, 15], cvae: [12, 3, 8, 9, 8, 5] },
} as const;

/** As the headings say, and as the parts add up. */
const sums = { 'ualberta-a4-2022': [[10, 10, 25, 25, 30], 100], 'ualberta-a4-2025': [[15, 45, 45], 105] } as const;

describe.each(['ualberta-a4-2022', 'ualberta-a4-2025'] as const)('marks of %s', (id) => {
  it('are the handout’s, row by row, and add up to its questions', () => {
    const questions = assignments.get(id)?.questions ?? [];
    expect(Object.fromEntries(questions.map((question) => [question.id, question.tasks.map(({ points }) => points)]))).toEqual(handouts[id]);
    const marks = questions.map(({ tasks }) => tasks.reduce((sum, { points }) => sum + points, 0));
    expect([marks, marks.reduce((sum, own) => sum + own, 0)]).toEqual(sums[id]);
  });

  it('are given by the machine, and by a person for what is seen in plots', () => {
    const tasks = (assignments.get(id)?.questions ?? []).flatMap((question) => question.tasks);
    const of = (kind: string): number => tasks.filter((task) => task.kind === kind).reduce((sum, { points }) => sum + points, 0);
    expect([of('function'), of('derivation'), of('written')]).toEqual(id === 'ualberta-a4-2022' ? [40, 30, 30] : [70, 30, 5]);
  });
});

describe('2022: bins that send 40, 60 and 80 two ways', () => {
  it.each([[0.3999, 0], [0.4, 60], [0.5999, 60], [0.6, 80], [0.7999, 80], [0.8, 100], [1, 100]])('give a student with %d of the marks %d', (share, final) => {
    const { grade, questions } = results('ualberta-a4-2022', share);
    expect(adjust(grade, policyOf('ualberta-a4-2022'), onTime, questions).final).toBe(final);
  });
});

describe('2022: a Friday that was a Thursday', () => {
  const friday = term('ualberta-a4-2022-autumn-2022');
  it.each([
    ['2022-12-08T23:59:59', 'on-time'],
    ['2022-12-09T23:59:59', 'on-time'],
    ['2022-12-10T00:00:00', 'too-late'],
  ])('%s is %s', (submitted, kind) => {
    expect(latenessOf(dueTimeOf(friday, 's1'), submittedAt(submitted, 'America/Edmonton'), policyOf('ualberta-a4-2022').late).kind).toBe(kind);
  });

  it('and nothing late is accepted', () => {
    const settled = settle(results('ualberta-a4-2022', 1), friday, '2022-12-10T00:00:00', policyOf('ualberta-a4-2022'));
    expect(settled.grade).toMatchObject({ raw: 100, final: 0 });
  });
});

describe.each(['ualberta-a4-2022', 'ualberta-a4-2025'])('%s', (id) => {
  const marks = (task: string, lines: string): number => {
    const found = derivationTasks.get(`${id}/${task}`);
    if (found === undefined) throw new Error(task);
    return checkDerivation(`\`\`\`\n${lines}\n\`\`\`\n`, found).share;
  };

  it('p of equation (2) is p(h), and p(h|y) is the same', () => {
    expect(marks('cvae/celbo-statement', 'CELBO = E[q(h|x, y)](log p(x|h, y)) - KL(q(h|x, y) || p(h))')).toBe(1);
    expect(marks('cvae/celbo-statement', 'CELBO = E[q(h|x, y)](log p(x|h, y)) - KL(q(h|x, y) || p(h|y))')).toBe(1);
    expect(marks('cvae/celbo-statement', 'CELBO = E[q(h|x, y)](log p(x|h, y)) - KL(q(h|x, y) || p(h|x, y))')).toBe(0);
  });

  it('an estimate of the expectation is as good as one of its gradient', () => {
    const average = (of: string): string => `E[p(eps[1..n])](1/n * sum[i=1..n](${of}))`;
    expect(marks('gradient-estimators/b', `${average('f(mu + S^(1/2) * eps[i])')} = E[p(eps)](f(mu + S^(1/2) * eps))\n= E[p(X)](f(X))`)).toBe(1);
    expect(marks('gradient-estimators/b', `${average('D[theta](f(mu + S^(1/2) * eps[i]))')} = E[p(eps)](D[theta](f(mu + S^(1/2) * eps)))\n= D[theta](E[p(eps)](f(mu + S^(1/2) * eps)))\n= D[theta](E[p(X)](f(X)))`)).toBe(1);
  });

  it('the imports that may not change are those of the template', () => {
    const imports = assignments.get(id)?.handIn.imports;
    for (const [file, statements] of Object.entries(imports ?? {})) {
      const text = readFileSync(path.join(root, 'student-template', id, file), 'utf8');
      expect([...text.matchAll(/^import .*$/gm)].map(([line]) => line)).toEqual(statements);
    }
    expect(imports !== undefined).toBe(id === 'ualberta-a4-2022');
  });

  it('asks for practice that is worth nothing', () => {
    const assignment = assignments.get(id);
    expect(assignment === undefined ? [] : tasksOf(assignment).filter(({ points }) => points === 0).map((task) => task.id)).toEqual([`${id}/gradient-estimators/naive`, `${id}/gradient-estimators/reparameterised`]);
  });
});

describe('2022: 1 is asked for, and 1/4 is the tight constant', () => {
  const lines = (last: string): string => `norm(grad[w](sigma(dot(x, w)))) = sigma(dot(x, w)) * (1 - sigma(dot(x, w))) * norm(x)\n<= 1/4 * norm(x)\n<= ${last}`;
  it.each([['1/4', 1], ['1', 1], ['0.24', 0]])('%s', (constant, share) => {
    const task = derivationTasks.get('ualberta-a4-2022/logistic-regression/a');
    const found = task === undefined ? undefined : checkDerivation(`\`\`\`\n${lines(constant)}\n\`\`\`\n`, task);
    expect(found === undefined ? '' : summary(found).join(' ')).toMatch(constant === '1/4' ? /smallest constant/ : /^(?!.*smallest constant)/);
    expect(found === undefined ? Number.NaN : Math.floor(found.share)).toBe(share);
  });
});
