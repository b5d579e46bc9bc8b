/**
 * Two known mistakes in one function. The parts of a bound add up, so what two mistakes return together is the
 * sum of what each adds to the right result. Each must be seen in a part that the other leaves right: a total
 * alone can be wrong in too many ways.
 */
import type { KnownMistake, MistakenAnswer, Tensors } from '../../contract/expectation.ts';
import type { Diagnosis } from '../../contract/outcome.ts';
import { tensorDistance, valueDistance } from './distance.ts';
import { type Evidence, returnedOnly } from './evidence.ts';
import { componentsOf } from './shape.ts';

const FEWEST_CASES = 2;

/** One case: what came back, what is right under the layout, and what each of the mistakes returns. */
interface Compared {
  readonly id: string;
  readonly given: Tensors;
  readonly right: Tensors;
  readonly tolerance: { readonly absolute: number; readonly relative: number };
}

interface Candidate {
  readonly mistake: KnownMistake;
  readonly answer: MistakenAnswer;
}

export function findPair(evidence: readonly Evidence[], mistakes: readonly KnownMistake[], layouts: readonly string[], order: readonly string[]): Diagnosis | null {
  if (order.length < 2) return null;
  const known = new Set(evidence.flatMap(({ expectation }) => expectation.accepted.map(({ layout }) => layout)));
  const candidates = mistakes.filter(({ seenIn }) => seenIn === 'values').flatMap((mistake) => mistake.answers.map((answer) => ({ mistake, answer })));
  for (const layout of layouts) {
    const cases = casesUnder(layout, evidence, order);
    // What draws no noise, or in a way of its own, is the same beside every layout.
    const fitting = candidates.filter(({ answer }) => answer.layout === layout || !known.has(answer.layout));
    const found = cases.length < FEWEST_CASES ? undefined : firstPair(fitting, cases);
    if (found !== undefined) return described(found, layout, cases);
  }
  return null;
}

function casesUnder(layout: string, evidence: readonly Evidence[], order: readonly string[]): readonly Compared[] {
  return returnedOnly(evidence).flatMap(({ expectation, reply }) => {
    const right = expectation.accepted.find((answer) => answer.layout === layout)?.values;
    return right === undefined ? [] : [{ id: expectation.case, given: componentsOf(reply.value, [...right.keys()], order), right, tolerance: expectation.tolerance }];
  });
}

function firstPair(candidates: readonly Candidate[], cases: readonly Compared[]): readonly [Candidate, Candidate] | undefined {
  for (const [index, one] of candidates.entries()) {
    for (const other of candidates.slice(index + 1)) {
      const told = cases.filter(({ id }) => one.answer.values.has(id) && other.answer.values.has(id));
      if (told.length < FEWEST_CASES || !told.every((compared) => addsUp(compared, one, other))) continue;
      if (hasPartOfItsOwn(told, one, other) && hasPartOfItsOwn(told, other, one)) return [one, other];
    }
  }
  return undefined;
}

function addsUp({ id, given, right, tolerance }: Compared, one: Candidate, other: Candidate): boolean {
  return [...right].every(([component, expected]) => {
    const [mine, theirs] = [valuesIn(one, id).get(component)?.values, valuesIn(other, id).get(component)?.values];
    if (mine?.length !== expected.values.length || theirs?.length !== expected.values.length) return false;
    const together = Float32Array.from(expected.values, (value, index) => (mine[index] ?? Number.NaN) + (theirs[index] ?? Number.NaN) - value);
    return together.every(Number.isFinite) && tensorDistance(given.get(component), { ...expected, values: together }, tolerance) <= 1;
  });
}

/** In two cases, so that it is no accident. */
function hasPartOfItsOwn(cases: readonly Compared[], one: Candidate, other: Candidate): boolean {
  const isWrong = ({ id, right, tolerance }: Compared, candidate: Candidate, component: string): boolean =>
    valueDistance(only(valuesIn(candidate, id), component), only(right, component), tolerance) > 1;
  const components = [...(cases[0]?.right.keys() ?? [])];
  return components.some(
    (component) => cases.every((compared) => !isWrong(compared, other, component)) && cases.filter((compared) => isWrong(compared, one, component)).length >= FEWEST_CASES,
  );
}

function valuesIn({ answer }: Candidate, id: string): Tensors {
  return answer.values.get(id) ?? new Map();
}

function only(tensors: Tensors, component: string): Tensors {
  return new Map([...tensors].filter(([name]) => name === component));
}

function described([one, other]: readonly [Candidate, Candidate], layout: string, cases: readonly Compared[]): Diagnosis {
  const [mine, theirs] = [one, other].map(({ mistake }) => [mistake.id, ...mistake.twins]);
  const ids = [...(mine ?? []), ...(theirs ?? [])];
  return {
    ids,
    feedback: `Two things come together here. ${one.mistake.feedback} ${other.mistake.feedback}`,
    evidence: [`known mistakes ${ids.join(', ')} together: layout ${layout}, cases ${cases.map(({ id }) => id).join(', ')}`],
  };
}
