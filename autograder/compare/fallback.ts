/** When the exact comparison is not the last word: noise outside the list of layouts, or an order that is not in it. */
import type { Expectation } from '../../contract/expectation.ts';
import { type Evidence, returnedOnly } from './evidence.ts';
import type { Finding } from './findings.ts';
import type { NoisePath } from './noise.ts';
import { worstDifference } from './numeric.ts';
import { findComponent } from './shape.ts';
import { type Judged, judgeStatistically, judgeValues, type Statistics } from './statistical.ts';
import { dependsOnNoise } from './value.ts';

/** The case of one image and one latent dimension, where noise has no order. */
const BLIND = 'blind';

/**
 * Noise of a known count whose order is not in the list: right where noise has no order, and like no layout
 * wherever it has one. A function that is wrong in the blind case is wrong in any order, unless it drew more
 * than the reference. `evidence`: of the cases that judge values; extreme inputs are the same under every layout.
 */
export function isDoubted(evidence: readonly Evidence[], path: NoisePath, order: readonly string[]): boolean {
  if (path.kind !== 'matched') return false;
  // Uniforms become another law in more ways than a list can hold, and statistics see every mistake in it.
  if (evidence.some(({ expectation: { law } }) => law !== undefined)) return true;
  const returned = returnedOnly(evidence).filter(({ expectation }) => expectation.accepted.some(({ draws }) => draws > 0));
  const blind = returned.find(({ expectation }) => expectation.case === BLIND);
  const others = returned.filter((entry) => entry !== blind);
  if (blind === undefined || others.length === 0) return false;
  const components = componentsOf(blind.expectation);
  const difference = ({ expectation, reply }: (typeof returned)[number], component: string, layout: string): number => {
    const expected = expectation.accepted.find((answer) => answer.layout === layout)?.values.get(component);
    if (expected === undefined) return Number.POSITIVE_INFINITY;
    const found = findComponent(reply.value, component, order, expected.shape);
    return found.kind === 'tensor' ? worstDifference(found.tensor, expected, expectation.tolerance) : Number.NaN;
  };
  // A wrong shape or NaN is no question of order.
  if (returned.some((entry) => components.some((component) => path.layouts.some((layout) => Number.isNaN(difference(entry, component, layout)))))) return false;
  const rightWhereOrderIsNothing = path.layouts.some((layout) => components.every((component) => difference(blind, component, layout) <= 1));
  if (!rightWhereOrderIsNothing && !drewMore(returned, path.layouts)) return false;
  const telling = components.filter((component) => dependsOnNoise(evidence, component));
  return !others.some((entry) => telling.some((component) => path.layouts.some((layout) => difference(entry, component, layout) <= 1)));
}

/** As two draws for two terms are: but every other use of twice the numbers has the same count. */
function drewMore(evidence: readonly Evidence[], layouts: readonly string[]): boolean {
  return evidence.every(({ expectation: { accepted } }) => {
    const own = accepted[0]?.draws ?? 0;
    return accepted.filter(({ layout }) => layouts.includes(layout)).every(({ draws }) => draws > own);
  });
}

/** What stands after statistics were asked: they settle what is open, and overturn what was doubted. */
export function settled(exact: Finding, doubted: boolean, statistics: Statistics | null, check: Judged): Finding {
  if (statistics === null || exact.kind === 'agrees') return exact;
  if (exact.kind === 'undecided') return exact.reason === 'noise' ? judgeStatistically(statistics, check) : exact;
  if (!doubted) return exact;
  // One component may be right on average by luck of a mistake; where all are, the order was another.
  const all = judgeValues(statistics, check.order);
  const found = all.kind === 'agrees' ? judgeStatistically(statistics, check) : all;
  // Where both say it is wrong, the exact comparison says more about how.
  return found.kind === 'agrees' ? found : { ...exact, evidence: [...exact.evidence, ...found.evidence] };
}

function componentsOf({ accepted }: Expectation): readonly string[] {
  return [...(accepted[0]?.values.keys() ?? [])];
}
