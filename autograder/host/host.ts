// What this machine offers to grading. Nothing is believed from its mere presence: libraries are loaded
// and the box is run, because each of them has been seen installed and unusable.
import { isKit, projectRoot } from '../paths.ts';
import { lookAtNativeTensorFlow, lookAtWebAssembly } from './backend-facts.ts';
import { lookAtBubblewrap, lookAtPrlimit } from './box-facts.ts';
import { runSlowCanaries } from './canaries.ts';
import { isForPython, lookAtChecker, lookAtCompiler, lookAtOwnTensorFlow } from './kit-facts.ts';
import { lookAtBundles, lookAtFixtures } from './folder-facts.ts';
import { type IsolationTier, tierOf } from './isolation-tier.ts';
import { lookAtPython } from './python-facts.ts';
import { present, type Finding, type HostFact, type HostView } from './host-fact.ts';

export type { HostFact, IsolationTier };

type Question = Pick<HostFact, 'name' | 'needed' | 'cost'> & { look: (view: HostView) => Finding | Promise<Finding> };

const oldestNode = 20;

const questions: readonly Question[] = [
  { name: 'Node', needed: true, cost: 'elbow does not run', look: lookAtNode },
  { name: 'bundles', needed: true, cost: 'the elbow command has nothing to run', look: lookAtBundles },
  {
    name: 'native TensorFlow',
    needed: false,
    cost: 'training takes two to three times as long on WebAssembly, and convolutional training cannot be graded',
    look: lookAtNativeTensorFlow,
  },
  { name: 'WebAssembly backend', needed: true, cost: 'nothing stands in when native TensorFlow cannot be had', look: lookAtWebAssembly },
  { name: 'Python', needed: false, cost: 'hand-ins in Python cannot be graded; those in TypeScript can', look: lookAtPython },
  { name: 'bubblewrap', needed: true, cost: 'only your own submissions may be run here, because nothing confines them', look: lookAtBubblewrap },
  { name: 'prlimit', needed: true, cost: 'a submission can take all memory and processor time of this machine', look: lookAtPrlimit },
  { name: 'isolation', needed: true, cost: 'only your own submissions may be run here, because they could leave the box', look: lookAtIsolation },
  { name: 'fixtures', needed: true, cost: 'there is nothing to compare answers with', look: lookAtFixtures },
];

/** In a student's kit. */
const kitQuestions: readonly Question[] = [
  { name: 'Node', needed: true, cost: 'elbow does not run', look: lookAtNode },
  { name: 'compiler', needed: true, cost: 'nothing can be checked', look: lookAtCompiler },
  { name: 'checker', needed: true, cost: 'nothing can be checked', look: lookAtChecker },
];

const ownTensorFlow: Question = { name: 'native TensorFlow', needed: false, cost: 'checking is the same, but training your models takes several times as long', look: lookAtOwnTensorFlow };
const ownPython: Question = { name: 'Python', needed: true, cost: 'nothing can be checked', look: lookAtPython };

export async function inspectHost(view: Partial<HostView> = {}): Promise<readonly HostFact[]> {
  const whole = { root: view.root ?? projectRoot, path: view.path ?? process.env['PATH'] ?? '' };
  const asked = isKit ? [...kitQuestions, isForPython(whole) ? ownPython : ownTensorFlow] : questions;
  return Promise.all(asked.map(async ({ look, ...fixed }) => ({ ...fixed, ...(await look(whole)) })));
}

/** How far the box is to be trusted on this machine; tried once a process, in about a tenth of a second. */
export function isolationTier(): Promise<IsolationTier> {
  return tierOf({ root: projectRoot, path: process.env['PATH'] ?? '' });
}

/** Whether the box works here, and if not what to do: the one fact grading cannot start without. */
export function inspectBox(view: Partial<HostView> = {}): Promise<Finding> {
  return lookAtBubblewrap({ root: view.root ?? projectRoot, path: view.path ?? process.env['PATH'] ?? '' });
}

async function lookAtIsolation(view: HostView): Promise<Finding> {
  const { tier, why, cure } = await tierOf(view);
  const detail = `tier ${tier}: ${why.join('; ')}`;
  if (tier === 3) {
    const { status } = await lookAtBubblewrap(view);
    return { status: status === 'missing' ? 'missing' : 'broken', detail, cure };
  }
  const failed = (await runSlowCanaries()).filter(({ holds }) => !holds);
  if (failed.length === 0) return present(detail);
  return { status: 'broken', detail: failed.map(({ claim, seen }) => `not so: ${claim} (${seen})`).join('; '), cure: 'see docs/security.md' };
}

function lookAtNode(): Finding {
  const version = process.versions.node;
  if (Number.parseInt(version, 10) >= oldestNode) return present(version);
  return { status: 'broken', detail: `${version} is too old`, cure: `install Node ${oldestNode} or later from https://nodejs.org` };
}
