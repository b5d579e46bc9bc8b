/**
 * Which known mistake a hand-in makes: the one whose numbers it returned, in everything it returned and in at
 * least two cases, because a single number can agree by accident.
 */
import type { KnownMistake, MistakenAnswer, Tensors } from '../../contract/expectation.ts';
import type { Diagnosis } from '../../contract/outcome.ts';
import { gradientDistance, valueDistance } from './distance.ts';
import { type Evidence, type Returned, returnedOnly } from './evidence.ts';
import { isGapOfLibrary } from './gradient.ts';
import { componentsOf } from './shape.ts';

const FEWEST_CASES = 2;

type Returning = ReturnType<typeof returnedOnly>[number];

/** The first mistake in the catalogue's order; its twins are named with it, in its words. */
export function findMistake(evidence: readonly Evidence[], mistakes: readonly KnownMistake[], seenIn: KnownMistake['seenIn'], order: readonly string[]): Diagnosis | null {
  const returned = returnedOnly(evidence);
  for (const { id, feedback, twins, answers } of mistakes.filter((mistake) => mistake.seenIn === seenIn)) {
    for (const answer of answers) {
      const cases = seenIn === 'gradient' ? casesWithGradients(returned, answer) : casesWithValues(returned, answer, order);
      if (cases.length < FEWEST_CASES) continue;
      return { ids: [id, ...twins], feedback, evidence: [`known mistake ${[id, ...twins].join(', ')}: layout ${answer.layout}, cases ${cases.join(', ')}`] };
    }
  }
  return null;
}

/** The cases in which these wrong values came back; none where a single case says otherwise. */
function casesWithValues(returned: readonly Returning[], { values }: MistakenAnswer, order: readonly string[]): readonly string[] {
  const wrong: string[] = [];
  for (const { expectation, reply } of returned) {
    const mistaken = values.get(expectation.case);
    if (mistaken === undefined) continue;
    const given = componentsOf(reply.value, [...(expectation.accepted[0]?.values.keys() ?? [])], order);
    // Nothing is like nothing, and says nothing.
    if (given.size === 0 || valueDistance(given, mistaken, expectation.tolerance) > 1) return [];
    if (expectation.accepted.every((right) => valueDistance(given, right.values, expectation.tolerance) > 1)) wrong.push(expectation.case);
  }
  return wrong;
}

function casesWithGradients(returned: readonly Returning[], { gradients }: MistakenAnswer): readonly string[] {
  const wrong: string[] = [];
  for (const { expectation, reply } of returned) {
    const mistaken = gradients.get(expectation.case);
    if (mistaken === undefined) continue;
    if (reply.gradients.some(isGapOfLibrary) || farthest(reply, mistaken) > 1) return [];
    if (expectation.accepted.every((right) => farthest(reply, right.gradients) > 1)) wrong.push(expectation.case);
  }
  return wrong;
}

function farthest({ gradients }: Returned, others: ReadonlyMap<string, Tensors>): number {
  return Math.max(0, ...gradients.map(({ component, modules }) => gradientDistance(reached(modules), others.get(component) ?? new Map())));
}

/** A module that nothing leads to has no gradient, which is the gradient zero. */
function reached(modules: Returned['gradients'][number]['modules']): Tensors {
  return new Map([...modules].flatMap(([module, tensor]) => (tensor === null ? [] : [[module, tensor] as const])));
}
