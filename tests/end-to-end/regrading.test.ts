/** Putting things right at the deadline: what is graded again, what is left alone, and that both are told. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { elbow, filesBelow, type Finished, projectRoot } from './command-line.ts';

const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-again-'));
const [batch, out] = [path.join(work, 'hand-ins'), path.join(work, 'out')];
for (const name of ['ada-perfect', 'ben-template', 'carla-variance-as-deviation']) fs.cpSync(path.join(projectRoot, 'examples/cs236-hw2', name), path.join(batch, name), { recursive: true });
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

const grade = (...options: readonly string[]): Promise<Finished> => elbow('grade', batch, '--assignment', 'cs236-hw2', '--out', out, '--isolation', isolation, '--uncertified', ...options);
const told = ({ stdout }: Finished): string => stdout.slice(stdout.search(/\n(Changed since|Nobody)/) + 1).split('\n\n')[0]?.trim() ?? '';
const rawOf = (id: string): number | undefined => (JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[]).find(({ student }) => student.id === id)?.grade.raw;
const reports = (): ReadonlyMap<string, Buffer> => filesBelow(path.join(out, 'students'));

test('a rerun grades what changed, keeps the rest byte for byte, and tells whose marks changed and why', { timeout: 900_000 }, async () => {
  const tooEarly = await grade('--only', 'ada-perfect');
  expect(tooEarly.code).toBe(64);
  expect(tooEarly.stderr).toContain('ben-template, carla-variance-as-deviation have not been graded into this folder yet');

  const first = await grade();
  expect(first.stdout).toContain('3 hand-ins graded.');
  expect(first.stdout).not.toContain('Changed since');
  const before = reports();

  const again = await grade();
  expect(again.stdout).toContain('0 hand-ins graded, 3 as before');
  expect(told(again)).toBe('Nobody’s marks changed since the last run.');
  expect(reports()).toEqual(before);
  // The same as grading everything again does.
  const fresh = await grade('--fresh');
  expect(fresh.stdout).toContain('3 hand-ins graded.');
  expect(reports()).toEqual(before);

  // Another hand-in of one student.
  fs.copyFileSync(path.join(batch, 'ada-perfect/distributions.ts'), path.join(batch, 'ben-template/distributions.ts'));
  const other = await grade('--only', 'carla-variance-as-deviation');
  expect(other.stdout).toContain('ben-template: the hand-in has changed since it was graded. It was not looked at: grade it with --only ben-template');
  expect(told(other)).toContain('Nobody’s marks changed');
  const ben = await grade('--only', 'BEN-template');
  expect(ben.stdout).toContain('1 hand-in graded, 2 as before');
  expect(told(ben)).toMatch(/^Changed since the last run:\n {2}ben-template: 0 so far -> 16 so far|^Changed since the last run:\n {2}ben-template: final 0 -> final 16/);
  expect(told(ben)).toContain('    cs236-hw2/vae/sample-gaussian unanswered -> 6: another hand-in');
  expect(fs.readFileSync(path.join(out, 'staff/logs/changes.log'), 'utf8')).toContain('cs236-hw2/vae/sample-gaussian unanswered -> 6: another hand-in');

  // One task alone: others are not touched, although they would come out otherwise.
  fs.copyFileSync(path.join(batch, 'ada-perfect/vae.ts'), path.join(batch, 'ben-template/vae.ts'));
  const task = await grade('--only', 'vae/negative-elbo-bound');
  expect(told(task)).toContain('cs236-hw2/vae/negative-elbo-bound unanswered -> 6: another hand-in');
  expect(told(task)).not.toContain('vae-negative-iwae-bound');
  const rest = await grade();
  expect(told(rest)).toContain('cs236-hw2/iwae/vae-negative-iwae-bound unanswered -> 6: another hand-in');
  const marks = rawOf('ben-template');

  // A person's mark, and a waived task: the machine is not asked again.
  const sheet = path.join(out, 'staff/manual-marks.csv');
  fs.appendFileSync(sheet, ',cs236-hw2/gmvae/negative-elbo-bound,ben-template,6,1,,Shown on paper.,\n'.replace(/,$/m, ''));
  fs.writeFileSync(path.join(work, 'term.json'), JSON.stringify({ assignment: 'cs236-hw2', name: 'x', waived: { 'cs236-hw2/ssvae/negative-elbo-bound': 'The handout was wrong.' } }));
  const put = await grade('--term', path.join(work, 'term.json'));
  expect(put.stdout).toContain('0 hand-ins graded, 3 as before');
  expect(told(put)).toMatch(/cs236-hw2\/gmvae\/negative-elbo-bound unanswered -> 1: in place of the machine's mark, Shown on paper\./);
  expect(told(put)).toMatch(/cs236-hw2\/ssvae\/negative-elbo-bound .* -> 15: in place of the machine's mark, everybody has full marks here\. The handout was wrong\./);
  expect(rawOf('ben-template')).toBe((marks ?? 0) + 16);
  const page = fs.readFileSync(path.join(out, 'staff/class.html'), 'utf8');
  const decided = page.slice(page.indexOf('Put right by hand'));
  expect(decided).toContain('Shown on paper.');
  expect(decided).toMatch(/ssvae\/negative-elbo-bound[^]*everybody[^]*The handout was wrong\./);

  // Who is gone is named.
  fs.rmSync(path.join(batch, 'carla-variance-as-deviation'), { recursive: true });
  expect(told(await grade('--term', path.join(work, 'term.json')))).toContain('carla-variance-as-deviation: no longer in the batch');

  const nobody = await grade('--only', 'nobody');
  expect(nobody.code).toBe(64);
  expect(nobody.stderr).toContain('--only nobody: no hand-in is of that student, and no task of cs236-hw2 has it in its id');
});
