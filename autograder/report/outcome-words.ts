/** The words and the sign of each outcome, the same in every view: colour never says anything alone. */
import type { Outcome } from '../../contract/outcome.ts';
import type { SubmissionResult } from '../../contract/result.ts';

interface OutcomeWords {
  readonly word: string;
  readonly sign: string;
  /** What it means for the student, where the word alone does not say it. */
  readonly meaning: string;
}

export const outcomeWords: Readonly<Record<Outcome, OutcomeWords>> = {
  pass: { word: 'passed', sign: '✓', meaning: '' },
  fail: { word: 'not right yet', sign: '✗', meaning: '' },
  unanswered: { word: 'unanswered', sign: '–', meaning: '' },
  'awaiting-person': { word: 'awaiting a person', sign: '?', meaning: 'Someone on the course staff marks this.' },
  'not-gradable': { word: 'not gradable', sign: '!', meaning: 'This is not your fault and costs no marks.' },
};

export const statusWords: Readonly<Record<SubmissionResult['status'], string>> = {
  graded: 'graded',
  refused: 'refused',
  'not-gradable': 'not gradable',
};

/** The marks of these are still open, so no view writes a zero for them. */
export function isOpen(outcome: Outcome): boolean {
  return outcome === 'awaiting-person' || outcome === 'not-gradable';
}
