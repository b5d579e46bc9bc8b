import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { SubmissionResult } from '../../../contract/result.ts';
import { studentPage } from '../../../autograder/report/report.ts';
import { hostile, structureOf, withText } from './hostile-text.ts';
import { check, complete, mixed, notGradable, refused, task } from './sample-results.ts';

describe('a student page', () => {
  test('names the five outcomes in words', () => {
    const page = studentPage(mixed);
    for (const word of ['passed', 'not right yet', 'unanswered', 'awaiting a person', 'not gradable']) expect(page).toContain(`${word}</span>`);
    expect(page).toContain('This is not your fault and costs no marks.');
  });

  test('has no final mark while one is open, but its range and why', () => {
    const page = studentPage(mixed);
    expect(page).toContain('<dd>between 34 and 45</dd>');
    expect(page).toContain('8 marks are still to be given by a person, and 3 marks could not be graded');
    expect(page).toContain('Marks so far');
    expect(studentPage(complete)).toMatch(/Final mark<\/h2>\n<p><strong>62<\/strong> <span>of 58<\/span>/);
  });

  test('writes no zero for an open task', () => {
    const open = task('vae/beta-vae', 'What β does', 3, 'awaiting-person');
    const page = studentPage({ ...mixed, questions: [{ id: 'vae', title: 'VAE', tasks: [open] }] });
    expect(page).toContain('<strong>–</strong> of 3');
    expect(page).not.toContain('<strong>0</strong> of 3</span>');
  });

  test('shows an answer that stands for several questions once', () => {
    const whole = 'All my answers on one page, without a heading. '.repeat(8);
    const open = (id: string, title: string, answer: string) => ({ ...task(id, title, 3, 'awaiting-person'), answer });
    const tasks = [open('vae/a', 'First', whole), open('vae/b', 'Second', whole), open('vae/c', 'Third', 'Yes.'), open('vae/d', 'Fourth', 'Yes.')];
    const page = studentPage({ ...mixed, questions: [{ id: 'vae', title: 'VAE', tasks }] });
    expect(page.split(whole.trim())).toHaveLength(2);
    expect(page).toContain('(the same as under “First”)');
    expect(page.split('>Yes.<')).toHaveLength(3);
  });

  test('gives practice no marks, right or wrong', () => {
    const practice = task('vae/practice', 'Practice', 0, 'fail', { checks: [check('training', 0, 'fail')] });
    const page = studentPage({ ...mixed, questions: [{ id: 'vae', title: 'VAE', tasks: [practice] }] });
    expect(page.split('<span class="marks">no marks</span>')).toHaveLength(3);
    expect(page).not.toMatch(/of 0<\/span>/);
  });

  test('shows pictures whole, however large, and nothing in their place that is no picture', () => {
    const drawn = task('vae/samples', 'Grid', 3, 'pass');
    const figures = [{ caption: 'Handed in', png: 'iVBORw0KGgo'.repeat(9000) }, { caption: 'Not one', png: '" onerror="alert(1)' }];
    const page = studentPage({ ...mixed, questions: [{ id: 'vae', title: 'VAE', tasks: [{ ...drawn, figures }] }] });
    expect(page).toContain(`<img src="data:image/png;base64,${'iVBORw0KGgo'.repeat(9000)}" alt="Handed in">`);
    expect(page.match(/<figure>/g)).toHaveLength(1);
    expect(page).not.toContain('onerror');
  });

  test('never shows what is for staff', () => {
    const secret = withEvidence(mixed, 'only-for-staff');
    for (const result of [secret, { ...secret, status: 'refused' } as const, { ...secret, status: 'not-gradable' } as const]) {
      expect(studentPage(result)).not.toContain('only-for-staff');
    }
    expect(studentPage(mixed)).not.toContain('11.90217');
  });

  test('shows an error with places in the student’s own files, once', () => {
    const page = studentPage(mixed);
    expect(page).toContain('Your code stopped with TypeError');
    expect(page).toContain('<li><code>distributions.ts:41:24</code></li>');
    expect(page.split('z.sub is not a function')).toHaveLength(2);
  });

  test('gives a hint once where several checks share it, and none for a check that passed', () => {
    expect(studentPage(mixed).split('How are m copies of a batch laid out')).toHaveLength(2);
    const passed = task('vae/a', 'A', 1, 'pass', { checks: [check('kl', 1, 'pass', { hint: 'never-shown' })] });
    expect(studentPage({ ...mixed, questions: [{ id: 'vae', title: 'VAE', tasks: [passed] }] })).not.toContain('never-shown');
  });

  test('says what wrong numbers are the result of, in words alone', () => {
    const page = studentPage(mixed);
    expect(page).toContain('<strong>What your numbers show</strong> This is the value you get when the axis of samples');
    expect(page).not.toContain('samples-viewed-as-images');
    expect(studentPage(complete)).not.toContain('What your numbers show');
  });

  test('says why a hand-in was refused and what to do', () => {
    const page = studentPage(refused);
    expect(page).toContain('This hand-in was not accepted');
    expect(page).toContain('The archive holds no vae.ts');
    expect(page).toContain('hand it in again');
    expect(page).not.toContain('Marks so far');
  });

  test('says that a hand-in it could not grade is no fault of the student', () => {
    const page = studentPage(notGradable);
    expect(page).toContain('This is not your fault and costs no marks.');
    expect(page).toContain('Graded without isolation');
    expect(page).toContain('public cases only');
  });

  test('lets no script run: the policy allows its own style and nothing else', () => {
    const page = studentPage(mixed);
    const style = page.match(/<style>([^]*)<\/style>/)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page).toContain(`content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`);
    expect(page).not.toMatch(/<script|\sstyle=|\son[a-z]+=/i);
  });

  test('keeps its structure whatever a student writes', () => {
    for (const result of [mixed, { ...mixed, status: 'refused' } as const]) {
      const plain = structureOf(studentPage(withText({ ...result, reason: 'plain' }, 'plain')));
      expect(structureOf(studentPage(withText({ ...result, reason: hostile }, hostile)))).toEqual(plain);
      expect(plain.length).toBeGreaterThan(30);
    }
  });

  test('shows a tag as text, and what cannot be seen as an escape', () => {
    const page = studentPage(withText(mixed, hostile));
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain('{{constructor.constructor');
    expect(page).toContain(String.raw`\u202Edesrever\u2066`);
    expect(page).not.toMatch(/[\p{Surrogate}\u{202a}-\u{202e}\u{2066}-\u{2069}]/u);
    expect([...page].filter((character) => character < ' ' && character !== '\n')).toEqual([]);
  });

  test('reads nothing that data only inherits', () => {
    const question = { id: 'vae', title: 'VAE', tasks: [task('vae/a', '__proto__', 1, 'fail', { where: 'constructor in toString.ts', console: 'hasOwnProperty' })] };
    const page = studentPage({ ...mixed, student: { id: '__proto__', name: 'constructor' }, questions: [question] });
    expect(page).toContain('<strong>constructor</strong> <span>__proto__</span>');
    expect(page).not.toContain('native code');
  });

  test('cuts very long output and says so', () => {
    const loud = task('vae/a', 'A', 1, 'fail', { console: 'y'.repeat(50_000_000) });
    const page = studentPage({ ...mixed, questions: [{ id: 'vae', title: 'VAE', tasks: [loud] }] });
    expect(page.length).toBeLessThan(60_000);
    expect(page).toContain('(49980000 more characters are not shown)');
  });

  test('is the same bytes for the same result', () => {
    expect(studentPage(structuredClone(mixed))).toBe(studentPage(mixed));
  });
});

function withEvidence(result: SubmissionResult, line: string): SubmissionResult {
  const questions = result.questions.map((question) => ({
    ...question,
    tasks: question.tasks.map((one) => ({ ...one, checks: one.checks.map((part) => ({ ...part, evidence: [line] })) })),
  }));
  return { ...result, questions };
}
