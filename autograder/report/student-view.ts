/** What the student page shows, as plain data. Evidence is for staff: nothing here carries it on. */
import type { CheckResult, ErrorShown, Outcome, TaskResult } from '../../contract/outcome.ts';
import type { QuestionResult, SubmissionResult } from '../../contract/result.ts';
import { type Bar, barOf } from './bar.ts';
import { type DerivationLineView, viewDerivation } from './derivation-view.ts';
import { type FigureView, viewFigures } from './figure-view.ts';
import { footingOf, type Footing } from './footing.ts';
import { marks, number } from './marks.ts';
import { openPoints } from './open-points.ts';
import { isOpen, outcomeWords } from './outcome-words.ts';
import { idBeside, nameOf } from './student-name.ts';
import { onOneLine, withVisibleText } from './visible-text.ts';

/** In characters: a short answer may well be given twice. */
const LONG_ANSWER = 200;

export interface StudentView {
  readonly pageTitle: string;
  readonly assignment: string;
  readonly student: string;
  readonly studentId: string;
  readonly source: string;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  /** Why there are no marks; null when there are. */
  readonly stopped: { readonly outcome: Outcome; readonly title: string; readonly reason: string; readonly advice: string } | null;
  readonly total: TotalView | null;
  readonly questions: readonly QuestionView[];
  readonly footing: Footing;
}

interface TotalView {
  readonly label: string;
  readonly figure: string;
  readonly of: string;
  readonly bar: Bar;
  readonly lines: readonly { readonly name: string; readonly value: string }[];
  /** Why there is no final mark yet; empty when there is one. */
  readonly open: string;
}

interface QuestionView {
  readonly anchor: string;
  readonly title: string;
  readonly lines: readonly { readonly earned: string; readonly points: string; readonly kind: string; readonly open: string }[];
  readonly tasks: readonly TaskView[];
}

interface TaskView {
  readonly anchor: string;
  readonly title: string;
  readonly where: string;
  readonly handoutName: string;
  readonly bonus: boolean;
  readonly outcome: Outcome;
  readonly word: string;
  readonly earned: string;
  readonly points: string;
  readonly meaning: string;
  readonly message: string;
  /** What the wrong numbers are the result of; empty where that is not known. */
  readonly diagnosis: string;
  readonly checks: readonly CheckView[];
  /** Line by line; empty for other tasks. */
  readonly derivation: readonly DerivationLineView[];
  readonly error: ErrorView | null;
  readonly console: string;
  readonly answer: string;
  /** Said by the person who marked it. */
  readonly comment: string;
  /** Why a person gave another mark than the machine. */
  readonly reason: string;
  readonly remarks: readonly string[];
  readonly figures: readonly FigureView[];
}

interface CheckView {
  readonly title: string;
  readonly outcome: Outcome;
  readonly word: string;
  readonly earned: string;
  readonly points: string;
  readonly message: string;
  readonly hint: string;
}

interface ErrorView {
  readonly name: string;
  readonly message: string;
  readonly frames: readonly string[];
}

export function viewStudent(unsafe: SubmissionResult): StudentView {
  const result = withVisibleText(unsafe);
  const student = nameOf(result.student);
  const assignment = onOneLine(result.assignment.title);
  return {
    pageTitle: `${assignment}: ${student}`,
    assignment,
    student,
    studentId: idBeside(result.student),
    source: onOneLine(result.source.split(/[\\/]/).at(-1) ?? ''),
    warnings: result.warnings,
    notes: result.notes,
    stopped: viewStop(result),
    total: result.status === 'graded' ? viewTotal(result) : null,
    // Without a graded hand-in every task would only say the same again.
    questions: result.status === 'graded' ? withoutRepeatedAnswers(result.questions.map(viewQuestion)) : [],
    footing: footingOf([result]),
  };
}

function viewStop({ status, reason }: SubmissionResult): StudentView['stopped'] {
  const why = reason ?? 'No reason was recorded; please ask the course staff.';
  switch (status) {
    case 'graded':
      return null;
    case 'refused':
      return {
        outcome: 'fail',
        title: 'This hand-in was not accepted',
        reason: why,
        advice:
          'Nothing in it has been marked, so this is no zero: a person decides. Put right what is named here, try it on your own machine with “elbow check”, and hand it in again; if the time for handing in is over, ask the course staff.',
      };
    case 'not-gradable':
      return {
        outcome: 'not-gradable',
        title: 'This hand-in could not be graded yet',
        reason: why,
        advice: `${outcomeWords['not-gradable'].meaning} The course staff can see it and will grade the hand-in again; you need not do anything.`,
      };
  }
}

function viewTotal({ grade, questions }: SubmissionResult): TotalView {
  const isFinal = grade.final !== null;
  const bonus = grade.bonusPoints > 0 ? [{ name: 'Bonus', value: `${number(grade.bonus)} of at most ${number(grade.bonusPoints)}` }] : [];
  const range = grade.lowest === grade.highest ? number(grade.lowest) : `between ${number(grade.lowest)} and ${number(grade.highest)}`;
  return {
    label: isFinal ? 'Final mark' : 'Marks so far',
    figure: number(grade.final ?? grade.raw),
    of: `of ${number(isFinal ? (grade.outOf ?? grade.points) : grade.points)}`,
    bar: barOf('total', questions.flatMap(({ tasks }) => tasks)),
    lines: [
      { name: 'Earned', value: `${number(grade.raw)} of ${number(grade.points)}` },
      ...bonus,
      ...(grade.adjustments ?? []).map(({ rule, from, to }) => ({ name: sentence(rule), value: `${number(from)} becomes ${number(to)}` })),
      { name: 'Final mark', value: grade.final === null ? range : number(grade.final) },
    ],
    open: isFinal ? '' : whyOpen(grade),
  };
}

function sentence(rule: string): string {
  return rule.slice(0, 1).toUpperCase() + rule.slice(1);
}

function whyOpen(grade: SubmissionResult['grade']): string {
  const reasons = [
    grade.awaitingPoints > 0 ? `${marks(grade.awaitingPoints)} ${grade.awaitingPoints === 1 ? 'is' : 'are'} still to be given by a person` : '',
    grade.notGradablePoints > 0 ? `${marks(grade.notGradablePoints)} could not be graded, which is not your fault and costs you nothing` : '',
  ].filter((reason) => reason !== '');
  return `There is no final mark yet: ${reasons.join(', and ') || 'the course staff has not settled it'}.`;
}

function viewQuestion(question: QuestionResult): QuestionView {
  const tasks = question.tasks.map(viewTask);
  const [bonus, counted] = [true, false].map((kind) => question.tasks.filter((task) => task.bonus === kind));
  return {
    anchor: `question-${question.id}`,
    title: onOneLine(question.title),
    lines: [...marksLine(counted ?? [], ''), ...marksLine(bonus ?? [], 'bonus')],
    tasks,
  };
}

/** With all headings gone the whole page may be the answer to every question: it is shown once. */
function withoutRepeatedAnswers(questions: readonly QuestionView[]): readonly QuestionView[] {
  const shown = new Map<string, string>();
  const once = (task: TaskView): TaskView => {
    const first = shown.get(task.answer);
    if (task.answer.length < LONG_ANSWER) return task;
    if (first === undefined) shown.set(task.answer, task.title);
    return first === undefined ? task : { ...task, answer: `(the same as under “${first}”)` };
  };
  return questions.map((question) => ({ ...question, tasks: question.tasks.map(once) }));
}

/** Bonus marks have a line of their own; a kind of task the question does not have has none. */
function marksLine(tasks: readonly TaskResult[], kind: string): QuestionView['lines'] {
  if (tasks.length === 0) return [];
  const sum = (value: (task: TaskResult) => number): number => tasks.reduce((total, task) => total + value(task), 0);
  const open = sum((task) => openPoints(task, 'awaiting-person') + openPoints(task, 'not-gradable'));
  return [{ earned: number(sum(({ earned }) => earned)), points: number(sum(({ points }) => points)), kind, open: open > 0 ? `${number(open)} open` : '' }];
}

function viewTask(task: TaskResult): TaskView {
  const { word, meaning } = outcomeWords[task.outcome];
  const error = task.error === undefined ? null : viewError(task.error);
  const saidByError = error !== null && task.message.includes(task.error?.message ?? '');
  return {
    anchor: task.task,
    title: onOneLine(task.title),
    where: onOneLine(task.where),
    handoutName: onOneLine(task.handoutName),
    bonus: task.bonus,
    outcome: task.outcome,
    word,
    earned: earnedText(task),
    points: worth(task),
    // That nothing is lost is always said; that a person marks this only where the task does not say it itself.
    meaning: task.outcome === 'not-gradable' || task.message === '' ? meaning : '',
    // A person has marked it by now.
    message: saidByError || task.marked?.override === false ? '' : task.message,
    diagnosis: task.diagnosis?.feedback ?? '',
    checks: viewChecks(task),
    derivation: viewDerivation(task.derivation),
    error,
    console: (task.console ?? '').trimEnd(),
    // Shown line by line already.
    answer: task.derivation === undefined ? (task.answer ?? '').trim() : '',
    comment: task.marked?.comment ?? '',
    reason: task.marked?.override === true ? (task.marked.reason ?? '') : '',
    remarks: task.remarks,
    figures: viewFigures(task.figures),
  };
}

/** A sentence that holds for the whole task, or a hint that several checks share, is said once. */
function viewChecks({ checks, message }: TaskResult): readonly CheckView[] {
  return checks.map((check, place) => {
    const repeated = checks.slice(0, place).some(({ hint, outcome }) => hint === check.hint && outcome === 'fail');
    return viewCheck(check, check.message === message ? '' : check.message, repeated ? '' : (check.hint ?? ''));
  });
}

function viewCheck(check: CheckResult, message: string, hint: string): CheckView {
  const shownHint = check.outcome === 'fail' ? hint : '';
  return {
    title: onOneLine(check.title),
    outcome: check.outcome,
    word: outcomeWords[check.outcome].word,
    earned: earnedText(check),
    points: worth(check),
    message,
    hint: shownHint,
  };
}

function viewError({ name, message, frames }: ErrorShown): ErrorView {
  return { name: onOneLine(name), message, frames: frames.map(({ path, line, column }) => `${onOneLine(path)}:${line}:${column}`) };
}

/** Empty for what is practice: "0 of 0" would say nothing. */
function worth({ points }: { readonly points: number }): string {
  return points === 0 ? '' : number(points);
}

function earnedText({ outcome, earned }: { readonly outcome: Outcome; readonly earned: number }): string {
  if (!isOpen(outcome)) return number(earned);
  return earned > 0 ? `${number(earned)} so far` : '–';
}
