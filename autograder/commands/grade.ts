/** `elbow grade`: a batch of hand-ins becomes reports. */
import os from 'node:os';
import path from 'node:path';
import type { Backend } from '../../contract/messages.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import type { Assignment } from '../../contract/rubric.ts';
import type { Term } from '../../contract/term.ts';
import { openAnswerKey } from '../answer-key/answer-key.ts';
import { hashOf } from '../answer-key/certificate.ts';
import { gradeBatch } from '../batch/batch.ts';
import { openEvaluator } from '../evaluator/evaluator.ts';
import { findHandIns, readRoster, readStudentList } from '../intake/intake.ts';
import { languages } from '../languages/languages.ts';
import type { Grading, Usage } from '../pipeline.ts';
import { changesBetween } from '../report/report.ts';
import { BARE_WARNING } from '../sandbox/bare.ts';
import type { Isolation } from '../sandbox/sandbox.ts';
import { settle } from '../score/score.ts';
import { foundationsOf, requireCertificate } from './certification.ts';
import { type Console, exitCodes, UsageError } from './console.ts';
import { notesOnPictures, withoutFigures } from './class-pictures.ts';
import { hiddenSubset } from './hidden-subset.ts';
import { openManualMarks } from './manual-marks.ts';
import { isFor, readNames } from './names-file.ts';
import { findAssignment, fixturesFolder, readOriginals, readTemplateTexts } from './course-files.ts';
import { runDryRun } from './dry-run.ts';
import { inOtherLanguages } from './other-languages.ts';
import { appendChanges, openOutputFolder, type OutputFolder, readGrades, writeLogs, writeStaff, writeStudent } from './output-folder.ts';
import { startProgress } from './progress.ts';
import { openGradedBefore } from './graded-before.ts';
import { regrade, type Regrading, requireVerdicts, scopeOf } from './regrading.ts';
import { requireBox } from './require-box.ts';
import { readTerm, readTimes, strangersTo, timesOf } from './term-file.ts';

export interface GradeOptions {
  readonly assignment: string;
  readonly out: string;
  readonly jobs?: number;
  readonly students?: string;
  readonly roster?: string;
  readonly dryRun?: boolean;
  readonly fixtures?: string;
  /** Marking sheets of further markers. */
  readonly marks?: readonly string[];
  /** The term's file: due time, extensions, policy. */
  readonly term?: string;
  /** What the course calls the functions; absent: the file that the term names. */
  readonly names?: string;
  /** When each student handed in. */
  readonly times?: string;
  /** A folder with the real data set, for checkpoints that were trained on it. */
  readonly data?: string;
  readonly backend: Backend | 'auto';
  readonly isolation: Isolation;
  /** Deletes the reports of an earlier grading in the same folder. */
  readonly fresh?: boolean;
  /** Students or parts of task ids that are graded anew; all else is left as it is. */
  readonly only?: readonly string[];
  /** The examples are public and so may their cases be: that needs no words. */
  readonly demo?: boolean;
  /** Goes on without a valid certificate, and says so on every page. */
  readonly uncertified: boolean;
}

export async function runGrade(submissions: readonly string[], options: GradeOptions, console: Console): Promise<number> {
  const plain = findAssignment(options.assignment);
  const term = await termOf(options.term, plain);
  const assignment = await namedBy(options, term, plain);
  const listed = options.times === undefined ? new Map<string, string>() : await readTimes(options.times, term?.zone ?? 'UTC');
  const students = options.students === undefined ? undefined : await readStudentList(options.students);
  const roster = options.roster === undefined ? undefined : await readRoster(options.roster);
  const batch = await findHandIns(submissions, { rules: assignment.handIn, ...(students === undefined ? {} : { students }), ...(roster === undefined ? {} : { roster }) });
  const { handIns, absent } = batch;
  const notes = [...batch.odd, ...strangersTo(new Set([...handIns.map(({ student }) => student.id), ...absent.map(({ id }) => id)]), listed, term)];
  const times = timesOf(handIns, listed, term);
  for (const note of notes) console.print(note);
  const scope = scopeOf(options.only, handIns.map(({ student }) => student.id), assignment);
  if (options.only !== undefined && options.fresh === true) throw new UsageError('--only keeps what was graded and --fresh deletes it: give one of them.');
  if (options.dryRun === true) return runDryRun(batch, assignment, console);
  const isolation = options.isolation === 'bubblewrap' ? await requireBox(console.signal) : 'none';
  if (isolation === null) {
    console.print('Stopped before anything was graded.');
    return exitCodes.interrupted;
  }
  const fixtures = fixturesFolder(assignment, options.fixtures);
  const key = await openAnswerKey(fixtures, { basicOnly: false });
  if (key.publicOnly && options.demo !== true) {
    console.print('Public cases only: whoever looks into the repository knows them. For hidden ones see elbow fixtures generate --help, then grade with --fixtures.');
  }
  const judging = {
    assignment,
    key,
    language: languages.typescript,
    originals: await readOriginals(assignment),
    templateTexts: await readTemplateTexts(assignment),
    isolation: options.isolation,
    backend: options.backend,
    otherLanguages: await inOtherLanguages(assignment, key),
  };
  const warnings = [...(options.isolation === 'none' ? [BARE_WARNING] : []), ...(await requireCertificate(fixtures, { ...judging, assignment: plain }, options.uncertified))];
  for (const warning of warnings) console.print(`WARNING: ${warning}`);
  const evaluator = openEvaluator({ backend: options.backend, ...(options.data === undefined ? {} : { data: path.resolve(options.data) }) });
  const grading: Grading = { ...judging, warnings, ...(evaluator === null ? {} : { evaluator }), ...hiddenSubset(key) };
  const out = await openOutputFolder(path.resolve(options.out), key, options.fresh === true);
  const ids = handIns.map(({ student }) => student.id);
  const before = await openGradedBefore(out, ids, hashOf([await foundationsOf(judging), options.isolation, options.backend, options.data ?? null]));
  requireVerdicts(scope, ids, before);
  const earlier = await readGrades(out);
  const ways = new Map<string, Regrading>();
  const toKeep = new Map<string, () => Promise<void>>();
  const marking = await openManualMarks(assignment, out, options.marks ?? [], ids);
  const results: SubmissionResult[] = [];
  const usage = new Map<string, Usage>();
  // In the log and not on the class page: it speaks of the machine, and pages are the same on every machine.
  const log: string[] = [`isolation: ${isolation}`];
  const progress = startProgress(console, handIns.length, 'Graded');
  try {
    await gradeBatch(handIns, grading, {
      jobs: options.jobs ?? os.availableParallelism(),
      signal: console.signal,
      grade: async (intake, withBoxes) => {
        const { how, isWhole, ...graded } = await regrade(intake, withBoxes, scope, before);
        ways.set(graded.result.student.id, how);
        // Not here: what goes wrong while a hand-in is graded is taken for a fault of its grading.
        if (!how.startsWith('kept')) toKeep.set(graded.result.student.id, () => before.keep(intake, graded, isWhole));
        return graded;
      },
      onGraded: async (graded, fault) => {
        const marked = marking.apply(graded.result);
        const result = term === null ? marked : settle(marked, term, times.get(marked.student.id), assignment.policy);
        if (fault !== null) log.push(`${result.student.id}: ${fault.stack ?? fault.message}`);
        await writeStudent(out, result);
        await toKeep.get(result.student.id)?.();
        toKeep.delete(result.student.id);
        results.push(withoutFigures(result));
        usage.set(result.student.id, graded.usage);
        progress.step(`${describe(result)}${ways.get(result.student.id)?.startsWith('kept') === true ? ' (as before)' : ''}`);
      },
    });
  } finally {
    // A report that cannot be written ends the batch, and a program left running would keep this one alive.
    evaluator?.close();
    progress.stop();
  }
  await writeLogs(out, usage, log);
  if (console.signal.aborted) {
    console.print(`Stopped after ${results.length} of ${handIns.length}. Their reports are whole; run the same command again for the rest and the class page.`);
    return exitCodes.interrupted;
  }
  const problems = await marking.finish();
  await writeStaff(out, results, { title: assignment.title, notes: [...notes, ...problems, ...notesOnPictures(results)], absent });
  const kept = [...ways].filter(([, how]) => how.startsWith('kept'));
  const code = summarise(results, new Set(kept.map(([student]) => student)), out.root, console);
  for (const [student, how] of kept) if (how !== 'kept') console.print(`${student}: the hand-in has changed since it was graded. It was not looked at: grade it with --only ${student}`);
  if (earlier !== null) await tellChanges(changesBetween(earlier, results, ways), out, console);
  for (const problem of problems) console.print(problem);
  return problems.length > 0 && code === exitCodes.done ? exitCodes.needsAttention : code;
}

/** The assignment as the course's own hand-out asks it. */
async function namedBy({ names, term: file = '' }: GradeOptions, term: Term | null, assignment: Assignment): Promise<Assignment> {
  const stated = names ?? (term?.names === undefined ? undefined : path.join(path.dirname(file), term.names));
  return stated === undefined ? assignment : isFor(await readNames(stated), assignment.id, stated);
}

/** Without a file the assignment's own rules hold, where it has some. */
async function termOf(file: string | undefined, assignment: Assignment): Promise<Term | null> {
  if (file !== undefined) return readTerm(file, assignment);
  return assignment.policy === undefined ? null : { assignment: assignment.id, name: '' };
}

function describe({ student, status, grade }: SubmissionResult): string {
  if (status !== 'graded') return `${student.id}: ${status}`;
  return `${student.id}: ${grade.machine.earned} of ${grade.machine.points} by machine${grade.awaitingPoints > 0 ? `, ${grade.awaitingPoints} awaiting a person` : ''}`;
}

/** Nothing is graded anew in silence: what changed is told, and kept for whoever asks later. */
async function tellChanges(changes: readonly string[], out: OutputFolder, console: Console): Promise<void> {
  console.print('');
  console.print(changes.length === 0 ? 'Nobody’s marks changed since the last run.' : 'Changed since the last run:');
  for (const line of changes) console.print(`  ${line}`);
  if (changes.length > 0) await appendChanges(out, changes);
}

function summarise(results: readonly SubmissionResult[], kept: ReadonlySet<string>, root: string, console: Console): number {
  const refused = results.filter(({ status }) => status === 'refused').toSorted(byStudent);
  const open = results.filter(({ status, grade }) => status === 'not-gradable' || (status === 'graded' && grade.notGradablePoints > 0)).toSorted(byStudent);
  console.print('');
  const anew = results.filter(({ student }) => !kept.has(student.id));
  const graded = anew.filter(({ status }) => status !== 'refused').length;
  const others = [
    ...(graded < anew.length ? [`${anew.length - graded} refused`] : []),
    ...(kept.size > 0 ? [`${kept.size} as before (--fresh grades all of them again)`] : []),
  ];
  console.print(`${[`${graded} ${graded === 1 ? 'hand-in' : 'hand-ins'} graded`, ...others].join(', ')}.`);
  for (const { student, reason } of refused) console.print(`Refused: ${student.id}: ${reason ?? ''}`);
  for (const { student } of open) console.print(`Not (wholly) gradable, no marks lost: ${student.id} (see ${path.join(root, 'staff', 'logs', 'grading.log')})`);
  console.print('');
  console.print(`  For students   ${path.join(root, 'students')}${path.sep}`);
  console.print(`  For staff      ${path.join(root, 'staff', 'class.html')}`);
  console.print(`  Marks          ${path.join(root, 'staff', 'grades.csv')}`);
  if (results.some(({ grade }) => grade.awaitingPoints > 0)) {
    console.print(`  To be marked   ${path.join(root, 'staff', 'marking')}${path.sep}, into ${path.join(root, 'staff', 'manual-marks.csv')}; then grade again`);
  }
  return refused.length + open.length > 0 ? exitCodes.needsAttention : exitCodes.done;
}

function byStudent(a: SubmissionResult, b: SubmissionResult): number {
  return a.student.id < b.student.id ? -1 : 1;
}
