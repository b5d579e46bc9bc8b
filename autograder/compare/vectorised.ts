/** Whether the number of operations grows with batch, samples or labels. A remark: handouts advise, they do not forbid. */
import { type Evidence, returnedOnly } from './evidence.ts';

/** A few operations may differ between sizes without any loop (a reshape that is skipped, for example). */
const SLACK = 4;

/** The first case is the small one; every other varies one size of it. */
export function remarkOnLoops(evidence: readonly Evidence[]): string | null {
  const [small, ...larger] = returnedOnly(evidence);
  if (small === undefined) return null;
  const grown = larger.filter(({ reply }) => reply.operations > small.reply.operations + SLACK);
  if (grown.length === 0) return null;
  const sizes = grown.map(({ expectation }) => expectation.title).join(', ');
  return `The number of tensor operations grows with ${sizes}: a loop could be one vectorised operation. This costs no marks.`;
}
