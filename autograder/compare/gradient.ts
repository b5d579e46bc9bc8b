/**
 * d component / d parameters, module by module. A gradient that is not zero proves nothing (the KL still
 * feeds the encoder), so every module is compared with the right one: max|g - g*| <= 1e-4 (1 + max|g*|).
 */
import type { GradientAnswer } from '../../contract/reply.ts';
import type { TensorData } from '../../contract/values.ts';
import { GRADIENT_TOLERANCE } from './distance.ts';
import { type Evidence, returnedOnly } from './evidence.ts';
import type { Finding } from './findings.ts';
import { acceptedAnswer } from './layout.ts';
import type { NoisePath } from './noise.ts';


export const GAP = 'The library cannot differentiate an operation that is used here, so a person will look at it.';

/** Only components in `sound` are judged. */
export function compareGradients(evidence: readonly Evidence[], sound: ReadonlySet<string>, path: NoisePath, layout: string | null): Finding {
  const staff: string[] = [];
  const problems: string[] = [];
  let gap = false;
  for (const { expectation, reply } of returnedOnly(evidence)) {
    const answer = acceptedAnswer(expectation.accepted, layout);
    for (const [component, modules] of answer?.gradients ?? []) {
      if (!sound.has(component)) continue;
      const given = reply.gradients.find((gradient) => gradient.component === component);
      const problem = given === undefined ? 'No gradient was returned.' : compareComponent(given, component, modules, staff, expectation.case);
      if (given !== undefined && isGapOfLibrary(given)) gap = true;
      else if (problem !== null) problems.push(problem);
    }
  }
  const [first] = problems;
  if (first === undefined && !gap) return { kind: 'agrees', evidence: staff };
  // Not proved right either: whoever wants the marks for nothing can throw the library's sentence.
  if (first === undefined) return { kind: 'undecided', reason: 'library', message: GAP, evidence: staff };
  if (path.kind === 'unmatched') {
    return { kind: 'undecided', reason: 'noise', message: 'Its gradients depend on random numbers that cannot be matched, so a person will look at it.', evidence: staff };
  }
  return { kind: 'differs', message: first, evidence: staff };
}

function compareComponent(
  given: GradientAnswer,
  component: string,
  modules: ReadonlyMap<string, TensorData>,
  staff: string[],
  caseId: string,
): string | null {
  const of = component === '' ? 'the result' : component;
  if (given.error !== null) {
    staff.push(`case ${caseId}: differentiating ${of}: ${given.error}`);
    return `The gradient of ${of} could not be taken: ${given.error}`;
  }
  for (const [module, expected] of modules) {
    const gradient = given.modules.get(module) ?? null;
    const scale = largest(expected);
    const difference = gradient === null ? scale : largestDifference(gradient, expected);
    if (difference <= GRADIENT_TOLERANCE * (1 + scale)) continue;
    staff.push(`case ${caseId}: gradient of ${of} with respect to ${module}: off by ${difference.toPrecision(3)}, largest entry ${scale.toPrecision(3)}`);
    const none = gradient === null || largest(gradient) === 0;
    return none ? `No gradient of ${of} reaches the ${module}.` : `The gradient of ${of} with respect to the ${module} is not right.`;
  }
  return null;
}

/** An operation of the library without a gradient, unless somebody only says so. */
export function isGapOfLibrary({ error }: GradientAnswer): boolean {
  return error !== null && error.includes('gradient function not found');
}

function largest(tensor: TensorData): number {
  let most = 0;
  for (const value of tensor.values) most = Math.max(most, Math.abs(value));
  return most;
}

function largestDifference(actual: TensorData, expected: TensorData): number {
  let most = 0;
  for (let index = 0; index < Math.max(actual.values.length, expected.values.length); index += 1) {
    // An entry too few or too many is as wrong as one that is not a number.
    const difference = Math.abs((actual.values[index] ?? Number.NaN) - (expected.values[index] ?? Number.NaN));
    if (!(difference <= most)) most = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return most;
}
