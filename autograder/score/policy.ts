/**
 * From the marks that were earned to the final mark, rule by rule: bonus cap, then lateness, then bins. Rules
 * hold for complete marks only: while something is awaited or not gradable there is no final mark to change.
 */
import type { Grade, QuestionResult, SubmissionResult } from '../../contract/result.ts';
import type { Bin, Policy, Term } from '../../contract/term.ts';
import { dueTimeOf, type Lateness, latenessOf, submittedAt } from './late.ts';
import { gradeOf } from './grade-of.ts';

/** The final mark after a rule, and the rule in words. Null where the rule changes nothing. */
type Adjusted = { readonly final: number; readonly rule: string } | null;

/** @param submitted when it was handed in, as `submittedAt` reads it; undefined where nobody knows. */
export function settle(result: SubmissionResult, term: Term, submitted: string | undefined): SubmissionResult {
  const questions = result.questions.map((question) => waive(question, term.waived ?? {}));
  const grade = gradeOf(questions);
  const instant = submitted === undefined ? null : submittedAt(submitted, term.zone ?? 'UTC');
  const lateness = latenessOf(dueTimeOf(term, result.student.id), instant, term.policy?.late);
  const unknown = lateness.kind === 'unknown' ? ['It is not known when this was handed in, so lateness was not looked at.'] : [];
  return { ...result, questions, notes: [...result.notes, ...unknown], grade: adjust(grade, term.policy ?? {}, lateness) };
}

/** Everybody has full marks for a waived task, whatever they handed in. */
function waive(question: QuestionResult, waived: Readonly<Record<string, string>>): QuestionResult {
  return {
    ...question,
    tasks: question.tasks.map((task) => {
      const reason = Object.hasOwn(waived, task.task) ? waived[task.task] : undefined;
      return reason === undefined ? task : { ...task, outcome: 'pass', earned: task.points, marked: { override: true, reason: `everybody has full marks here. ${reason}` } };
    }),
  };
}

export function adjust(grade: Grade, policy: Policy, lateness: Lateness): Grade {
  if (grade.final === null) return grade;
  const rules: readonly ((final: number) => Adjusted)[] = [
    (final) => capped(final, grade.points, policy.mostPercent),
    (final) => late(final, lateness),
    (final) => binned(final, grade.points, policy.bins),
  ];
  const adjustments: { rule: string; from: number; to: number }[] = [];
  let final = grade.final;
  for (const apply of rules) {
    const adjusted = apply(final);
    if (adjusted === null) continue;
    const to = round(adjusted.final);
    adjustments.push({ rule: adjusted.rule, from: final, to });
    final = to;
  }
  return { ...grade, final, lowest: final, highest: final, adjustments };
}

function capped(final: number, points: number, mostPercent: number | undefined): Adjusted {
  if (mostPercent === undefined) return null;
  const most = (points * mostPercent) / 100;
  return final > most ? { final: most, rule: `no mark is above ${round(most)}` } : null;
}

function late(final: number, lateness: Lateness): Adjusted {
  switch (lateness.kind) {
    case 'on-time':
    case 'unknown':
      return null;
    case 'too-late':
      return { final: 0, rule: `handed in ${days(lateness.days)} late, which is not accepted` };
    case 'late':
      return { final: final * (1 - lateness.percent / 100), rule: `handed in ${days(lateness.days)} late: ${lateness.percent} % less` };
  }
}

function days(count: number): string {
  return count === 1 ? 'up to a day' : `up to ${count} days`;
}

/** Exactly on a border is in the higher bin. */
function binned(final: number, points: number, bins: readonly Bin[] | undefined): Adjusted {
  if (bins === undefined || points === 0) return null;
  const percent = round((100 * final) / points);
  const bin = bins.toSorted((a, b) => b.atLeast - a.atLeast).find(({ atLeast }) => percent >= atLeast);
  const gives = bin?.gives ?? 0;
  const to = (points * gives) / 100;
  return round(to) === round(final) ? null : { final: to, rule: `from ${bin?.atLeast ?? 0} % on the mark is ${gives} %` };
}

/** Shares like 0.1 + 0.2 must not print as 0.30000000000000004, nor keep 59.99999999999999 out of its bin. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
