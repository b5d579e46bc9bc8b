/** Which layout of the noise a function used: one for all cases and components, never a new guess for each. */
import type { Accepted } from '../../contract/expectation.ts';
import { type Evidence, returnedOnly } from './evidence.ts';
import { worstDifference } from './numeric.ts';
import { findComponent } from './shape.ts';

/** The layout under which most values agree; the first named where several agree equally. */
export function bestLayout(evidence: readonly Evidence[], layouts: readonly string[], order: readonly string[]): string | null {
  let best: string | null = null;
  let most = -1;
  for (const layout of layouts) {
    const agreeing = countAgreeing(evidence, layout, order);
    if (agreeing > most) [best, most] = [layout, agreeing];
  }
  return best;
}

export function acceptedAnswer(accepted: readonly Accepted[], layout: string | null): Accepted | undefined {
  return accepted.find((answer) => answer.layout === layout) ?? accepted[0];
}

function countAgreeing(evidence: readonly Evidence[], layout: string, order: readonly string[]): number {
  let agreeing = 0;
  for (const { expectation, reply } of returnedOnly(evidence)) {
    const answer = expectation.accepted.find((candidate) => candidate.layout === layout);
    for (const [component, expected] of answer?.values ?? []) {
      const found = findComponent(reply.value, component, order, expected.shape);
      if (found.kind === 'tensor' && worstDifference(found.tensor, expected, expectation.tolerance) <= 1) agreeing += 1;
    }
  }
  return agreeing;
}
