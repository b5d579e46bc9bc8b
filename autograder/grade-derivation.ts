/** One derivation task of one hand-in: the typed lines are checked here, as data; what the machine cannot judge waits for a person. */
import type { CheckResult, TaskResult } from '../contract/outcome.ts';
import type { Submission, TextFile } from '../contract/submission.ts';
import type { DerivationTask } from '../contract/task.ts';
import { askedParts, checkDerivation, type DerivationResult, derivationTasks, earnedParts, reportedLines, summary } from './derivation/derivation.ts';
import { findAnswer, withoutTemplateBlocks } from './written-answers.ts';

/** What a derivation adds to the frame that all results of a task share. */
export type DerivationVerdict = Pick<TaskResult, 'outcome' | 'earned' | 'message' | 'checks' | 'answer' | 'attachments' | 'derivation'>;

/** `templateTexts`: the written files as the template has them. */
export function gradeDerivation(task: DerivationTask, submission: Submission, templateTexts: readonly TextFile[]): DerivationVerdict {
  const answer = findAnswer({ answer: { kind: 'text', file: task.file } }, submission, templateTexts);
  if (answer.kind === 'attachment') return { ...forPerson(`A person marks this from ${answer.files.map(({ name }) => name).join(', ')}.`), attachments: [...answer.files] };
  if (answer.kind === 'none') return unanswered(task);
  const page = withoutTemplateBlocks(textOf(submission.written, task.file), textOf(templateTexts, task.file));
  return { ...verdictOn(page, task), answer: answer.text };
}

function verdictOn(page: string, task: DerivationTask): DerivationVerdict {
  const result = checked(page, task);
  if (result === null) return forPerson('The machine could not finish with this page, so a person reads it.');
  if (result.verdict === 'unanswered') {
    return forPerson('A person marks this answer. The machine checks lines that stand between two lines of three backticks, and found none.');
  }
  const checks = checksOf(result, task);
  const vouchedFor = sum(checks);
  const derivation = { lines: reportedLines(result.chains).map(({ said, notes, ...line }) => ({ ...line, said: [...said], notes: [...notes] })), vouchedFor };
  if (result.verdict === 'a person should look') return { ...forPerson(`${result.forPerson ?? ''} A person marks this.`.trim()), derivation };
  const outcome = result.verdict === 'shown' ? 'pass' : 'fail';
  return { outcome, earned: vouchedFor, message: summary(result).join(' '), checks, derivation };
}

/** Null where the checker itself fails: the page is at fault for that no more than the rest of the hand-in is. */
function checked(page: string, task: DerivationTask): DerivationResult | null {
  try {
    return checkDerivation(page, taskNamed(task));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function taskNamed({ id }: DerivationTask): DerivationResult['task'] {
  const found = derivationTasks.get(id);
  if (found === undefined) throw new TypeError(`nothing is known of how ${id} is derived`);
  return found;
}

/** What is told of a part that earned less than all. */
const SAID: ReadonlyMap<string, string> = new Map([
  ['open', 'Not shown.'],
  ['partly', 'Shown in part.'],
  ['restated', 'Stated, but not shown.'],
  ['leap', 'One step hides too much of it.'],
  ['large step', 'One step is larger than the machine accepts.'],
  ['unproved', 'One step is without a reason that the machine knows.'],
  ['wrong', 'Not the right formula.'],
]);

/** What is to be shown, part by part. */
function checksOf(result: DerivationResult, { points }: DerivationTask): CheckResult[] {
  const earned = earnedParts(result);
  return askedParts(result.task).map(({ title, share }, index) => {
    const part = earned[index];
    return {
      check: `statement-${index + 1}`,
      title,
      points: share * points,
      earned: inQuarters((part?.earned ?? 0) * share * points),
      outcome: part?.isShown === true ? 'pass' : 'fail',
      message: SAID.get(part?.state ?? 'open') ?? '',
      evidence: [],
    };
  });
}

function unanswered(task: DerivationTask): DerivationVerdict {
  const checks = askedParts(taskNamed(task)).map(({ title, share }, index) => ({
    check: `statement-${index + 1}`,
    title,
    points: share * task.points,
    earned: 0,
    outcome: 'unanswered' as const,
    message: '',
    evidence: [],
  }));
  return { outcome: 'unanswered', earned: 0, message: `No derivation was found in ${task.file}.`, checks };
}

function forPerson(message: string): DerivationVerdict {
  return { outcome: 'awaiting-person', earned: 0, message, checks: [] };
}

/** Shares of a derivation are no finer than that. */
function inQuarters(marks: number): number {
  return Math.round(4 * marks) / 4;
}

function sum(checks: readonly CheckResult[]): number {
  return checks.reduce((total, { earned }) => total + earned, 0);
}

function textOf(files: readonly TextFile[], path: string): string {
  return files.find((file) => file.path === path)?.text ?? '';
}
