/** The summary `elbow check` prints: a line a task, what to look at, and the total. */
import colours from 'picocolors';
import type { ErrorShown, Outcome, TaskResult } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';
import { derivationText } from './derivation-text.ts';
import { number, outOf } from './marks.ts';
import { isOpen, outcomeWords } from './outcome-words.ts';
import { nameOf } from './student-name.ts';
import { onOneLine, withVisibleText } from './visible-text.ts';

type Paint = ReturnType<typeof colours.createColors>;

export function terminalSummary(unsafe: SubmissionResult, coloured: boolean = colours.isColorSupported): string {
  const paint = colours.createColors(coloured);
  const result = withVisibleText(unsafe);
  const lines = [
    paint.bold(`${onOneLine(result.assignment.title)}, ${nameOf(result.student)}`),
    ...result.warnings.map((warning) => paint.yellow(`! ${onOneLine(warning)}`)),
    ...(result.status === 'graded' ? [] : ['', ...withoutMarks(result, paint)]),
    ...result.questions.flatMap((question) => ['', paint.bold(onOneLine(question.title)), ...question.tasks.flatMap((task) => taskLines(task, paint))]),
    ...(result.status === 'graded' ? ['', ...totalLines(result, paint)] : []),
    ...result.notes.map((note) => paint.dim(`note: ${onOneLine(note)}`)),
  ];
  return `${lines.join('\n')}\n`;
}

function withoutMarks(result: SubmissionResult, paint: Paint): readonly string[] {
  const reason = onOneLine(result.reason ?? 'no reason was given');
  if (result.status === 'refused') return [`${paint.red('✗ not accepted')}  ${reason}`, '  Nothing was marked: put this right and try again.'];
  return [`${paint.yellow('! not gradable')}  ${reason}`, `  ${outcomeWords['not-gradable'].meaning}`];
}

function taskLines(task: TaskResult, paint: Paint): readonly string[] {
  const { word, sign } = outcomeWords[task.outcome];
  const colour = painter(task.outcome, paint);
  const earned = isOpen(task.outcome) ? `– of ${number(task.points)}` : outOf(task.earned, task.points);
  const where = task.where === '' ? '' : paint.dim(`  ${onOneLine(task.where)}`);
  const head = `${colour(`${sign} ${word.padEnd(17)}`)} ${earned.padStart(9)}  ${onOneLine(task.title)}${task.bonus ? ' (bonus)' : ''}${where}`;
  const derivation = task.derivation === undefined ? [] : derivationText(task.derivation.lines, paint);
  return [head, ...details(task, paint).map((line) => `    ${line}`), ...derivation.map((line) => `    ${line}`.trimEnd())];
}

function details(task: TaskResult, paint: Paint): readonly string[] {
  const { meaning } = outcomeWords[task.outcome];
  const said = [
    ...(task.error === undefined ? [onOneLine(task.message)] : errorLines(task.error, paint)),
    task.outcome === 'not-gradable' || task.message === '' ? meaning : '',
    task.diagnosis === undefined ? '' : `${paint.cyan('your numbers:')} ${onOneLine(task.diagnosis.feedback)}`,
    ...task.checks.filter(({ outcome }) => outcome === 'fail').flatMap((check) => [
      onOneLine(check.message) === onOneLine(task.message) ? '' : `${onOneLine(check.title)}: ${onOneLine(check.message)}`,
      check.hint === undefined ? '' : `${paint.cyan('look at:')} ${onOneLine(check.hint)}`,
    ]),
    ...task.remarks.map((remark) => `${paint.dim('remark:')} ${onOneLine(remark)}`),
  ];
  return [...new Set(said.filter((line) => line !== ''))];
}

function errorLines(error: ErrorShown, paint: Paint): readonly string[] {
  const first = error.frames[0];
  const place = first === undefined ? '' : ` at ${onOneLine(first.path)}:${first.line}:${first.column}`;
  return [`${paint.red(onOneLine(error.name))}: ${onOneLine(error.message)}${paint.bold(place)}`];
}

function totalLines({ grade, fixtures }: SubmissionResult, paint: Paint): readonly string[] {
  const bonus = grade.bonusPoints > 0 ? `, bonus ${outOf(grade.bonus, grade.bonusPoints)}` : '';
  const cases = fixtures.publicOnly ? [paint.dim('Public cases only: the course grades with further ones.')] : [];
  if (grade.final !== null) return [paint.bold(`Total ${outOf(grade.raw, grade.points)}${bonus}; final mark ${number(grade.final)}`), ...cases];
  const open = [
    grade.awaitingPoints > 0 ? `${number(grade.awaitingPoints)} await a person` : '',
    grade.notGradablePoints > 0 ? `${number(grade.notGradablePoints)} could not be graded` : '',
  ].filter((part) => part !== '');
  return [
    paint.bold(`So far ${outOf(grade.raw, grade.points)}${bonus}`),
    `Not final: ${open.join(' and ') || 'something is not settled'}, so the final mark lies between ${number(grade.lowest)} and ${number(grade.highest)}.`,
    ...cases,
  ];
}

function painter(outcome: Outcome, paint: Paint): (text: string) => string {
  switch (outcome) {
    case 'pass':
      return paint.green;
    case 'fail':
      return paint.red;
    case 'unanswered':
      return paint.dim;
    case 'awaiting-person':
      return paint.magenta;
    case 'not-gradable':
      return paint.yellow;
  }
}
