/**
 * The two ends of the scale: the reference, handed in as a student would, has every mark of the machine,
 * and the untouched template none. In every box and on every backend.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import { openAnswerKey } from '../../autograder/answer-key/answer-key.ts';
import { fixturesFolder, readOriginals, readTemplateTexts } from '../../autograder/commands/course-files.ts';
import { inspectBox } from '../../autograder/host/host.ts';
import { readHandIn } from '../../autograder/intake/intake.ts';
import { languages } from '../../autograder/languages/languages.ts';
import { gradeIntake, type Grading } from '../../autograder/pipeline.ts';
import type { Isolation } from '../../autograder/sandbox/sandbox.ts';
import type { Backend } from '../../contract/messages.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Intake } from '../../contract/submission.ts';
import { referenceFiles } from '../../fixtures/reference-session.ts';
import { projectRoot } from './command-line.ts';

const places: readonly { readonly isolation: Isolation; readonly backend: Backend | 'auto' }[] = (['bubblewrap', 'none'] as const).flatMap((isolation) =>
  (['auto', 'cpu', 'wasm', 'native'] as const).map((backend) => ({ isolation, backend })),
);

let grading: Omit<Grading, 'isolation' | 'backend'>;
let reference: Intake;
let template: Intake;
let boxed: boolean;

beforeAll(async () => {
  grading = {
    assignment,
    key: await openAnswerKey(fixturesFolder(assignment, undefined), { basicOnly: false }),
    language: languages.typescript,
    originals: await readOriginals(assignment),
    templateTexts: await readTemplateTexts(assignment),
    warnings: [],
  };
  reference = await referenceHandIn();
  const student = { id: 'template' };
  template = await readHandIn({ student, source: 'cs236-hw2', path: `${projectRoot}/student-template/cs236-hw2` }, assignment.handIn);
  boxed = (await inspectBox()).status === 'present';
});

/** The reference keeps the assignment's files in a folder of their own; a student hands them in at the top. */
async function referenceHandIn(): Promise<Intake> {
  const code = (await referenceFiles(assignment.id)).map(({ path, text }) =>
    path.startsWith(`${assignment.id}/`) ? { path: path.slice(assignment.id.length + 1), text: text.replaceAll("'../", "'./") } : { path, text },
  );
  return { kind: 'submission', submission: { student: { id: 'reference' }, source: 'reference', code, written: [], attachments: [], results: [], notes: [] } };
}

type Place = (typeof places)[number];

/** Why it cannot be tried here, or null. */
function missing({ isolation, backend }: Place): string | null {
  if (isolation === 'bubblewrap' && !boxed) return 'there is no sandbox on this machine';
  if (backend !== 'auto' && languages.typescript.launch(backend) === null) return `the ${backend} backend is not on this machine`;
  return null;
}

async function grade(intake: Intake, place: Place): Promise<SubmissionResult> {
  return (await gradeIntake(intake, { ...grading, ...place })).result;
}

/** What is not full marks, with everything that was said about it. */
function shortcomings({ questions }: SubmissionResult) {
  const tasks = questions.flatMap((question) => question.tasks).filter(({ outcome, checks }) => checks.length > 0 && outcome !== 'unanswered');
  return tasks.flatMap(({ task, outcome, message, checks }) =>
    outcome === 'pass' ? [] : [{ task, outcome, message, checks: checks.filter((check) => check.outcome !== 'pass') }],
  );
}

describe('the reference', () => {
  it.for(places)('scores 56 of 56 with its functions in $isolation on $backend', async (place, { skip }) => {
    const why = missing(place);
    if (why !== null) skip(why);
    const result = await grade(reference, place);
    expect(shortcomings(result)).toEqual([]);
    expect(result.grade).toMatchObject({ machine: { earned: 56, points: 65 }, notGradablePoints: 0 });
    expect(result.questions.flatMap(({ tasks }) => tasks.flatMap(({ remarks }) => remarks))).toEqual([]);
  });
});

describe('the untouched template', () => {
  it.for(places)('scores 0, every task open, in $isolation on $backend', async (place, { skip }) => {
    const why = missing(place);
    if (why !== null) skip(why);
    const { grade: marks, notes, questions } = await grade(template, place);
    const tasks = questions.flatMap((question) => question.tasks);
    expect(tasks.filter(({ outcome }) => outcome !== 'unanswered')).toEqual([]);
    expect(tasks.filter(({ earned, console: printed }) => earned !== 0 || printed !== undefined)).toEqual([]);
    expect(marks).toMatchObject({ raw: 0, bonus: 0, final: 0, lowest: 0, highest: 0, machine: { earned: 0, points: 65 }, notGradablePoints: 0 });
    expect(notes).toEqual([]);
  });
});
