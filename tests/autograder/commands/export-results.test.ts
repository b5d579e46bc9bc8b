import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fromBuffer } from 'yauzl';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UsageError } from '../../../autograder/commands/console.ts';
import { runExportGradebook, runExportGradescope } from '../../../autograder/commands/export-results.ts';
import { moodleImport } from '../export/importers.ts';
import { moodleSheet, result } from '../export/sheets.ts';

let folder: string;
let printed: string[];
const console = { print: (line: string) => void printed.push(line), draw: () => undefined, interactive: false, signal: new AbortController().signal };
const at = (...names: readonly string[]): string => path.join(folder, ...names);
const grades = (): string => at('out', 'staff', 'grades.json');

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'elbow-export-'));
  for (const name of ['staff', 'students']) mkdirSync(at('out', name), { recursive: true });
  writeFileSync(at('sheet.csv'), moodleSheet);
});
afterAll(() => rmSync(folder, { recursive: true }));

function given(...results: readonly ReturnType<typeof result>[]): void {
  printed = [];
  writeFileSync(grades(), JSON.stringify(results));
  for (const { student } of results) writeFileSync(at('out', 'students', `${student.id}.html`), `report of ${student.id}`);
}

function namesIn(zip: Buffer): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, (error, file) => {
      if (error !== null) return reject(error);
      const names: string[] = [];
      file.on('entry', (entry: { readonly fileName: string }) => names.push(entry.fileName));
      file.on('end', () => resolve(names));
      return undefined;
    });
  });
}

describe('elbow export moodle', () => {
  test('fills the sheet beside the downloaded one and packs the reports', async () => {
    given(result('5001', 70), result('5002', 60));
    expect(await runExportGradebook('moodle', { into: at('sheet.csv'), grades: grades(), feedback: at('feedback.zip'), partial: false }, console)).toBe(0);
    expect(readFileSync(at('sheet.csv'), 'utf8')).toBe(moodleSheet);
    expect(moodleImport(readFileSync(at('sheet.filled.csv'))).get('Participant 5001')).toBe(70);
    expect(await namesIn(readFileSync(at('feedback.zip')))).toEqual(['Jane Doe_5001_assignsubmission_file_/report.html', 'Zoë Ångström_5002_assignsubmission_file_/report.html']);
  });

  test('says what to do about a student who is in no row', async () => {
    given(result('5001', 70), result('stranger', 60));
    const request = { into: at('sheet.csv'), grades: grades(), out: at('none.csv'), partial: true };
    await expect(runExportGradebook('moodle', request, console)).rejects.toThrow(/ {2}stranger is in no row\.\nWho is in no row: .*take their hand-in out of the download/);
    expect(readdirSync(folder)).not.toContain('none.csv');
  });

  test('writes nothing while marks are awaited, and then says how to write the others', async () => {
    given(result('5001', null), result('5002', 60));
    const request = { into: at('sheet.csv'), grades: grades(), out: at('none.csv'), partial: false };
    await expect(runExportGradebook('moodle', request, console)).rejects.toThrow(/Nothing was written:\n {2}5001 still has marks to be given\.\n.*--partial/);
    expect(readdirSync(folder)).not.toContain('none.csv');
    expect(await runExportGradebook('moodle', { ...request, partial: true }, console)).toBe(1);
    expect(moodleImport(readFileSync(at('none.csv'))).get('Participant 5001')).toBeNull();
  });

  test.each(['{}', '[{"student": {}}]', 'no json'])('of a file that is no grades.json: %s', async (text) => {
    given();
    writeFileSync(grades(), text);
    await expect(runExportGradebook('moodle', { into: at('sheet.csv'), grades: grades(), partial: false }, console)).rejects.toThrow(UsageError);
  });
});

describe('elbow export gradescope', () => {
  test('writes scores and what a student may read, and no evidence', async () => {
    const one = result('5001', 62.5);
    const [question] = one.questions;
    if (question === undefined) throw new Error('the sample has no question');
    given({ ...one, questions: [{ ...question, tasks: question.tasks.map((task) => ({ ...task, checks: task.checks.map((check) => ({ ...check, outcome: 'fail' as const, message: 'Off by a sign.', evidence: ['SECRET 1.5'] })) })) }] });
    expect(await runExportGradescope({ grades: grades(), out: at('scope'), partial: false }, console)).toBe(0);
    const text = readFileSync(at('scope', '5001', 'results.json'), 'utf8');
    const written: unknown = JSON.parse(text);
    expect(written).toMatchObject({ score: 62.5, visibility: 'after_published', tests: expect.arrayContaining([expect.objectContaining({ number: '1.1', status: 'passed', max_score: 6 })]) });
    expect(text).toContain('Off by a sign.');
    expect(text).not.toContain('SECRET');
  });

  test('leaves out whose marks are awaited, and only when told to', async () => {
    given(result('5001', null), result('5002', 1));
    await expect(runExportGradescope({ grades: grades(), out: at('open'), partial: false }, console)).rejects.toThrow(/5001 still has/);
    expect(await runExportGradescope({ grades: grades(), out: at('open'), partial: true }, console)).toBe(1);
    expect(readdirSync(at('open'))).toEqual(['5002']);
  });
});
