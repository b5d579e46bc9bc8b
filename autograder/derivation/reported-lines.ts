/** A checked derivation as plain data, a line a step, for whoever draws it: on a page, in a terminal. */
import type { Chain, Node, Step } from './chain.ts';
import { mathml } from './mathml.ts';
import { caretLines } from './reading-error.ts';
import { stepSentences } from './sentences.ts';

export interface ReportedLine {
  /** In the page, counted from 1. */
  readonly number: number;
  /** As typed; empty for a start that the page leaves out. */
  readonly source: string;
  /** Set for a browser; empty where it cannot be read or is too long to be set. */
  readonly mathml: string;
  readonly verdict: 'begins' | 'follows' | 'wrong' | 'too large' | 'no reason' | 'unread' | 'unchecked';
  /** Why, in sentences for the student. */
  readonly said: readonly string[];
  /** What the line was read as, where that may surprise. */
  readonly notes: readonly string[];
  /** Of a line that cannot be read: the place, with a caret below it. */
  readonly excerpt?: string;
}

/** Nobody reads more, and pages must stay small. */
const LONGEST_MATHML = 12_000;

const VERDICTS: Readonly<Record<Step['kind'], ReportedLine['verdict']>> = {
  holds: 'follows',
  false: 'wrong',
  'too much': 'too large',
  'no reason': 'no reason',
  unknown: 'unchecked',
};

export function reportedLines(chains: readonly Chain[]): readonly ReportedLine[] {
  return chains.flat().map(reportedLine);
}

function reportedLine({ number, source, relation, content, step, remarks }: Node): ReportedLine {
  if (content.kind === 'unread') {
    const [shown = '', caret = ''] = caretLines(source, content.error);
    return { number, source, mathml: '', verdict: 'unread', said: [content.error.message], notes: remarks, excerpt: `${shown}\n${caret}` };
  }
  const set = mathml(content.line.expression, relation);
  return {
    number,
    source,
    mathml: set.length > LONGEST_MATHML ? '' : set,
    verdict: step === undefined ? 'begins' : VERDICTS[step.kind],
    said: step === undefined ? [] : stepSentences(step),
    notes: remarks,
  };
}
