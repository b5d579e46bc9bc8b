/** Puts a person's marks into a graded hand-in. A row that is not right is named and changes nothing. */
import type { TaskResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { gradeOf } from '../score/score.ts';
import { isForAPerson, type MarkRow, rowName } from './mark-row.ts';
import { parseMark } from './read-marks.ts';

export interface Applied {
  readonly result: SubmissionResult;
  readonly problems: readonly string[];
}

/** A row that holds a mark within the task's range. */
interface ValidMark {
  readonly row: MarkRow;
  readonly value: number;
}

/** `rows`: those of this student. */
export function applyMarks(result: SubmissionResult, rows: readonly MarkRow[]): Applied {
  if (rows.length === 0) return { result, problems: [] };
  const problems: string[] = [];
  const known = new Set(result.questions.flatMap(({ tasks }) => tasks.map(({ task }) => task)));
  for (const { place, task } of rows.filter((row) => !known.has(row.task))) problems.push(`${place}: there is no task ${task || 'without an id'}. The mark changes nothing.`);
  const questions = result.questions.map((question) => ({
    ...question,
    tasks: question.tasks.map((task) => {
      const mine = rows.filter((row) => row.task === task.task);
      return mine.length === 0 ? task : markTask(task, result.student.id, mine, problems);
    }),
  }));
  return { result: { ...result, questions, grade: gradeOf(questions) }, problems };
}

function markTask(task: TaskResult, student: string, rows: readonly MarkRow[], problems: string[]): TaskResult {
  const name = isForAPerson(task) ? rowName(task, student) : '';
  const earlier = rows.filter(({ row }) => row !== '' && row !== name);
  for (const { place, mark } of earlier) problems.push(`${place}: the answer of ${student} to ${task.task} has changed since it was given ${mark}. Look at it again, in the row that was added.`);
  const marks = rows.filter((row) => !earlier.includes(row)).flatMap((row) => validMark(row, task, student, name === '', problems) ?? []);
  const [first, ...others] = marks;
  if (first === undefined) return task;
  const other = others.find(({ value }) => value !== first.value);
  if (other !== undefined) {
    problems.push(`${first.row.place} and ${other.row.place} give ${student} ${first.value} and ${other.value} for ${task.task}. Neither counts until they agree.`);
    return task;
  }
  const comment = [...new Set(marks.map(({ row }) => row.comment).filter((text) => text !== ''))].join('\n');
  return {
    ...task,
    outcome: first.value >= task.points ? 'pass' : 'fail',
    earned: first.value,
    marked: { override: name === '', ...(comment === '' ? {} : { comment }), ...(first.row.reason === '' ? {} : { reason: first.row.reason }) },
  };
}

/** `overrides`: the machine has marked this task, or nobody was asked to. */
function validMark(row: MarkRow, task: TaskResult, student: string, overrides: boolean, problems: string[]): ValidMark | null {
  const nothing = 'The mark changes nothing.';
  const value = parseMark(row.mark);
  if (value === null) problems.push(`${row.place}: “${row.mark}” is no mark for ${task.task} of ${student}; a number like 2 or 2.5 is. ${nothing}`);
  else if (value > task.points) problems.push(`${row.place}: ${row.mark} is more than the ${task.points} that ${task.task} is worth. ${nothing}`);
  else if (overrides && row.reason === '') problems.push(`${row.place}: a mark in place of the machine's for ${task.task} of ${student} needs a reason, which the student is shown. ${nothing}`);
  else return { row, value };
  return null;
}
