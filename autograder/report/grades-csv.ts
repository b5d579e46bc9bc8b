/** grades.csv: one row a student, for the gradebook. An open mark is an empty cell, never a zero. */
import { stringify } from 'csv-stringify/sync';
import type { TaskResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { compareText, inOrder } from './in-order.ts';
import { number } from './marks.ts';
import { openPoints } from './open-points.ts';
import { isOpen, statusWords } from './outcome-words.ts';
import { visible } from './visible-text.ts';

type Column = readonly [name: string, cell: (result: SubmissionResult) => string];

const columns: readonly Column[] = [
  ['student_id', ({ student }) => text(student.id)],
  ['name', ({ student }) => text(student.name ?? '')],
  ['status', ({ status }) => statusWords[status]],
  ['raw', (result) => ifGraded(result, result.grade.raw)],
  ['bonus', (result) => ifGraded(result, result.grade.bonus)],
  ['final', (result) => ifGraded(result, result.grade.final)],
  ['awaiting_points', ({ grade }) => number(grade.awaitingPoints)],
  ['not_gradable_points', ({ grade }) => number(grade.notGradablePoints)],
];

/** @param absent who is on the roster and handed nothing in: a row with no marks, since what that means is for the course to say. */
export function gradesCsv(results: readonly SubmissionResult[], absent: readonly SubmissionResult['student'][] = []): string {
  const ordered = inOrder(results);
  const taskIds = [...new Set(ordered.flatMap((result) => tasksOf(result).map(({ task }) => task)))];
  const header = [...columns.map(([name]) => name), ...taskIds];
  const rows = ordered.map((result) => {
    const tasks = new Map(tasksOf(result).map((task) => [task.task, task]));
    return [...columns.map(([, cell]) => cell(result)), ...taskIds.map((id) => taskCell(tasks.get(id)))];
  });
  const empty = absent.map(({ id, name }) => [text(id), text(name ?? ''), 'no hand-in', ...Array.from({ length: header.length - 3 }, () => '')]);
  const all = [...rows, ...empty].toSorted(([a = ''], [b = '']) => compareText(a, b));
  return stringify([header, ...all], { record_delimiter: 'unix' });
}

function tasksOf(result: SubmissionResult): readonly TaskResult[] {
  return result.questions.flatMap(({ tasks }) => tasks);
}

function taskCell(task: TaskResult | undefined): string {
  const isSettled = task !== undefined && !isOpen(task.outcome) && openPoints(task, 'awaiting-person') + openPoints(task, 'not-gradable') === 0;
  return isSettled ? number(task.earned) : '';
}

function ifGraded({ status }: SubmissionResult, value: number | null): string {
  return status === 'graded' && value !== null ? number(value) : '';
}

/**
 * A spreadsheet runs a cell that starts like a formula, some after skipping blanks or a byte order mark,
 * some in its full-width form. An apostrophe in front makes it text again.
 */
function text(cell: string): string {
  const risky = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r]/u.test(cell);
  return (risky ? "'" : '') + visible(cell);
}
