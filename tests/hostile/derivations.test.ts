/** Grades hostile derivations as those of a hand-in are graded: none earns a mark, and each ends soon with an outcome that says why. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { readOriginals, readTemplateTexts } from '../../autograder/commands/course-files.ts';
import { readHandIn } from '../../autograder/intake/intake.ts';
import { languages } from '../../autograder/languages/languages.ts';
import { gradeIntake, type Grading } from '../../autograder/pipeline.ts';
import { studentPage } from '../../autograder/report/report.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { compose } from './corpus.ts';
import { hostileDerivations } from './derivations.ts';
import { fixturesFolder, writeFiles } from './grade-hostile.ts';

/** No function is asked, so no child is started. */
const questions = assignment.questions.map((question) => ({ ...question, tasks: question.tasks.filter(({ kind }) => kind === 'derivation') }));

const batch = mkdtempSync(path.join(tmpdir(), 'derivations-'));
afterAll(() => rmSync(batch, { recursive: true, force: true }));

let grading: Grading;
beforeAll(async () => {
  grading = {
    assignment: { ...assignment, questions },
    key: await openAnswerKey(fixturesFolder, { basicOnly: false }),
    language: languages.typescript,
    originals: await readOriginals(assignment),
    templateTexts: await readTemplateTexts(assignment),
    isolation: 'none',
    backend: 'cpu',
    warnings: [],
  };
});

async function grade(name: string, task: string, page: string): Promise<SubmissionResult> {
  const folder = path.join(batch, name.replaceAll(' ', '-'));
  writeFiles(folder, [...compose([], []), { path: `derivations/${task.replace('/', '-')}.md`, text: page }]);
  const intake = await readHandIn({ student: { id: 'mallory' }, source: name, path: folder }, assignment.handIn);
  return (await gradeIntake(intake, grading)).result;
}

describe('hostile derivations', () => {
  it('are more than twenty beyond the numbered list', () => {
    expect(hostileDerivations.filter(({ attacks }) => attacks.length === 0).length).toBeGreaterThan(20);
    expect(new Set(hostileDerivations.map(({ name }) => name)).size).toBe(hostileDerivations.length);
  });

  it.each(hostileDerivations)('$name', { timeout: 240_000 }, async ({ name, task, page, outcome }) => {
    const result = await grade(name, task, page);
    const tasks = result.questions.flatMap((question) => question.tasks);
    const attacked = tasks.find((one) => one.task === `${assignment.id}/${task}`);
    expect({ outcome: attacked?.outcome, earned: attacked?.earned, all: result.grade.raw + result.grade.bonus }).toEqual({ outcome, earned: 0, all: 0 });
    expect(attacked?.message).toMatch(/\w[^]*[.!]/);
    // The other derivation is not touched.
    expect(tasks.filter((one) => one !== attacked).map((one) => one.outcome)).toEqual(['unanswered']);
    expect(studentPage(result)).not.toContain('<script');
  });
});
