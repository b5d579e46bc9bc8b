/** The course's download as it comes, 40 students in three systems' shapes: graded by one command, everybody accounted for. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { inspectBox } from '../../autograder/host/host.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { zipOf } from '../autograder/intake/zips.ts';
import { squashed } from '../autograder/intake/downloads.ts';
import { elbow } from './command-line.ts';
import { rosterOf, systems, weekClass, type WeekWay, writeZip } from './week-class.ts';

const isolation = (await inspectBox()).status === 'present' ? 'bubblewrap' : 'none';
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'elbow-week-'));
afterAll(() => fs.rmSync(work, { recursive: true, force: true }));

describe.each(Object.entries(systems))('a download of 40 students from %s', (system, download) => {
  test('is graded without a step by hand, and nobody is lost', { timeout: 900_000 }, async () => {
    const students = await weekClass(40);
    // In Gradescope the first two are a group: both have what the first one uploaded.
    const wayOf = (place: number): WeekWay => (system === 'Gradescope' && place === 1 ? students[0]?.way : students[place]?.way) ?? { what: '', uploads: {} };
    const absent = ['s9001', 's9002'];
    const files = { ...download(students), ...(system === 'Canvas' ? { 'readme.txt': 'x' } : {}) };
    const [zip, roster, out] = ['submissions.zip', 'class.csv', 'out'].map((name) => path.join(work, system, name)) as [string, string, string];
    writeZip(zip, await zipOf(files));
    fs.writeFileSync(roster, rosterOf(students, absent));

    const dry = await elbow('grade', zip, '--assignment', 'cs236-hw2', '--roster', roster, '--dry-run');
    expect(dry.stdout).toMatch(/40 hand-ins found, \d+ of them refused; 2 on the roster without one/);
    expect(fs.existsSync(out)).toBe(false);

    const graded = await elbow('grade', zip, '--assignment', 'cs236-hw2', '--roster', roster, '--out', out, '--isolation', isolation, '--uncertified');
    expect(graded.stderr).toBe('');
    const results = JSON.parse(fs.readFileSync(path.join(out, 'staff/grades.json'), 'utf8')) as readonly SubmissionResult[];
    expect(results.map(({ student }) => student.id)).toEqual(students.map(({ id }) => `s${id}`).toSorted());
    const wanted = students.map(({ id }, place) => ({ id: `s${id}`, what: wayOf(place).what, ...(wayOf(place).refused === undefined ? { status: 'graded', machine: wayOf(place).machine } : { status: 'refused' }) }));
    const found = students.map(({ id }, place) => {
      const result = results.find(({ student }) => student.id === `s${id}`);
      return { id: `s${id}`, what: wayOf(place).what, ...(result?.status === 'graded' ? { status: 'graded', machine: machineMarks(result) } : { status: result?.status }) };
    });
    expect(found).toEqual(wanted);

    // Every oddity is told, each of them and no other.
    const unlike = students.filter(({ id }, place) => {
      const { refused, note } = wayOf(place);
      if (refused !== undefined) return !new RegExp(`^Refused: s${id}: .*${refused.source}`, 'm').test(graded.stdout);
      const notes = results.find(({ student }) => student.id === `s${id}`)?.notes ?? [];
      return note === undefined ? notes.length > 0 : !notes.some((line) => note.test(line));
    });
    expect(unlike.map(({ way }) => way.what)).toEqual([]);
    const told = graded.stdout.split('\n').filter((line) => /^(Not a hand-in|Late, says|No hand-in|Listed but|Handed in but|Group)/.test(line));
    const late = system === 'Canvas' ? students.filter((_, place) => place % 5 === 0).map(({ name, id }) => `Late, says Canvas: ${squashed(name)} (${id})`) : [];
    expect(told.toSorted()).toEqual([...(system === 'Canvas' ? ['Not a hand-in, left alone: readme.txt'] : []), ...late, ...absent.map((id) => `No hand-in: ${id} (Absent ${id})`)].toSorted());

    // A row for everybody who takes the course, and never a zero in the place of an open mark.
    const rows: Record<string, string>[] = parse(fs.readFileSync(path.join(out, 'staff/grades.csv')), { columns: true });
    expect(Object.keys(rows[0] ?? {}).slice(0, 8)).toEqual(['student_id', 'name', 'status', 'raw', 'bonus', 'final', 'awaiting_points', 'not_gradable_points']);
    expect(rows.map((row) => row['student_id'])).toEqual([...students.map(({ id }) => `s${id}`), ...absent].toSorted());
    expect(rows.filter((row) => absent.includes(row['student_id'] ?? '')).map((row) => [row['status'], row['raw'], row['final']])).toEqual(absent.map(() => ['no hand-in', '', '']));
    expect(rows.filter((row) => row['status'] !== 'graded' || Number(row['awaiting_points']) > 0).filter((row) => row['final'] !== '')).toEqual([]);
    expect(fs.readdirSync(path.join(out, 'students')).toSorted()).toEqual(students.map(({ id }) => `s${id}.html`).toSorted());
    expect(Math.max(...fs.readdirSync(path.join(out, 'students')).map((name) => fs.statSync(path.join(out, 'students', name)).size))).toBeLessThan(5 << 20);
  });
});

/** Of functions alone: derivations and answers wait for a person. */
function machineMarks({ questions }: SubmissionResult): number {
  return questions.flatMap(({ tasks }) => tasks).filter(({ handoutName }) => handoutName !== '').reduce((sum, { earned }) => sum + earned, 0);
}
