/**
 * The marks that a person gives the hand-ins of examples/cs236-hw2 by the rubric, task by task; the reasons
 * stand in examples/README.md. A function that is not named has full marks. A written task that is named
 * waits for a person; the others are unanswered.
 */
import { assignment } from '../../assignments/cs236-hw2/assignment.ts';
import type { Outcome } from '../../contract/outcome.ts';
import { tasksOf } from '../../contract/rubric.ts';

/** Marks and outcome of each task. */
export type Verdicts = Readonly<Record<string, readonly [marks: number, outcome: Outcome]>>;

export interface ExpectedHandIn {
  readonly source: string;
  readonly status: 'graded' | 'refused';
  /** Earned marks of the machine's tasks together. */
  readonly machine: number;
  readonly verdicts: Verdicts;
}

const failed = (marks: number) => [marks, 'fail'] as const;
const OPEN = [0, 'unanswered'] as const;

/** A VAE that was trained as it should be, reported and drawn. */
const inBand: Verdicts = { 'vae/trained': [3, 'pass'], 'vae/samples': [3, 'pass'], 'iwae/vae-evaluated': [3, 'pass'] };

const ALL = tasksOf(assignment).flatMap((task) => (task.kind === 'function' ? [] : [short(task.id)]));
const NUMBERS = ['vae/trained', 'gmvae/trained', 'iwae/vae-evaluated', 'iwae/gmvae-evaluated', 'ssvae/supervised-accuracy', 'ssvae/semi-supervised-accuracy'];

export const expectedHandIns: readonly ExpectedHandIn[] = [
  // Her VAE is trained; of the other models she reports numbers, and a person marks those.
  handIn('ada-perfect', 74, { ...inBand, 'iwae/lower-bound-proof': [6, 'pass'], 'fsvae/elbo-derivation': [3, 'pass'], 'fsvae/samples': OPEN }, ALL),
  // Where the text leaves an answer open, the PDF may hold it: a person looks.
  handIn('bela-other-ways.zip', 56, {}, ALL),
  handIn(
    'ben-template',
    0,
    {
      'vae/sample-gaussian': OPEN,
      'vae/negative-elbo-bound': OPEN,
      'gmvae/log-normal': OPEN,
      'gmvae/log-normal-mixture': OPEN,
      'gmvae/negative-elbo-bound': OPEN,
      'iwae/vae-negative-iwae-bound': OPEN,
      'iwae/gmvae-negative-iwae-bound': OPEN,
      'ssvae/negative-elbo-bound': OPEN,
      'fsvae/negative-elbo-bound': OPEN,
    },
    [],
  ),
  // Her bounds are right with a right sampler: the mistake is paid once, where it was made.
  handIn('carla-variance-as-deviation', 50, { 'vae/sample-gaussian': failed(0) }, ['vae/trained', 'ssvae/supervised-accuracy', 'ssvae/semi-supervised-accuracy']),
  handIn('dora-kl-sign', 54, { 'vae/negative-elbo-bound': failed(4) }, ['vae/trained', 'vae/beta-vae']),
  handIn(
    'emil-samples-and-images',
    47,
    { 'iwae/vae-negative-iwae-bound': failed(0), 'iwae/gmvae-negative-iwae-bound': failed(0) },
    [...NUMBERS, 'vae/samples', 'iwae/gmvae-compare-and-contrast'],
  ),
  handIn('fatima-labels-and-images', 39, { 'ssvae/negative-elbo-bound': failed(2), 'fsvae/negative-elbo-bound': OPEN }, NUMBERS),
  // The bound is reached, and the last line adds the KL in place of taking it away.
  handIn('goran-fsvae-deviation', 54, { 'fsvae/negative-elbo-bound': failed(0.5), 'fsvae/elbo-derivation': failed(1.5) }, []),
  handIn('hana-mean-of-logs', 50, { 'gmvae/log-normal-mixture': failed(0) }, ['vae/trained', 'gmvae/trained', 'iwae/lower-bound-proof']),
  handIn('ivan-not-averaged', 35, { 'vae/negative-elbo-bound': failed(0), 'ssvae/negative-elbo-bound': OPEN }, ['vae/trained']),
  handIn('jana-no-gradient', 55, { 'vae/negative-elbo-bound': failed(5) }, ['vae/trained', 'vae/beta-vae']),
  handIn('kofi-does-not-compile.zip', 44, { 'vae/negative-elbo-bound': failed(0), 'iwae/vae-negative-iwae-bound': failed(0) }, ['vae/trained']),
  handIn('lena-throws', 50, { 'gmvae/negative-elbo-bound': failed(0) }, ['vae/trained', 'gmvae/trained']),
  handIn('milo-never-returns', 41, { 'ssvae/negative-elbo-bound': failed(0) }, ['vae/trained']),
  handIn('nina-exits', 50, { 'iwae/vae-negative-iwae-bound': failed(0) }, ['vae/trained', 'iwae/vae-evaluated']),
  handIn('omar-prints-a-megabyte', 56, {}, ['vae/trained', 'gmvae/trained']),
  handIn('petra-nan-and-column', 45, { 'vae/negative-elbo-bound': failed(1), 'gmvae/log-normal-mixture': failed(0) }, ['vae/trained']),
  handIn(
    'quinn-looks-for-answers',
    16,
    {
      'vae/negative-elbo-bound': failed(0),
      'gmvae/log-normal-mixture': failed(0),
      'gmvae/negative-elbo-bound': failed(0),
      'iwae/gmvae-negative-iwae-bound': OPEN,
      'ssvae/negative-elbo-bound': failed(0),
      'fsvae/negative-elbo-bound': failed(0),
    },
    ['vae/trained', 'gmvae/trained'],
  ),
  handIn('rosa-script-tags', 53, { 'iwae/gmvae-negative-iwae-bound': failed(0) }, ['vae/trained', 'vae/beta-vae', 'gmvae/trained', 'iwae/lower-bound-proof']),
  refused('sven-upload-cut-off.zip'),
  handIn(
    'uma-half-done.zip',
    16,
    {
      'gmvae/log-normal-mixture': OPEN,
      'gmvae/negative-elbo-bound': OPEN,
      'iwae/vae-negative-iwae-bound': OPEN,
      'iwae/gmvae-negative-iwae-bound': OPEN,
      'ssvae/negative-elbo-bound': OPEN,
      'fsvae/negative-elbo-bound': OPEN,
    },
    ['vae/trained', 'vae/beta-vae'],
  ),
  handIn(
    'vera-underflow',
    53,
    { 'gmvae/log-normal-mixture': failed(4), 'iwae/vae-negative-iwae-bound': failed(5) },
    ['vae/trained', 'iwae/vae-evaluated'],
  ),
  // Reported truly, and far from right work after a hundred iterations.
  handIn('wanda-trained-too-short', 58, { 'vae/trained': failed(1), 'iwae/vae-evaluated': failed(1) }, []),
  // The sampler is paid for where it is asked; what it spoiled is not, and whether she reports honestly a person decides.
  handIn(
    'xenia-trained-with-a-wrong-loss',
    57,
    { 'vae/sample-gaussian': failed(0), 'vae/trained': [2, 'awaiting-person'], 'iwae/vae-evaluated': [2, 'awaiting-person'], 'vae/samples': [3, 'pass'] },
    [],
  ),
  handIn('yara-cut-off-checkpoint', 56, {}, ['vae/trained', 'iwae/vae-evaluated']),
  // His picture is Ada's: his own model would not draw it.
  handIn('yusuf-made-up-numbers', 57, { 'vae/trained': failed(0), 'iwae/vae-evaluated': failed(0), 'vae/samples': [1, 'awaiting-person'] }, []),
  handIn('zane-ten-gigabyte-header', 56, { 'vae/trained': failed(0), 'iwae/vae-evaluated': failed(0) }, []),
  handIn('zora-nan-checkpoint.zip', 56, { 'vae/trained': failed(0), 'iwae/vae-evaluated': failed(0) }, []),
];

function handIn(source: string, machine: number, notFull: Verdicts, answered: readonly string[]): ExpectedHandIn {
  const verdicts = tasksOf(assignment).map((task) => {
    const id = short(task.id);
    const otherwise = task.kind === 'function' ? ([task.points, 'pass'] as const) : answered.includes(id) ? ([0, 'awaiting-person'] as const) : OPEN;
    return [id, notFull[id] ?? otherwise] as const;
  });
  return { source, status: 'graded', machine, verdicts: Object.fromEntries(verdicts) };
}

/** Nothing could be read, so nothing is decided: a refusal is not a zero. */
function refused(source: string): ExpectedHandIn {
  const verdicts = tasksOf(assignment).map((task) => [short(task.id), [0, 'awaiting-person'] as const] as const);
  return { source, status: 'refused', machine: 0, verdicts: Object.fromEntries(verdicts) };
}

/** A task's id within the assignment. */
export function short(task: string): string {
  return task.slice(task.indexOf('/') + 1);
}
