/** Returned numbers against the right ones, component by component, under the layout the function used. */
import type { Expectation } from '../../contract/expectation.ts';
import type { TensorData } from '../../contract/values.ts';
import { type Evidence, returnedOnly } from './evidence.ts';
import type { Finding } from './findings.ts';
import { acceptedAnswer } from './layout.ts';
import type { NoisePath } from './noise.ts';
import { worstDifference } from './numeric.ts';
import { findComponent } from './shape.ts';

export interface ValueContext {
  readonly components: readonly string[];
  readonly order: readonly string[];
  readonly path: NoisePath;
  readonly layout: string | null;
}

/** The finding, and the largest difference in tolerances. */
export function compareValues(evidence: readonly Evidence[], context: ValueContext): Finding & { readonly distance?: number } {
  const distances: number[] = [];
  const finding = compareEach(evidence, context, distances);
  return distances.length === 0 ? finding : { ...finding, distance: Math.max(...distances) };
}

/** Adds the distance of every component of every case, in tolerances, to `distances`. */
function compareEach(evidence: readonly Evidence[], context: ValueContext, distances: number[]): Finding {
  const { components, order, path, layout } = context;
  const differences: string[] = [];
  const staff: string[] = [`noise: ${path.kind}${layout === null ? '' : `, layout ${layout}`}`];
  for (const { expectation, reply } of returnedOnly(evidence)) {
    const answer = acceptedAnswer(expectation.accepted, layout);
    for (const component of components) {
      const expected = answer?.values.get(component);
      if (expected === undefined) throw new Error(`case ${expectation.case} has no expected ${component || 'value'}`);
      const found = findComponent(reply.value, component, order, expected.shape);
      if (found.kind === 'problem') {
        staff.push(`case ${expectation.case}: ${found.problem}`);
        // A structural problem is the same whatever the noise was, and says more than any number.
        return { kind: 'differs', message: `${found.problem}.`, evidence: staff };
      }
      const worst = worstDifference(found.tensor, expected, expectation.tolerance);
      distances.push(worst);
      if (worst <= 1) continue;
      differences.push(describeDifference(expectation, component, found.tensor, expected));
      staff.push(
        `case ${expectation.case}, ${component || 'value'}: ${worst.toPrecision(3)} tolerances off; got ${preview(found.tensor)}, expected ${preview(expected)}`,
      );
    }
  }
  const [first] = differences;
  if (first === undefined) return { kind: 'agrees', evidence: staff };
  if (path.kind === 'unmatched') {
    return {
      kind: 'undecided',
      reason: 'noise',
      message: `Its random numbers were drawn in a way that cannot be compared exactly (${path.how}), so a person will look at it.`,
      evidence: staff,
    };
  }
  const mustSample = path.kind === 'nothing-drawn' && components.some((component) => dependsOnNoise(evidence, component));
  return { kind: 'differs', message: mustSample ? `${first} No random numbers were drawn, though this function must sample.` : first, evidence: staff };
}

/** A KL in closed form is the same under every layout of the noise: it asks for no sample. */
export function dependsOnNoise(evidence: readonly Evidence[], component: string): boolean {
  return evidence.some(({ expectation }) => {
    const values = expectation.accepted.filter(({ layout }) => !layout.includes('Monte Carlo')).map((answer) => answer.values.get(component)?.values.join());
    return new Set(values).size > 1;
  });
}

/** Basic cases travel with the template, so their numbers may be shown; of hidden ones nothing is. */
function describeDifference(expectation: Expectation, component: string, actual: TensorData, expected: TensorData): string {
  const what = component === '' ? 'The returned values' : component;
  const verb = component === '' ? 'differ' : 'differs';
  if (expectation.visibility === 'hidden') return `${what} ${verb} from the right result in a case that is not shown.`;
  return `${what} ${verb} from the right result in case ${expectation.case} (${expectation.title}): returned ${preview(actual)}, right is ${preview(expected)}.`;
}

function preview(tensor: TensorData): string {
  const shown = Array.from(tensor.values.slice(0, 4), (value) => Number(value.toPrecision(6)));
  const text = shown.join(', ') + (tensor.values.length > 4 ? ', …' : '');
  return tensor.shape.length === 0 || tensor.values.length === 1 ? text : `[${text}]`;
}
