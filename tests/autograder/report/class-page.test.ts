import { describe, expect, test } from 'vitest';
import { classPage } from '../../../autograder/report/report.ts';
import { hostile, structureOf, withText } from './hostile-text.ts';
import { classOf, complete, mixed, notGradable, refused } from './sample-results.ts';

const meta = { title: 'Homework 2', notes: [] };

describe('a class page', () => {
  test('starts with what needs a person, with reasons', () => {
    const page = classPage(classOf(5), meta);
    const attention = page.slice(page.indexOf('What needs a person'), page.indexOf('Marks given by the machine'));
    expect(attention).toContain('The archive holds no vae.ts');
    expect(attention).toContain('could not be started on this machine');
    expect(attention).toContain('href="#not-gradable"');
    expect(attention).toContain('6 students, 3 marks each');
    expect(attention).toContain('1 student, 2 marks<');
  });

  test('goes on with distribution, hardest tasks, common mistakes, what was not gradable and why, and what people decided', () => {
    const [question] = mixed.questions;
    const tasks = question?.tasks.map((task, at) => (at === 0 ? { ...task, marked: { override: true, reason: 'Shown on paper.' } } : task)) ?? [];
    const overridden = { ...mixed, questions: mixed.questions.map((one) => (one === question ? { ...one, tasks } : one)) };
    const page = classPage([...classOf(5), overridden], meta);
    const headings = [...page.matchAll(/<h2 id="([\w-]+)"/g)].map((found) => found[1]);
    expect(headings.filter((id) => ['attention', 'distribution', 'hardest', 'mistakes', 'not-gradable', 'decided', 'students'].includes(id ?? ''))).toEqual(['attention', 'distribution', 'hardest', 'mistakes', 'not-gradable', 'decided', 'students']);
    expect(page.slice(page.indexOf('id="not-gradable"'))).toContain('The machine ran out of memory while grading this.');
    expect(page.slice(page.indexOf('id="decided"'))).toContain('Shown on paper.');
  });

  test('says so when nothing waits', () => {
    expect(classPage([complete], meta)).toContain('every hand-in is graded, and no mark is open');
  });

  test('leaves hand-ins out of the distribution that a fault kept from marks', () => {
    const page = classPage([complete, mixed, notGradable, refused], meta);
    expect(page).toContain('1 hand-in; median 100 %');
    expect(page).toContain('3 of 4 hand-ins are left out');
  });

  test('counts open marks neither way when it ranks tasks', () => {
    const page = classPage([complete, mixed], meta);
    const row = page.match(/cs236-hw2\/iwae\/gmvae-negative-iwae-bound<\/code><\/th><td class="share"><span>([^<]*)/);
    expect(row?.[1]).toBe('100 %');
  });

  test('names the checks that failed most first', () => {
    const page = classPage([mixed, { ...mixed, student: { id: 'twin' } }], meta);
    const failures = page.slice(page.indexOf('Checks that failed most'), page.indexOf('id="students"'));
    expect(failures.match(/<td class="number">2<\/td>/g)).toHaveLength(6);
  });

  test('counts the misconceptions that were named', () => {
    const page = classPage([mixed, complete, { ...mixed, student: { id: 'twin' } }], meta);
    const common = page.slice(page.indexOf('Common misconceptions'), page.indexOf('Checks that failed most'));
    expect(common).toContain('mixed up in a reshape.<br><code>vae-iwae/samples-viewed-as-images</code>');
    expect(common).toContain('<td class="number">2</td>');
    expect(page).toContain('layout sample, row, latent, cases A, B, C');
    expect(classPage([complete], meta)).not.toContain('Common misconceptions');
  });

  test('shows the evidence of failing checks, for staff', () => {
    expect(classPage([mixed], meta)).toContain('niwae: 12.83104 where 11.90217 is right');
  });

  test('links the file of each student and leaves an open final mark empty', () => {
    const page = classPage([{ ...mixed, student: { id: 'a/../b c"', name: 'A' } }], meta);
    expect(page).toContain('href="../students/a%2F..%2Fb%20c%22.html"');
    expect(page).toContain('<td class="number"><strong></strong></td>');
  });

  test('keeps its structure whatever students write', () => {
    const draw = (text: string): readonly string[] =>
      structureOf(classPage([withText(mixed, text), { ...withText(refused, text), reason: text }], { title: text, notes: [text] }));
    expect(draw(hostile)).toEqual(draw('plain'));
  });

  test('is the same bytes for the same results in any order', () => {
    const results = classOf(12);
    expect(classPage(results.toReversed(), meta)).toBe(classPage(results, meta));
  });

  test('can be drawn for nobody', () => {
    expect(classPage([], meta)).toContain('0 hand-ins');
  });
});
