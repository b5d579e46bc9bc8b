/** A checked derivation as the pages show it: every line set as mathematics, with its mark and why. */
import type { DerivationLine, Outcome, TaskResult } from '../../contract/outcome.ts';

export interface DerivationLineView {
  readonly number: string;
  /** Markup; empty where the line is shown as it was typed. */
  readonly mathml: string;
  readonly source: string;
  readonly excerpt: string;
  /** Gives the tone and the sign; empty for a line that begins a chain. */
  readonly outcome: Outcome | '';
  readonly word: string;
  readonly said: readonly string[];
  readonly notes: readonly string[];
}

const WORDS: Readonly<Record<DerivationLine['verdict'], { readonly outcome: Outcome | ''; readonly word: string }>> = {
  begins: { outcome: '', word: '' },
  follows: { outcome: 'pass', word: 'follows' },
  wrong: { outcome: 'fail', word: 'does not follow' },
  'too large': { outcome: 'not-gradable', word: 'too much at once' },
  'no reason': { outcome: 'not-gradable', word: 'no reason found' },
  unread: { outcome: 'not-gradable', word: 'cannot be read' },
  unchecked: { outcome: 'unanswered', word: 'not checked' },
};

export function viewDerivation(derivation: TaskResult['derivation']): readonly DerivationLineView[] {
  return (derivation?.lines ?? []).map(({ number, source, mathml, verdict, said, notes, excerpt }) => ({
    number: String(number),
    mathml: onlyMathml(mathml),
    source: source === '' ? 'the start that the task states' : source,
    excerpt: excerpt ?? '',
    ...WORDS[verdict],
    said,
    notes,
  }));
}

const ELEMENT = '</?(?:mrow|mi|mn|mo|msub|msup|mfrac|msqrt|munder|munderover|mover)>|<mover accent="true">|<mo stretchy="false">|<mo rspace="0.17em">';
const PLAIN = new RegExp(`^<math displaystyle="true">(?:${ELEMENT}|&(?:amp|lt|gt|quot|#x2061);|[^<>&])*</math>$`, 'u');

/** The one text that goes into a page as markup: so it holds nothing but formulas, whoever wrote the result. */
function onlyMathml(text: string): string {
  return PLAIN.test(text) ? text : '';
}
