/**
 * Checks a typed derivation: every line is valued in random finite models, where expectations are exact sums. The
 * first line that does not follow is shown with a model that breaks it; models in which one fact is broken tell what
 * each true step rests on. Stands alone: nothing here knows of hand-ins, fixtures or reports.
 */
import { type AnswerResult, judgeAnswer } from './answers.ts';
import { type Chain, type Node, readChains } from './chain.ts';
import { type ClaimResult, judgeClaim } from './credit.ts';
import { PageTooLarge } from './document.ts';
import { openChecker } from './lines.ts';
import { print } from './print.ts';
import type { Claim, DerivationTask } from './task.ts';

export { derivationTasks } from './tasks/tasks.ts';
export { type ReportedLine, reportedLines } from './reported-lines.ts';
export { summary } from './sentences.ts';
export type { DerivationTask } from './task.ts';

export interface DerivationResult {
  readonly task: DerivationTask;
  readonly chains: readonly Chain[];
  readonly claims: readonly ClaimResult[];
  /** What is said to the formulas that are asked for. */
  readonly answers: readonly AnswerResult[];
  readonly verdict: 'shown' | 'partly' | 'wrong' | 'not shown' | 'a person should look' | 'unanswered';
  /** Of the task's points, 0 to 1: what the machine vouches for, also where a person should look. */
  readonly share: number;
  /** Why the machine cannot decide alone. */
  readonly forPerson: string | undefined;
  readonly firstWrong: Node | undefined;
}

export function checkDerivation(page: string, task: DerivationTask): DerivationResult {
  const checker = openChecker(task);
  let chains: readonly Chain[];
  try {
    chains = readChains(page, checker);
  } catch (error) {
    if (!(error instanceof PageTooLarge)) throw error;
    return { task, chains: [], claims: [], answers: [], verdict: 'a person should look', share: 0, forPerson: error.message, firstWrong: undefined };
  }
  const claims = task.claims.map((claim) => judgeClaim(claim, chains, checker));
  const answers = task.answers.map((answer) => judgeAnswer(answer, chains, checker));
  const nodes = chains.flat();
  const share = claims.reduce((sum, { claim, earned }) => sum + claim.share * earned, 0) + answers.reduce((sum, { answer, state }) => sum + (state === 'right' ? answer.share : 0), 0);
  const firstWrong = nodes.find(({ step }) => step?.kind === 'false');
  const judged = { claims, answers };
  const forPerson = reasonForPerson(task, nodes, judged, firstWrong);
  return { task, chains, ...judged, share, forPerson, firstWrong, verdict: verdictOf(nodes, judged, share, forPerson, firstWrong) };
}

const SIGNS: Readonly<Record<Claim['relation'], string>> = { '=': '=', '>=': '≥', '<=': '≤', '=+': '= (up to a constant)', '=~': '= (up to a factor and a constant)', '!=': '≠' };

/** What is asked, part by part, without answers that the handout does not print itself. */
export function askedParts(task: DerivationTask): readonly { readonly title: string; readonly share: number }[] {
  const printed = new Set(task.printed.flat().map(print));
  const end = ({ right }: Claim): string => (printed.has(print(right)) ? print(right) : '...');
  return [
    ...task.claims.map((claim) => ({ title: `${print(claim.left)} ${SIGNS[claim.relation]} ${end(claim)}`, share: claim.share })),
    ...task.answers.map(({ forms, share }) => ({ title: `${forms[0]?.names[0] ?? 'the answer'} = ...`, share })),
  ];
}

/** What each part earned, in the order of askedParts; `state` for whoever looks closer. */
export function earnedParts({ claims, answers }: DerivationResult): readonly { readonly earned: number; readonly isShown: boolean; readonly state: string }[] {
  return [...claims.map(({ earned, state }) => ({ earned, isShown: state === 'shown', state })), ...answers.map(({ state }) => ({ earned: state === 'right' ? 1 : 0, isShown: state === 'right', state }))];
}

type Judged = Pick<DerivationResult, 'claims' | 'answers'>;

function isAllShown({ claims, answers }: Judged): boolean {
  return claims.every(({ state }) => state === 'shown') && answers.every(({ state }) => state === 'right');
}

function verdictOf(nodes: readonly Node[], judged: Judged, share: number, forPerson: string | undefined, firstWrong: Node | undefined): DerivationResult['verdict'] {
  if (nodes.length === 0) return 'unanswered';
  if (forPerson !== undefined) return 'a person should look';
  if (isAllShown(judged)) return 'shown';
  if (firstWrong !== undefined) return 'wrong';
  return share > 0 ? 'partly' : 'not shown';
}

/** A true derivation is never failed for what the machine does not know; a false line is wrong whoever looks. */
function reasonForPerson(task: DerivationTask, nodes: readonly Node[], judged: Judged, firstWrong: Node | undefined): string | undefined {
  if (isAllShown(judged)) return firstWrong === undefined ? undefined : 'All that was asked is shown, and another line is false.';
  if (firstWrong !== undefined) return undefined;
  const answer = judged.answers.find(({ state }) => state === 'for a person');
  if (answer !== undefined) return answer.why;
  if (nodes.some(({ content }) => content.kind === 'unread')) return 'A line cannot be read by the machine.';
  if (nodes.some(({ step }) => step?.kind === 'unknown')) return 'A step takes the machine too long to check.';
  if (nodes.some(({ step }) => step?.kind === 'no reason')) return 'An inequality holds wherever it was tried, but for no reason that the machine knows.';
  if (judged.claims.some(({ state }) => state === 'large step')) return 'Every line is true, but one step is larger than the machine accepts.';
  const isTrueChain = nodes.some(({ step }) => step?.kind === 'holds' && step.isGiven !== true && !(step.grounds.length === 0 && step.meanings.length === 0));
  return isTrueChain ? task.elsePerson : undefined;
}
