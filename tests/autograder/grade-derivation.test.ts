/** What a page with a derivation is worth: every outcome, and none by accident. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { type DerivationVerdict, gradeDerivation } from '../../autograder/grade-derivation.ts';
import { projectRoot } from '../../autograder/paths.ts';
import { tasksOf } from '../../contract/rubric.ts';
import type { Attachment, TextFile } from '../../contract/submission.ts';

const tasks = tasksOf(assignment).filter((task) => task.kind === 'derivation');
const [iwae, fsvae] = tasks;
if (iwae === undefined || fsvae === undefined) throw new Error('there are two derivations');

const templateTexts: readonly TextFile[] = tasks.map(({ file }) => ({ path: file, text: fs.readFileSync(path.join(projectRoot, 'student-template', assignment.id, file), 'utf8') }));
const templateOf = (file: string): string => templateTexts.find((text) => text.path === file)?.text ?? '';
const pdf: Attachment = { name: 'proofs.pdf', sha256: 'ab' };

function grade(task: typeof iwae, text: string | null, attachments: readonly Attachment[] = []): DerivationVerdict {
  const written = text === null ? [] : [{ path: (task ?? fsvae)?.file ?? '', text }];
  return gradeDerivation(task as NonNullable<typeof task>, { student: { id: 's1' }, source: 's1.zip', code: [], written, results: [], attachments, notes: [] }, templateTexts);
}

const block = (...lines: readonly string[]): string => ['```', ...lines, '```', ''].join('\n');
const WEIGHTS = 'p(x, z[i]) / q(z[i]|x)';
const UPPER = block('log p(x) = log(sum[z](p(x, z)))', `= log(E[q(z[1..m]|x)](1/m * sum[i=1..m](${WEIGHTS})))`, `>= E[q(z[1..m]|x)](log(1/m * sum[i=1..m](${WEIGHTS})))`, '= L[m]');
const SMALLER_UPPER = block('log p(x) = log(sum[z](p(x, z)))', '= log(E[q(z|x)](p(x, z) / q(z|x)))', `= log(1/m * sum[i=1..m](E[q(z[1..m]|x)](${WEIGHTS})))`, `= log(E[q(z[1..m]|x)](1/m * sum[i=1..m](${WEIGHTS})))`, `>= E[q(z[1..m]|x)](log(1/m * sum[i=1..m](${WEIGHTS})))`, '= L[m]');
const LOWER = block(`L[m] >= E[q(z[1..m]|x)](1/m * sum[i=1..m](log(${WEIGHTS})))`, `= 1/m * sum[i=1..m](E[q(z[1..m]|x)](log(${WEIGHTS})))`, '= 1/m * sum[i=1..m](L[1])', '= L[1]');

describe('a derivation', () => {
  it('that shows all has full marks, statement by statement', () => {
    const { outcome, earned, checks, derivation } = grade(iwae, `${SMALLER_UPPER}\n${LOWER}`);
    expect({ outcome, earned, marks: checks.map((check) => [check.outcome, check.earned, check.points]) }).toEqual({ outcome: 'pass', earned: 6, marks: [['pass', 3, 3], ['pass', 3, 3]] });
    expect(derivation?.lines.map(({ verdict }) => verdict)).not.toContain('wrong');
  });

  it('that shows one of two statements has half', () => {
    expect(grade(iwae, SMALLER_UPPER)).toMatchObject({ outcome: 'fail', earned: 3, checks: [{ outcome: 'pass', earned: 3 }, { outcome: 'fail', earned: 0 }] });
  });

  it('that goes wrong keeps what stands before, and says where', () => {
    const { outcome, earned, message, derivation } = grade(iwae, `${SMALLER_UPPER}\n${LOWER.replace('>=', '<=')}`);
    expect({ outcome, earned }).toEqual({ outcome: 'fail', earned: 3 });
    expect(message).toContain('Line 11 is the first that does not follow.');
    expect(derivation?.lines.find(({ verdict }) => verdict === 'wrong')).toMatchObject({ number: 11, said: [expect.stringContaining('A counterexample'), expect.anything(), expect.anything()] });
  });

  it('has no finer shares than quarters of a mark', () => {
    const wrong = block('log p(x|y) = log(sum[z](p(x, z|y)))', '= log(E[q(z|x, y)](p(x, z|y) / q(z|x, y)))', '>= E[q(z|x, y)](log(p(x, z|y) / q(z|x, y)))', '= E[q(z|x, y)](log p(x|y, z)) + KL(q(z|x, y) || p(z))');
    const { outcome, earned } = grade(fsvae, wrong);
    expect(outcome).toBe('fail');
    expect(earned).toBeGreaterThan(0);
    expect(4 * earned).toBe(Math.round(4 * earned));
  });
});

describe('a page', () => {
  it.each(tasks)('of the template is unanswered: $id', (task) => {
    expect(grade(task, templateOf(task.file))).toMatchObject({ outcome: 'unanswered', earned: 0 });
  });

  it('that is not there is unanswered, and a PDF in its place awaits a person', () => {
    expect(grade(iwae, null)).toMatchObject({ outcome: 'unanswered', earned: 0 });
    expect(grade(iwae, null, [pdf])).toMatchObject({ outcome: 'awaiting-person', checks: [], attachments: [pdf], message: 'A person marks this from proofs.pdf.' });
    expect(grade(iwae, templateOf(iwae.file), [pdf])).toMatchObject({ outcome: 'awaiting-person', attachments: [pdf] });
  });

  it('of prose awaits a person, who gets its text', () => {
    expect(grade(iwae, templateOf(iwae.file).replace('(your answer)', 'By Jensen.'))).toMatchObject({ outcome: 'awaiting-person', earned: 0, checks: [], answer: 'By Jensen.' });
  });

  it('keeps the template’s example out of what is checked, and counts lines as an editor does', () => {
    const page = templateOf(iwae.file).replace('(your answer)', block('log p(x) = L[1]'));
    const { derivation } = grade(iwae, page);
    expect(derivation?.lines.map(({ source }) => source)).toEqual(['log p(x)', '= L[1]']);
    expect(derivation?.lines[0]?.number).toBe(page.split('\n').indexOf('log p(x) = L[1]') + 1);
  });

  it('of a file saved under Windows is the same', () => {
    const page = templateOf(iwae.file).replace('(your answer)', `${SMALLER_UPPER}\n${LOWER}`);
    expect(grade(iwae, page.replaceAll('\n', '\r\n'))).toMatchObject({ outcome: 'pass', earned: 6 });
  });

  it.each([
    ['a line that cannot be read', block('log p(x) = log(sum[z](p(x, z)))', '= by Bayes'), 'cannot be read'],
    ['an inequality without a reason', block('p(x) - 1 >= log p(x)'), 'for no reason that the machine knows'],
    ['too much for a derivation', block(...Array.from({ length: 300 }, () => '= log p(x)')), 'may hold 120 lines'],
  ])('with %s: a person, with what the machine found', (_, page, says) => {
    const { outcome, earned, checks, message } = grade(iwae, page);
    expect({ outcome, earned, checks }).toEqual({ outcome: 'awaiting-person', earned: 0, checks: [] });
    expect(message).toContain(says);
  });

  it('gets the same result twice', () => {
    const page = `${UPPER}\n${LOWER}`;
    expect(grade(iwae, page)).toEqual(grade(iwae, page));
  });
});
