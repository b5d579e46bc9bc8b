/** What the class page shows to staff, as plain data: first what needs a person, then how the class did. */
import type { CheckResult, Outcome, TaskResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { groupBy } from '../group-by.ts';
import { footingOf, type Footing } from './footing.ts';
import { type Histogram, histogramOf } from './histogram.ts';
import { inOrder } from './in-order.ts';
import { marks, number, percent } from './marks.ts';
import { openPoints } from './open-points.ts';
import { outcomeWords, statusWords } from './outcome-words.ts';
import { type CheckView, commonMistakes, type DifficultyView, frequentFailures, hardestTasks, type MistakeView, type TaskOf } from './class-tasks.ts';
import { idBeside, nameOf } from './student-name.ts';
import { onOneLine, withVisibleText } from './visible-text.ts';

export interface ClassMeta {
  readonly title: string;
  /** What concerns the whole class: students without a hand-in, hand-ins of unknown students. */
  readonly notes: readonly string[];
  /** Who is on the roster and handed nothing in. */
  readonly absent?: readonly SubmissionResult['student'][];
}

export interface ClassView {
  readonly pageTitle: string;
  readonly title: string;
  readonly counts: string;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** Hand-ins without marks, with why. */
  readonly stopped: readonly StoppedView[];
  readonly notGradable: readonly WaitingView[];
  readonly awaiting: readonly WaitingView[];
  readonly nothingWaits: boolean;
  /** Marks and waivers that people put in the place of the machine's. */
  readonly decisions: readonly DecisionView[];
  readonly histogram: Histogram;
  readonly hardest: readonly DifficultyView[];
  readonly mistakes: readonly MistakeView[];
  readonly failures: readonly CheckView[];
  readonly students: readonly StudentRow[];
  readonly details: readonly StudentDetails[];
  readonly footing: Footing;
}

interface Link {
  readonly name: string;
  readonly href: string;
}

interface StoppedView {
  readonly student: Link;
  readonly outcome: Outcome;
  readonly word: string;
  readonly reason: string;
}

/** One task and one reason, with everyone it concerns. */
interface WaitingView {
  readonly task: string;
  readonly title: string;
  readonly reason: string;
  readonly count: string;
  readonly students: readonly Link[];
}

interface DecisionView {
  readonly task: string;
  readonly reason: string;
  /** Where it is not everybody's. */
  readonly students: readonly Link[];
  readonly who: string;
}

interface StudentRow {
  readonly student: Link;
  readonly id: string;
  readonly status: string;
  readonly raw: string;
  readonly bonus: string;
  readonly final: string;
  readonly awaiting: string;
  readonly notGradable: string;
  readonly details: string;
}

interface StudentDetails {
  readonly anchor: string;
  readonly name: string;
  readonly summary: string;
  readonly tasks: readonly {
    readonly id: string;
    /** Which known mistake it is, and where it was recognised. */
    readonly diagnosis: readonly string[];
    readonly checks: readonly { readonly title: string; readonly outcome: Outcome; readonly word: string; readonly message: string; readonly evidence: readonly string[] }[];
  }[];
}

export function viewClass(unsafe: readonly SubmissionResult[], meta: ClassMeta): ClassView {
  const ordered = inOrder(unsafe);
  const links = ordered.map(({ student }) => linkTo(student));
  const results = withVisibleText(ordered);
  const tasks = results.flatMap((result, place) =>
    result.status === 'graded' ? tasksIn(result).map((task) => ({ task, student: links[place] ?? linkTo(result.student) })) : [],
  );
  const stopped = results.flatMap((result, place) => stoppedView(result, links[place] ?? linkTo(result.student)));
  const notGradable = waiting(tasks, 'not-gradable');
  const awaiting = waiting(tasks, 'awaiting-person');
  const title = onOneLine(meta.title);
  return {
    pageTitle: `${title}: the class`,
    title,
    counts: countsText(results),
    warnings: [...new Set(results.flatMap((result) => result.warnings))],
    notes: withVisibleText(meta.notes),
    stopped,
    notGradable,
    awaiting,
    nothingWaits: stopped.length + notGradable.length + awaiting.length === 0,
    decisions: decisions(tasks, results.filter(({ status }) => status === 'graded').length),
    histogram: histogramOf(results),
    hardest: hardestTasks(tasks),
    mistakes: commonMistakes(tasks),
    failures: frequentFailures(tasks),
    students: results.map((result, place) => studentRow(result, links[place] ?? linkTo(result.student), place)),
    details: results.flatMap(studentDetails),
    footing: footingOf(results),
  };
}

type TaskOfLinked = TaskOf & { readonly student: Link };

/** The file is found by the id as it is, so this takes the student before anything was made visible. */
function linkTo(student: SubmissionResult['student']): Link {
  const file = encodeURIComponent(student.id.replaceAll(/\p{Surrogate}/gu, '\u{fffd}'));
  return { name: nameOf(student), href: `../students/${file}.html` };
}

function countsText(results: readonly SubmissionResult[]): string {
  const count = (status: SubmissionResult['status']): number => results.filter((result) => result.status === status).length;
  const parts = [`${count('graded')} graded`, `${count('refused')} refused`, `${count('not-gradable')} not gradable`];
  return `${results.length} ${results.length === 1 ? 'hand-in' : 'hand-ins'}: ${parts.join(', ')}`;
}

function stoppedView({ status, reason }: SubmissionResult, student: Link): readonly StoppedView[] {
  if (status === 'graded') return [];
  const outcome = status === 'refused' ? 'fail' : 'not-gradable';
  return [{ student, outcome, word: statusWords[status], reason: reason ?? 'no reason was recorded' }];
}

function waiting(tasks: readonly TaskOfLinked[], outcome: 'awaiting-person' | 'not-gradable'): readonly WaitingView[] {
  const groups = groupBy(
    tasks.filter(({ task }) => task.outcome === outcome),
    // Where checks are open the reason tells them apart; an answer waits for the same person whatever file it is in.
    ({ task }) => JSON.stringify([task.task, task.checks.length > 0 ? task.message : '', openPoints(task, outcome)]),
  );
  const place = new Map([...new Set(tasks.map(({ task }) => task.task))].map((task, index) => [task, index]));
  const inAssignmentOrder = [...groups.values()].toSorted((a, b) => (place.get(a[0]?.task.task ?? '') ?? 0) - (place.get(b[0]?.task.task ?? '') ?? 0));
  return inAssignmentOrder.flatMap((group) => {
    const first = group[0]?.task;
    if (first === undefined) return [];
    const students = group.map(({ student }) => student);
    const open = marks(openPoints(first, outcome));
    const count = students.length === 1 ? `1 student, ${open}` : `${students.length} students, ${open} each`;
    return [{ task: first.task, title: onOneLine(first.title), reason: first.checks.length > 0 ? first.message : '', count, students }];
  });
}

/** By task and reason; what holds for the whole class names nobody. */
function decisions(tasks: readonly TaskOfLinked[], graded: number): readonly DecisionView[] {
  const overridden = tasks.filter(({ task }) => task.marked?.override === true);
  const groups = groupBy(overridden, ({ task }) => JSON.stringify([task.task, task.marked?.reason ?? '']));
  return [...groups.values()].flatMap((group) => {
    const first = group[0]?.task;
    if (first === undefined) return [];
    const isEverybody = group.length === graded && graded > 1;
    return [{ task: first.task, reason: onOneLine(first.marked?.reason ?? ''), students: isEverybody ? [] : group.map(({ student }) => student), who: isEverybody ? 'everybody' : '' }];
  });
}

function studentRow(result: SubmissionResult, link: Link, place: number): StudentRow {
  const { student, status, grade } = result;
  const graded = status === 'graded';
  return {
    student: link,
    id: idBeside(student),
    status: statusWords[status],
    raw: graded ? number(grade.raw) : '',
    bonus: graded && grade.bonusPoints > 0 ? number(grade.bonus) : '',
    final: graded && grade.final !== null ? number(grade.final) : '',
    awaiting: grade.awaitingPoints > 0 ? number(grade.awaitingPoints) : '',
    notGradable: grade.notGradablePoints > 0 ? number(grade.notGradablePoints) : '',
    details: tasksToSee(result).length > 0 ? `#${anchorOf(place)}` : '',
  };
}

function studentDetails(result: SubmissionResult, place: number): readonly StudentDetails[] {
  const tasks = tasksToSee(result);
  if (tasks.length === 0) return [];
  const { earned, points } = result.grade.machine;
  const share = points > 0 ? `, ${percent(earned / points)} of what the machine marks` : '';
  const summary = `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'} with checks to see${share}`;
  return [{ anchor: anchorOf(place), name: nameOf(result.student), summary, tasks }];
}

/** Unanswered and right checks have nothing to look at. */
function tasksToSee(result: SubmissionResult): StudentDetails['tasks'] {
  if (result.status !== 'graded') return [];
  return tasksIn(result).flatMap((task) => {
    const checks = task.checks.filter(({ outcome }) => outcome !== 'pass' && outcome !== 'unanswered').map(checkDetails);
    return checks.length === 0 ? [] : [{ id: task.task, diagnosis: task.diagnosis?.evidence ?? [], checks }];
  });
}

function checkDetails({ title, outcome, message, evidence }: CheckResult): StudentDetails['tasks'][number]['checks'][number] {
  return { title: onOneLine(title), outcome, word: outcomeWords[outcome].word, message, evidence };
}

function anchorOf(place: number): string {
  return `student-${place + 1}`;
}

function tasksIn(result: SubmissionResult): readonly TaskResult[] {
  return result.questions.flatMap(({ tasks }) => tasks);
}
