/** What one task has to show: each case's expectation beside what came back for it. */
import type { Expectation } from '../../contract/expectation.ts';
import type { Reply } from '../../contract/reply.ts';

export interface Evidence {
  readonly expectation: Expectation;
  /** Absent when the case was never asked, because the task had ended before. */
  readonly reply: Returned | Failure | undefined;
}

export type Returned = Extract<Reply, { kind: 'returned' }>;

/** A case that gave no numbers, and why. One that nobody has written an answer for is no evidence at all. */
export type Failure = Exclude<Reply, { kind: 'returned' | 'unanswered' }>;

export function returnedOnly(evidence: readonly Evidence[]): readonly { expectation: Expectation; reply: Returned }[] {
  return evidence.flatMap(({ expectation, reply }) => (reply?.kind === 'returned' ? [{ expectation, reply }] : []));
}
