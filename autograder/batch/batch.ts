/** Many hand-ins, a bounded number at a time. One that goes wrong costs only itself. */
import { inLanguage } from '../../contract/in-language.ts';
import { tasksOf } from '../../contract/rubric.ts';
import type { Intake } from '../../contract/submission.ts';
import { type HandIn, readHandIn } from '../intake/intake.ts';
import { type Graded, gradeIntake, type Grading, notGradableResult } from '../pipeline.ts';
import { WarmBoxes } from '../session/warm-boxes.ts';

export interface BatchOptions {
  /** What is done with a hand-in that was read; without it, all of it is graded. */
  readonly grade?: (intake: Intake, grading: Grading) => Promise<Graded>;
  readonly jobs: number;
  readonly signal: AbortSignal;
  /** Called as each hand-in is done, in no fixed order; what it returns is waited for. */
  readonly onGraded: (graded: Graded, fault: Error | null) => Promise<void>;
}

/** Grades all hand-ins, or stops starting new ones once the signal is aborted. */
export async function gradeBatch(handIns: readonly HandIn[], grading: Grading, options: BatchOptions): Promise<void> {
  const queue = handIns.values();
  const all = withBoxes(grading);
  const close = (): Promise<unknown> => Promise.all([all, ...(all.otherLanguages?.values() ?? [])].map(({ boxes }) => boxes?.close()));
  const stop = (): void => void close();
  options.signal.addEventListener('abort', stop, { once: true });
  // A report that cannot be written ends the batch: what the others are at would be lost as well.
  const failed = new AbortController();
  const over = AbortSignal.any([options.signal, failed.signal]);
  const work = async (): Promise<void> => {
    for (const handIn of queue) {
      if (over.aborted) return;
      const { graded, fault } = await gradeOne(handIn, all, options.grade ?? gradeIntake);
      // What was killed by Ctrl-C says nothing about the hand-in.
      if (over.aborted) return;
      await options.onGraded(graded, fault).catch((error: unknown) => {
        failed.abort();
        throw error;
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(options.jobs, handIns.length)) }, work));
  } finally {
    options.signal.removeEventListener('abort', stop);
    await close();
  }
}

/** Of each language one child of each backend in use waits ready: while it is taken, the next one starts. */
function withBoxes(grading: Grading): Grading {
  const others = [...(grading.otherLanguages ?? [])].map(([name, own]) => [name, { ...own, boxes: startAhead({ ...grading, ...own, assignment: inLanguage(grading.assignment, name) }) }] as const);
  return { ...grading, boxes: startAhead(grading), otherLanguages: new Map(others) };
}

function startAhead({ language, assignment, isolation }: Grading): WarmBoxes {
  return new WarmBoxes({ launch: language.launch, isolation, limits: assignment.limits, tasks: tasksOf(assignment).length, ahead: 1 });
}

async function gradeOne(handIn: HandIn, grading: Grading, grade: NonNullable<BatchOptions['grade']>): Promise<{ graded: Graded; fault: Error | null }> {
  let intake: Intake = { kind: 'refused', refusal: { student: handIn.student, source: handIn.source, reason: '' } };
  try {
    intake = await readHandIn(handIn, grading.assignment.handIn);
    return { graded: await grade(intake, grading), fault: null };
  } catch (error) {
    // Whatever is thrown here is a fault of ours (a full disk, a bug), because students' mistakes are values.
    const fault = error instanceof Error ? error : new Error(String(error));
    const result = notGradableResult(intake, grading, 'A fault on the grader’s side kept this hand-in from being graded. It costs no marks.');
    return { graded: { result, usage: { cpuSeconds: 0, wallSeconds: 0 } }, fault };
  }
}
