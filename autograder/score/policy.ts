/**
 * From the marks that were earned to the final mark, rule by rule: what questions are worth, the most a mark can be, packaging, lateness, bins. Rules
 * hold for complete marks only: while something is awaited or not gradable there is no final mark to change.
 */
import type { Grade, QuestionResult, SubmissionResult } from '../../contract/result.ts';
import type { Bin, Policy, Term } from '../../contract/term.ts';
import { dueTimeOf, type Lateness, latenessOf, submittedAt } from './late.ts';
import { gradeOf } from './grade-of.ts';

/** The final mark after a rule, and the rule in words. Null where the rule changes nothing. */
type Adjusted = { readonly final: number; readonly rule: string } | null;

/**
 * @param submitted when it was handed in, as `submittedAt` reads it; undefined where nobody knows.
 * @param own the assignment's policy: what of it the term does not state holds.
 */
export function settle(result: SubmissionResult, term: Term, submitted: string | undefined, own: Policy = {}): SubmissionResult {
  const policy = { ...own, ...term.policy };
  const questions = result.questions.map((question) => waive(question, term.waived ?? {}));
  const grade = gradeOf(questions);
  const instant = submitted === undefined ? null : submittedAt(submitted, term.zone ?? 'UTC');
  const lateness = latenessOf(dueTimeOf(term, result.student.id), instant, policy.late);
  const unknown = lateness.kind === 'unknown' ? ['It is not known when this was handed in, so lateness was not looked at.'] : [];
  return { ...result, questions, notes: [...result.notes, ...unknown], grade: adjust(grade, policy, lateness, questions, result.brokenRules) };
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

export function adjust(
  grade: Grade,
  policy: Policy,
  lateness: Lateness,
  questions: readonly QuestionResult[] = [],
  brokenRules: SubmissionResult['brokenRules'] = [],
): Grade {
  if (grade.final === null) return grade;
  const weighed = questions.flatMap((question) => weighedOf(question, policy.worth));
  const full = policy.outOf ?? round(weighed.reduce((sum, { points, worth }) => sum - points + worth, grade.points));
  const rules: readonly ((final: number) => Adjusted)[] = [
    ...weighed.map((question) => (final: number) => reweighed(final, question)),
    (final) => capped(final, full, policy.mostPercent ?? (policy.outOf === undefined ? undefined : 100)),
    ...brokenRules.map((broken) => (final: number) => packaged(final, broken, policy.packaging)),
    (final) => late(final, lateness),
    (final) => binned(final, full, policy.bins),
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
  return { ...grade, final, lowest: final, highest: final, ...(full === grade.points ? {} : { outOf: full }), adjustments };
}

interface Weighed {
  readonly title: string;
  readonly earned: number;
  readonly points: number;
  readonly worth: number;
}

/** Bonus tasks are worth what they say, whatever their question is. */
function weighedOf({ id, title, tasks }: QuestionResult, worths: Policy['worth'] = {}): readonly Weighed[] {
  const worth = Object.hasOwn(worths, id) ? worths[id] : undefined;
  const regular = tasks.filter(({ bonus }) => !bonus);
  const total = (key: 'earned' | 'points'): number => regular.reduce((sum, task) => sum + task[key], 0);
  return worth === undefined || total('points') === 0 ? [] : [{ title, earned: total('earned'), points: total('points'), worth }];
}

function reweighed(final: number, { title, earned, points, worth }: Weighed): Adjusted {
  const change = (earned * worth) / points - earned;
  return round(change) === 0 ? null : { final: final + change, rule: `the ${round(points)} marks of “${title}” count for ${round(worth)}` };
}

function capped(final: number, points: number, mostPercent: number | undefined): Adjusted {
  if (mostPercent === undefined) return null;
  const most = (points * mostPercent) / 100;
  return final > most ? { final: most, rule: `no mark is above ${round(most)}` } : null;
}

function packaged(final: number, { rule, message }: { readonly rule: string; readonly message: string }, costs: Policy['packaging'] = {}): Adjusted {
  const cost = Object.hasOwn(costs, rule) ? (costs[rule] ?? 0) : 0;
  return cost === 0 || final === 0 ? null : { final: Math.max(0, final - cost), rule: `${round(cost)} less for packaging: ${message}` };
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
