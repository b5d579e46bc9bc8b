/** A small certificate, of one hand-in a kind. */
import { assignment } from '../../../assignments/cs236-hw2/assignment.ts';
import type { Measured } from '../../../autograder/report/report.ts';
import type { Certificate, CertifiedDerivation } from '../../../contract/certificate.ts';
import { tasksOf } from '../../../contract/rubric.ts';

export const sampleAssignment = assignment;
export const knownTasks: readonly string[] = tasksOf(assignment).flatMap((task) => (task.kind === 'function' ? [task.id] : []));

const ELBO = 'cs236-hw2/vae/negative-elbo-bound';
const near = Object.fromEntries(knownTasks.map((task) => [task, 0.031]));
const unanswered = Object.fromEntries(knownTasks.map((task) => [task, 'unanswered' as const]));

const proof = { task: 'cs236-hw2/iwae/lower-bound-proof', points: 6 };
const derivations: readonly CertifiedDerivation[] = [
  { ...proof, title: 'right: one chain', expected: { outcome: 'pass' }, found: { outcome: 'pass' }, earned: 6 },
  { ...proof, title: 'wrong at line 2: the sign', expected: { outcome: 'fail', line: 4 }, found: { outcome: 'fail', line: 4 }, earned: 1.5 },
];

export function certified(problems: readonly string[]): Certificate {
  const restsOn = { fixtures: 'f0', assignment: 'a0', child: 'c0', judgement: 'd0' };
  return { format: 2, assignment: assignment.id, term: 'autumn', restsOn, problems: [...problems], handIns: [], derivations: derivations.map((entry) => (problems.length === 0 || entry.found.line === undefined ? entry : { ...entry, found: { outcome: 'fail', line: 5 } })) };
}

export function measured(): readonly Measured[] {
  const whole = { expected: {}, found: {}, named: [], distances: near, lost: {}, reasons: [] };
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
      reasons: [],
    },
    { ...whole, id: 'vae-elbo/row-by-row', kind: 'right-variant', description: 'A loop over images.' },
  ];
}
