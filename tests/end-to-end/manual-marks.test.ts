/** A marker's week with the built command: answers come out, marks go in, final marks stand. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { elbow, type Finished, projectRoot } from './command-line.ts';

const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';
let work: string;
let batch: string;
let out: string;
let sheet: string;

beforeAll(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-marks-'));
  [batch, out] = [path.join(work, 'hand-ins'), path.join(work, 'out')];
  sheet = path.join(out, 'staff/manual-marks.csv');
  for (const name of ['ada-perfect', 'ben-template']) fs.cpSync(path.join(projectRoot, 'examples/cs236-hw2', name), path.join(batch, name), { recursive: true });
});
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

function grade(...options: readonly string[]): Promise<Finished> {
  return elbow('grade', batch, '--assignment', 'cs236-hw2', '--out', out, '--isolation', isolation, ...options);
}

function resultOf(id: string): SubmissionResult | undefined {
  const results = JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
  return results.find(({ student }) => student.id === id);
}

it('answers come out, marks go in, final marks stand', async () => {
  const first = await grade();
  expect(first.stdout).toContain('To be marked');
  expect(resultOf('ada-perfect')?.grade.final).toBeNull();
  const rows = fs.readFileSync(sheet, 'utf8').trimEnd().split('\n');
  const page = fs.readFileSync(path.join(out, 'staff/marking/vae-beta-vae.html'), 'utf8');
  const beta = rows.find((row) => row.includes('vae/beta-vae')) ?? '';
  expect(page).toContain(`id="${beta.split(',')[0]}"`);
  expect(page).toContain('Model answer and criteria');
  expect(page).not.toContain('ada-perfect');

  // Full marks everywhere, but for one row that is wrong and one comment.
  const filled = rows.map((row, index) => {
    if (index === 0) return row;
    const cells = row.split(',');
    const [, task, , points] = cells;
    cells[4] = task?.endsWith('beta-vae') === true ? '99' : (points ?? '');
    cells[5] = task?.endsWith('compare-and-contrast') === true ? 'Well seen.' : '';
    return cells.join(',');
  });
  fs.writeFileSync(sheet, `${filled.join('\n')}\n`);
  const second = await grade();
  expect(second.code).toBe(1);
  expect(second.stdout).toMatch(/manual-marks\.csv, line \d+: 99 is more than the 3 that cs236-hw2\/vae\/beta-vae is worth/);
  expect(resultOf('ada-perfect')?.grade).toMatchObject({ final: null, awaitingPoints: 3 });
  expect(fs.readFileSync(path.join(out, 'students/ada-perfect.html'), 'utf8')).toContain('Well seen.');
  expect(fs.readFileSync(sheet, 'utf8')).toBe(`${filled.join('\n')}\n`);

  const other = path.join(work, 'ben.csv');
  fs.writeFileSync(other, `\ufeffrow;task;student_id;mark;reason\r\n${beta.split(',')[0]};cs236-hw2/vae/beta-vae;ada-perfect;2,5;\r\n;cs236-hw2/vae/sample-gaussian;ben-template;1;Shown on paper.\r\n`);
  fs.writeFileSync(sheet, `${filled.map((row) => row.replace(',99,', ',,')).join('\n')}\n`);
  const third = await grade('--marks', other);
  expect(third.stderr).toBe('');
  const ada = resultOf('ada-perfect')?.grade;
  expect(ada).toMatchObject({ awaitingPoints: 0, notGradablePoints: 0 });
  // She handed in no grid of the FSVAE: nobody is asked to mark what is not there.
  const unanswered = resultOf('ada-perfect')?.questions.flatMap(({ tasks }) => tasks.filter(({ outcome }) => outcome === 'unanswered')) ?? [];
  expect(unanswered.map(({ task, points }) => [task, points])).toEqual([['cs236-hw2/fsvae/samples', 2]]);
  expect(ada?.final).toBe((ada?.points ?? 0) + (ada?.bonusPoints ?? 0) - 2 - 0.5);
  expect(resultOf('ben-template')?.grade.raw).toBe(1);

  const term = path.join(work, 'term.json');
  const times = path.join(work, 'times.csv');
  const late = { kind: 'percent-per-day', graceMinutes: 0, percentPerDay: 10, mostPercent: 50 };
  fs.writeFileSync(term, JSON.stringify({ assignment: 'cs236-hw2', name: 'trial', due: '2026-12-08T23:59', zone: 'Europe/Stockholm', policy: { late, mostPercent: 100 } }));
  fs.writeFileSync(times, 'student_id,submitted_at\nada-perfect,2026-12-08T23:00:00Z\n');
  await grade('--marks', other, '--term', term, '--times', times);
  const settled = resultOf('ada-perfect')?.grade;
  // Midnight in Stockholm falls into the first day late; the bonus had taken the mark above the cap.
  expect(settled?.adjustments?.map(({ to }) => to)).toEqual([ada?.points, (ada?.points ?? 0) * 0.9]);
  expect(fs.readFileSync(path.join(out, 'students/ada-perfect.html'), 'utf8')).toContain('Handed in up to a day late: 10 % less');
  expect(fs.readFileSync(path.join(out, 'students/ben-template.html'), 'utf8')).toContain('Shown on paper.');
}, 300_000);

it('a file that is no sheet is refused before anything is graded', async () => {
  const wrong = path.join(work, 'wrong.csv');
  fs.writeFileSync(wrong, 'name,grade\n');
  const { code, stderr, stdout } = await grade('--marks', wrong);
  expect(code).toBe(64);
  expect(stderr).toContain('needs a first line with the columns');
  expect(stdout).not.toContain('Graded');
});
