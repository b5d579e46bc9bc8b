/** Grades hand-ins whose marks are known as a batch is graded, and writes down what each of them got. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { KnownHandIn, Shortfalls } from '../../contract/certificate.ts';
import type { TaskResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { type Assignment, tasksOf } from '../../contract/rubric.ts';
import type { Intake, TextFile } from '../../contract/submission.ts';
import { type BatchOptions, gradeBatch } from '../batch/batch.ts';
import { gradeIntake, type Grading, type Usage } from '../pipeline.ts';
import type { Measured } from '../report/report.ts';

export interface JudgingOptions extends Pick<BatchOptions, 'jobs' | 'signal'> {
  readonly onJudged: (judged: Measured, usage: Usage) => void;
}

export interface KnownWork extends KnownHandIn {
  readonly files: readonly TextFile[];
  /** Whether its own networks are trained. */
  readonly trains: boolean;
}

/** In the order given; fewer than given where the signal was aborted. A fault of the grader is thrown. */
export async function judgeKnown(handIns: readonly KnownWork[], grading: Grading, options: JudgingOptions): Promise<readonly Measured[]> {
  const scratch = await fs.mkdtemp(path.join(os.tmpdir(), 'elbow-certify-'));
  const judged = new Map<string, Measured>();
  const faults: Error[] = [];
  try {
    const known = new Map(handIns.map((handIn, index) => [String(index), handIn]));
    for (const [place, { files }] of known) await writeFiles(path.join(scratch, place), files);
    const batch = [...known].map(([place, { id }]) => ({ student: { id: place }, source: id, path: path.join(scratch, place) }));
    await gradeBatch(batch, grading, {
      jobs: options.jobs,
      signal: options.signal,
      grade: (intake, whole) => gradeIntake(intake, { ...whole, untrained: known.get(studentOf(intake))?.trains !== true }),
      onGraded: async ({ result, usage }, fault) => {
        if (fault !== null) faults.push(fault);
        const handIn = known.get(result.student.id);
        if (handIn === undefined) throw new Error(`nobody handed in ${result.student.id}`);
        const entry = whatItGot(handIn, result, grading.assignment);
        judged.set(result.student.id, entry);
        options.onJudged(entry, usage);
      },
    });
    const [first] = faults;
    if (first !== undefined) throw first;
    return [...known.keys()].flatMap((place) => judged.get(place) ?? []);
  } finally {
    await fs.rm(scratch, { recursive: true, force: true });
  }
}

function studentOf(intake: Intake): string {
  return (intake.kind === 'refused' ? intake.refusal : intake.submission).student.id;
}

function whatItGot({ id, kind, expected, description, trains }: KnownWork, result: SubmissionResult, assignment: Assignment): Measured {
  const judged = new Set(tasksOf(assignment).flatMap((task) => (task.kind === 'function' || (trains && task.kind === 'networks') ? [task.id] : [])));
  const tasks = result.questions.flatMap((question) => question.tasks).filter(({ task }) => judged.has(task));
  const found: Shortfalls = Object.fromEntries(tasks.flatMap(({ task, outcome }) => (outcome === 'pass' ? [] : [[task, outcome]])));
  const named = [...new Set(tasks.flatMap(diagnosed))];
  const distances = Object.fromEntries(tasks.flatMap(distanceOf));
  return { id, kind, expected, found, named, description, distances, lost: Object.fromEntries(tasks.map(lostChecks)), reasons: reasonsOf(tasks, expected) };
}

/** The known mistakes that a task's numbers were taken for; a diagnosis without one names the pattern of the difference. */
function diagnosed({ diagnosis }: TaskResult): readonly string[] {
  if (diagnosis === undefined) return [];
  return diagnosis.ids.length > 0 ? diagnosis.ids : ['a pattern'];
}

function distanceOf({ task, checks }: TaskResult): readonly (readonly [string, number])[] {
  const distances = checks.flatMap(({ distance }) => distance ?? []);
  return distances.length === 0 ? [] : [[task, Math.max(...distances)]];
}

function lostChecks({ task, checks }: TaskResult): readonly [string, readonly string[]] {
  return [task, checks.filter(({ outcome }) => outcome !== 'pass').map(({ check }) => check)];
}

/** Of what must not be, why: a check that failed once, on a busy machine, may not fail again for whoever looks. */
function reasonsOf(tasks: readonly TaskResult[], expected: Shortfalls): readonly string[] {
  const unexpected = tasks.filter(({ task, outcome }) => outcome !== (expected[task] ?? 'pass'));
  return unexpected.flatMap(({ task, checks }) =>
    checks.filter(({ outcome }) => outcome !== 'pass').map(({ check, message, evidence }) => `${task}, ${check}: ${[message, ...evidence].filter((text) => text !== '').join(' | ') || 'no reason given'}`),
  );
}

async function writeFiles(folder: string, files: readonly TextFile[]): Promise<void> {
  for (const { path: place, text } of files) {
    await fs.mkdir(path.dirname(path.join(folder, place)), { recursive: true });
    await fs.writeFile(path.join(folder, place), text);
  }
}
