import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { SubmissionResult } from '../../../contract/result.ts';
import { gradesCsv } from '../../../autograder/report/report.ts';
import { classOf, complete, mixed, notGradable, refused, task } from './sample-results.ts';

describe('grades.csv', () => {
  test('has a row a student by id, and a column a task in the order of the assignment', () => {
    const rows = read([refused, mixed, complete]);
    expect(rows.map((row) => row['student_id'])).toEqual(['mmeyer', 'okafor', 'zhang.wei']);
    expect(Object.keys(rows[0] ?? {}).slice(0, 10)).toEqual([
      'student_id',
      'name',
      'status',
      'raw',
      'bonus',
      'final',
      'awaiting_points',
      'not_gradable_points',
      'cs236-hw2/vae/sample-gaussian',
      'cs236-hw2/vae/negative-elbo-bound',
    ]);
  });

  test('leaves open marks empty, and writes a zero that was earned', () => {
    const [row] = read([mixed]);
    expect(row).toMatchObject({ raw: '30', bonus: '4', final: '', awaiting_points: '8', not_gradable_points: '3' });
    expect(row?.['cs236-hw2/vae/beta-vae']).toBe('');
    expect(row?.['cs236-hw2/iwae/gmvae-negative-iwae-bound']).toBe('');
    expect(row?.['cs236-hw2/gmvae/log-normal-mixture']).toBe('0');
    expect(read([complete])[0]).toMatchObject({ final: '62' });
  });

  test('has a row without marks for who handed nothing in', () => {
    const [first, second, third] = parse(gradesCsv([complete, refused], [{ id: 'paul', name: '=Paul' }]), { columns: true }).map((row: unknown) => row);
    expect([first, third]).toMatchObject([{ student_id: 'okafor' }, { student_id: 'zhang.wei' }]);
    expect(second).toMatchObject({ student_id: 'paul', name: "'=Paul", status: 'no hand-in', raw: '', final: '', awaiting_points: '', 'cs236-hw2/vae/sample-gaussian': '' });
  });

  test('gives no marks to a hand-in that was refused or could not be graded', () => {
    for (const result of [refused, notGradable]) {
      expect(read([result])[0]).toMatchObject({ raw: '', bonus: '', final: '', 'cs236-hw2/vae/sample-gaussian': '' });
    }
  });

  test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(1)', '\tx', '\rx', '\u{feff}=1', ' \n =1', '\u{200b}=1', '＝1', '\0=1'])('makes text of %j', (name) => {
    expect(read([named(name)])[0]?.['name']).toMatch(/^'/);
  });

  test.each(['Doe, "Jane"', 'two\nlines', "O'Neill", 'a;b', '李雷', 'half \ud800'])('reads back %j', (name) => {
    expect(read([named(name)])[0]).toMatchObject({ name: name.replaceAll(/\p{Surrogate}/gu, '\u{fffd}'), status: 'graded' });
  });

  test('shows what would reorder a cell as an escape', () => {
    expect(read([named('a\u{202e}b')])[0]?.['name']).toBe(String.raw`a\u202Eb`);
  });

  test('prints numbers without the noise of floating point', () => {
    const grade = { ...complete.grade, raw: 0.1 + 0.2, bonus: -0, final: 2 / 3 };
    const questions = [{ id: 'vae', title: 'VAE', tasks: [task('vae/a', 'A', 1, 'fail', { earned: 1e-9 })] }];
    expect(read([{ ...complete, grade, questions }])[0]).toMatchObject({ raw: '0.3', bonus: '0', final: '0.6667', 'cs236-hw2/vae/a': '0' });
  });

  test('is the same bytes for the same results in any order', () => {
    const results = classOf(20);
    expect(gradesCsv(results.toReversed())).toBe(gradesCsv(results));
  });
});

function read(results: readonly SubmissionResult[]): readonly Readonly<Record<string, string>>[] {
  return parse(gradesCsv(results), { columns: true });
}

function named(name: string): SubmissionResult {
  return { ...mixed, student: { id: 'x', name } };
}
