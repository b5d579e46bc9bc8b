/** A small certificate, of one hand-in a kind. */
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import type { Measured } from '../../../autograder/report/report.ts';
import type { Certificate } from '../../../contract/certificate.ts';
import { tasksOf } from '../../../contract/rubric.ts';

export const sampleAssignment = assignment;
export const knownTasks: readonly string[] = tasksOf(assignment).flatMap((task) => (task.kind === 'function' ? [task.id] : []));

const ELBO = 'cs236-hw2/vae/negative-elbo-bound';
const near = Object.fromEntries(knownTasks.map((task) => [task, 0.031]));
const unanswered = Object.fromEntries(knownTasks.map((task) => [task, 'unanswered' as const]));

export function certified(problems: readonly string[]): Certificate {
  const restsOn = { fixtures: 'f0', assignment: 'a0', child: 'c0', judgement: 'd0' };
  return { format: 1, assignment: assignment.id, term: 'autumn', restsOn, problems: [...problems], handIns: [] };
}

export function measured(): readonly Measured[] {
  const whole = { expected: {}, found: {}, named: [], distances: near, lost: {} };
  return [
    { ...whole, id: 'reference', kind: 'reference', description: 'The reference itself.' },
    { ...whole, id: 'template', kind: 'template', description: 'What students get.', expected: unanswered, found: unanswered, distances: {} },
    {
      id: 'vae-elbo/kl-sign',
      kind: 'misconception',
      description: 'The sign of the KL divergence.',
      expected: { [ELBO]: 'fail' },
      found: { [ELBO]: 'fail' },
      named: ['vae-elbo/kl-sign', 'vae-elbo/kl-twin'],
      distances: { ...near, [ELBO]: 123_000 },
      lost: { [ELBO]: ['kl', 'nelbo'] },
    },
    { ...whole, id: 'vae-elbo/row-by-row', kind: 'right-variant', description: 'A loop over images.' },
  ];
}
