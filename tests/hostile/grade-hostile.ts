/** Grades composed hand-ins the way a class is graded: folders on disk, the batch, the box; with limits small enough for a test. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { type AnswerKey, openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { gradeBatch } from '../../autograder/batch/batch.ts';
import { readOriginals, readTemplateTexts } from '../../autograder/commands/course-files.ts';
import { inOtherLanguages } from '../../autograder/commands/other-languages.ts';
import { findHandIns } from '../../autograder/intake/intake.ts';
import { languages } from '../../autograder/languages/languages.ts';
import { projectRoot } from '../../autograder/paths.ts';
import type { Grading } from '../../autograder/pipeline.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Limits } from '../../contract/rubric.ts';
import type { TextFile } from '../../contract/submission.ts';
import type { FunctionTask } from '../../contract/task.ts';

/** Right answers to one task take a tenth of this in small cases; lines of one letter fill the output in a quarter of the time, also where the machine is busy. */
export const SMALL_LIMITS: Limits = { ...assignment.limits, cpuSeconds: 1, wallSeconds: 10, memoryMegabytes: 256, outputBytes: 64 << 10 };

export const fixturesFolder = path.join(projectRoot, 'fixtures', assignment.id);

/** PyTorch alone takes more than the whole allowance of a hand-in in TypeScript. */
export const SMALL_LIMITS_OF_PYTHON: Limits = { ...SMALL_LIMITS, cpuSeconds: 2, memoryMegabytes: 768 };

export async function gradingWith(limits: Limits, limitsOfPython = SMALL_LIMITS_OF_PYTHON): Promise<Grading> {
  const inPython = assignment.otherLanguages?.['python'];
  if (inPython === undefined) throw new Error(`${assignment.id} is not asked in Python`);
  const asked = { ...assignment, limits, otherLanguages: { python: { ...inPython, limits: limitsOfPython } } };
  const key = withoutHeavyCases(await openAnswerKey(fixturesFolder, { basicOnly: false }));
  return {
    assignment: asked,
    key,
    otherLanguages: await inOtherLanguages(asked, key),
    language: languages.typescript,
    originals: await readOriginals(assignment),
    templateTexts: await readTemplateTexts(assignment),
    isolation: 'bubblewrap',
    backend: 'cpu',
    warnings: [],
  };
}

/** Cases of the handout's own sizes, and the long batches of statistics, take most of the time and ask nothing new of the box. */
export function withoutHeavyCases(key: AnswerKey): AnswerKey {
  const known = new Map<string, ReturnType<typeof lightCases>>();
  const lightCases = (task: FunctionTask) => {
    const questions = key.questionsFor(task).filter(({ weight }) => weight === 'light');
    const names = new Set(questions.map((asked) => asked.case));
    return { questions, expectations: key.expectationsFor(task).filter((expectation) => names.has(expectation.case)) };
  };
  const of = (task: FunctionTask): ReturnType<typeof lightCases> => {
    const found = known.get(task.id) ?? lightCases(task);
    known.set(task.id, found);
    return found;
  };
  return { ...key, questionsFor: (task) => of(task).questions, expectationsFor: (task) => of(task).expectations, statisticalExpectationFor: () => null };
}

export interface HostileHandIn {
  readonly name: string;
  readonly files: readonly TextFile[];
}

export async function gradeHandIns(handIns: readonly HostileHandIn[], grading: Grading, jobs: number): Promise<ReadonlyMap<string, SubmissionResult>> {
  if (handIns.length === 0) return new Map();
  const folder = mkdtempSync(path.join(tmpdir(), 'hand-ins-'));
  try {
    for (const { name, files } of handIns) writeFiles(path.join(folder, name), files);
    return await gradeBatchFolder(folder, grading, jobs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Results by student; a fault of the grader is a failure of the test. */
export async function gradeBatchFolder(folder: string, grading: Grading, jobs: number): Promise<ReadonlyMap<string, SubmissionResult>> {
  const results = new Map<string, SubmissionResult>();
  const faults: Error[] = [];
  await gradeBatch((await findHandIns([folder], { rules: assignment.handIn })).handIns, grading, {
    jobs,
    signal: new AbortController().signal,
    onGraded: async ({ result }, fault) => {
      results.set(result.student.id, result);
      if (fault !== null) faults.push(fault);
    },
  });
  if (faults[0] !== undefined) throw faults[0];
  return results;
}

export function writeFiles(folder: string, files: readonly TextFile[]): void {
  for (const { path: name, text } of files) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
}
