/**
 * The fallback where noise cannot be compared exactly: the same call made often, and what came back held
 * against expectations. A right function fails with at most 1e-9 a check; a fail is worded without numbers.
 */
import type { Reply } from '../../contract/reply.ts';
import type { StatisticalExpectation } from '../../contract/statistics.ts';
import type { Check } from '../../contract/task.ts';
import type { Evidence, Returned } from './evidence.ts';
import type { Finding } from './findings.ts';
import { GAP, isGapOfLibrary } from './gradient.ts';
import { judgeAverageGradients, judgeAverages, judgeExtremes, remarkOnSpread } from './statistical-averages.ts';
import { judgeLaw, judgeLawGradients } from './statistical-law.ts';
import { judgeSampleGradients, judgeSamples } from './statistical-sampler.ts';

/** What came of the statistical case: one reply a call. */
export interface Statistics {
  readonly expectation: StatisticalExpectation;
  readonly replies: readonly Reply[];
}

export interface Judged {
  readonly kind: Check['kind'];
  /** Those of the check's components that are sound. */
  readonly components: readonly string[];
  readonly sound: ReadonlySet<string>;
  readonly order: readonly string[];
  /** What the exact cases brought: extreme inputs are looked at there. */
  readonly evidence: readonly Evidence[];
}

export function judgeStatistically({ expectation, replies }: Statistics, check: Judged): Finding {
  const { judged } = expectation;
  if (check.kind === 'stability') {
    if (judged.kind !== 'averages') throw new Error('a sampler has no extreme cases');
    return judgeExtremes(check.evidence, judged, check.components, check.order);
  }
  const returned = replies.filter((reply) => reply.kind === 'returned');
  // Long batches may be too slow for a loop over rows, which is no mistake.
  if (returned.length < replies.length || returned.length === 0) {
    const met = replies.find((reply) => reply.kind !== 'returned');
    return {
      kind: 'undecided',
      reason: 'calls',
      message: 'Its random numbers cannot be compared exactly, and the many calls that statistics need did not come back, so a person will look at it.',
      evidence: [`statistics: ${met === undefined ? 'no reply' : JSON.stringify(met)}`],
    };
  }
  if (check.kind === 'gradient' && returned.some(({ gradients }) => gradients.some(isGapOfLibrary))) {
    return { kind: 'undecided', reason: 'library', message: GAP, evidence: [] };
  }
  if (judged.kind === 'law') return check.kind === 'gradient' ? judgeLawGradients(returned, judged) : judgeLaw(returned, judged, expectation.rows);
  if (judged.kind === 'sampler') return check.kind === 'gradient' ? judgeSampleGradients(returned, judged) : judgeSamples(returned, judged);
  return check.kind === 'gradient' ? judgeAverageGradients(returned, judged, check.sound) : judgeAverages(returned, judged, check.components, check.order);
}

/** All components together. */
export function judgeValues(statistics: Statistics, order: readonly string[]): Finding {
  const { judged } = statistics.expectation;
  const components = judged.kind === 'averages' ? [...judged.values.keys()] : [''];
  return judgeStatistically(statistics, { kind: 'value', components, sound: new Set(components), order, evidence: [] });
}

export function remarkOnNoise({ expectation, replies }: Statistics, order: readonly string[]): readonly string[] {
  const returned = replies.filter((reply): reply is Returned => reply.kind === 'returned');
  return expectation.judged.kind === 'averages' && returned.length > 1 ? remarkOnSpread(returned, expectation.judged, order) : [];
}
