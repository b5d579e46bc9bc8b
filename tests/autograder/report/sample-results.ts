/** Results as the grader makes them, without running it: one homework in several states. */
import type { CheckResult, Outcome, TaskResult } from '../../../contract/outcome.ts';
import type { SubmissionResult } from '../../../contract/result.ts';

export function check(title: string, points: number, outcome: Outcome, more: Partial<CheckResult> = {}): CheckResult {
  return { check: title.toLowerCase().replaceAll(' ', '-'), title, points, earned: outcome === 'pass' ? points : 0, outcome, message: '', evidence: [], ...more };
}

export function task(id: string, title: string, points: number, outcome: Outcome, more: Partial<TaskResult> = {}): TaskResult {
  const earned = outcome === 'pass' ? points : 0;
  return { task: `cs236-hw2/${id}`, title, where: '', handoutName: '', points, earned, bonus: false, outcome, message: '', checks: [], remarks: [], ...more };
}

function func(id: string, title: string, where: string, handoutName: string, checks: readonly CheckResult[], more: Partial<TaskResult> = {}): TaskResult {
  const outcomes = new Set(checks.map(({ outcome }) => outcome));
  const outcome = (['not-gradable', 'awaiting-person', 'unanswered', 'fail'] as const).find((kind) => outcomes.has(kind)) ?? 'pass';
  const points = checks.reduce((sum, one) => sum + one.points, 0);
  const earned = checks.reduce((sum, one) => sum + one.earned, 0);
  return task(id, title, points, outcome, { where, handoutName, checks: [...checks], earned, ...more });
}

const elboChecks = (kl: Partial<CheckResult>, outcome: Outcome = 'pass'): readonly CheckResult[] => [
  check('nelbo', 2, 'pass'),
  check('kl', 1, outcome, kl),
  check('rec', 1, 'pass'),
  check('Gradients reach encoder and decoder', 1, 'pass'),
  check('Extreme logits and tiny variances', 1, 'pass'),
];

const iwaeHint = 'How are m copies of a batch laid out in memory? Compare your reshape with what duplicate returns, on a batch of two.';
const evidence = ['niwae: 12.83104 where 11.90217 is right (difference 0.92887, allowed 0.00060), case hidden-2', 'layout (m, batch) read as (batch, m)'];

const questions: SubmissionResult['questions'] = [
  {
    id: 'vae',
    title: 'Variational autoencoder',
    tasks: [
      func('vae/sample-gaussian', 'Sampling with the reparameterisation trick', 'sampleGaussian in distributions.ts', 'sample_gaussian in utils.py', [
        check('Samples of the asked-for Gaussian', 4, 'pass'),
        check('Gradients reach mean and variance', 2, 'pass'),
      ]),
      func('vae/negative-elbo-bound', 'Negative ELBO of the VAE', 'negativeElboBound in vae.ts', 'negative_elbo_bound in vae.py', elboChecks({}), {
        console: 'batch 2 of 2\n  kl    19.4312\n  rec   82.0177\n  nelbo 101.4489\n',
        remarks: ['The number of operations grows with the batch: 38 for two images, 74 for four. The handout advises against loops.'],
      }),
      task('vae/trained', 'Numbers of the trained VAE', 3, 'awaiting-person', {
        where: 'answers.md',
        message: 'A person marks this answer.',
        answer: 'negative ELBO 101.4, KL 19.4, reconstruction 82.0\n(mean of three runs, standard error 0.2)',
      }),
      task('vae/beta-vae', 'What β does', 3, 'awaiting-person', {
        where: 'answers.md',
        message: 'A person marks this answer.',
        answer:
          'With β = 1 this is the ordinary ELBO. For β > 1 the KL term weighs more, so q(z|x) is pulled closer to the prior N(0, I): less information about x passes through z, the latent dimensions become more independent, and reconstructions get blurrier.\n\nAs β → ∞ the posterior collapses to the prior.',
      }),
    ],
  },
  {
    id: 'gmvae',
    title: 'Mixture of Gaussians VAE',
    tasks: [
      func('gmvae/log-normal', 'Log density of a Gaussian', 'logNormal in distributions.ts', 'log_normal in utils.py', [
        check('Density', 3, 'pass'),
        check('Far from the mean', 1, 'fail', {
          message: 'The result is not a finite number when x is forty standard deviations from the mean.',
          hint: 'Is a density computed first and its logarithm taken afterwards? Far out the density is smaller than any number that can be stored.',
          evidence: ['-Infinity where -803.675 is right, case hidden-1'],
        }),
      ]),
      func('gmvae/log-normal-mixture', 'Log density of a mixture', 'logNormalMixture in distributions.ts', 'log_normal_mixture in utils.py', [
        check('Density', 4, 'unanswered'),
        check('Far from every mean', 2, 'unanswered'),
      ], { message: 'logNormalMixture still stands as it was given.' }),
      func(
        'gmvae/negative-elbo-bound',
        'Negative ELBO of the GMVAE',
        'negativeElboBound in gmvae.ts',
        'negative_elbo_bound in gmvae.py',
        [
          check('nelbo', 3, 'fail', { message: 'It threw TypeError: z.sub is not a function' }),
          check('kl', 2, 'fail', { message: 'It threw TypeError: z.sub is not a function' }),
          check('rec', 1, 'fail', { message: 'It threw TypeError: z.sub is not a function' }),
        ],
        {
          message: 'It threw TypeError: z.sub is not a function',
          error: {
            name: 'TypeError',
            message: 'z.sub is not a function',
            frames: [
              { path: 'distributions.ts', line: 41, column: 24 },
              { path: 'gmvae.ts', line: 63, column: 15 },
            ],
          },
        },
      ),
    ],
  },
  {
    id: 'iwae',
    title: 'Importance weighted autoencoder',
    tasks: [
      func('iwae/vae-negative-iwae-bound', 'Negative IWAE bound of the VAE', 'negativeIwaeBound in vae.ts', 'negative_iwae_bound in vae.py', [
        check('niwae with one sample', 2, 'pass'),
        check('niwae with several samples', 3, 'fail', {
          message: 'Right for one sample and for a batch of one, not for several samples of several images: samples of different images are mixed.',
          hint: iwaeHint,
          evidence,
        }),
        check('Gradients reach encoder and decoder', 1, 'fail', { message: 'The gradients of the encoder differ; those of the decoder agree.', hint: iwaeHint, evidence: ['encoder.0.weight: relative difference 0.31, allowed 0.002'] }),
      ], {
        diagnosis: {
          ids: ['vae-iwae/samples-viewed-as-images'],
          feedback: 'This is the value you get when the axis of samples and the axis of images are mixed up in a reshape.',
          evidence: ['known mistake vae-iwae/samples-viewed-as-images: layout sample, row, latent, cases A, B, C'],
        },
      }),
      func('iwae/gmvae-negative-iwae-bound', 'Negative IWAE bound of the GMVAE', 'negativeIwaeBound in gmvae.ts', 'negative_iwae_bound in gmvae.py', [
        check('niwae', 3, 'not-gradable', { message: 'The machine ran out of memory while grading this.' }),
      ], { message: 'The machine ran out of memory while grading this.' }),
    ],
  },
  {
    id: 'ssvae',
    title: 'Semi-supervised VAE',
    tasks: [
      func('ssvae/negative-elbo-bound', 'Negative ELBO of the SSVAE', 'negativeElboBound in ssvae.ts', 'negative_elbo_bound in ssvae.py', [
        check('nelbo', 5, 'pass'),
        check('kl_z', 3, 'pass'),
        check('kl_y', 3, 'pass'),
        check('rec', 2, 'pass'),
        check('Gradients reach the classifier', 2, 'awaiting-person', {
          message: 'Noise is drawn in another order than the handout’s, so a person looks at this.',
          evidence: ['z-score 2.1 over 4000 draws'],
        }),
      ]),
    ],
  },
  {
    id: 'fsvae',
    title: 'Fully supervised VAE (bonus)',
    tasks: [
      func('fsvae/negative-elbo-bound', 'Negative ELBO of the FSVAE', 'negativeElboBound in fsvae.ts', 'negative_elbo_bound in fsvae.py', [check('nelbo', 2, 'pass'), check('Parts', 2, 'pass')], { bonus: true }),
    ],
  },
];

export const mixed: SubmissionResult = {
  student: { id: 'mmeyer', name: 'Marlene Meyer' },
  source: 'submissions/mmeyer.zip',
  assignment: { id: 'cs236-hw2', title: 'CS 236 Homework 2: Deep Generative Models' },
  status: 'graded',
  notes: ['networks.ts was edited. It is given, so the original was used.', 'The files stood in the folder hw2-final/, which was taken off.'],
  questions,
  grade: {
    raw: 30,
    bonus: 4,
    points: 58,
    bonusPoints: 4,
    awaitingPoints: 8,
    notGradablePoints: 3,
    final: null,
    lowest: 34,
    highest: 45,
    machine: { earned: 34, points: 53 },
  },
  fixtures: { term: '2025-autumn', hash: '9f2c4e61d07ab3c5e8f1a2b4c6d8e0f19f2c4e61d07ab3c5e8f1a2b4c6d8e0f1', publicOnly: false },
  isolation: 'bubblewrap',
  warnings: [],
};

/** Everything marked and right, so the mark is final. */
export const complete: SubmissionResult = {
  ...mixed,
  student: { id: 'okafor', name: 'Chidi Okafor' },
  source: 'submissions/okafor.zip',
  notes: [],
  questions: questions.map((question) => ({
    ...question,
    tasks: question.tasks.map(({ error: _error, diagnosis: _diagnosis, ...one }) => ({
      ...one,
      outcome: 'pass',
      earned: one.points,
      message: '',
      remarks: [],
      checks: one.checks.map(({ hint: _hint, ...part }) => ({ ...part, outcome: 'pass', earned: part.points, message: '', evidence: [] })),
    })),
  })),
  grade: { ...mixed.grade, raw: 58, awaitingPoints: 0, notGradablePoints: 0, final: 62, lowest: 62, highest: 62, machine: { earned: 53, points: 53 } },
};

export const refused: SubmissionResult = {
  ...mixed,
  student: { id: 'zhang.wei' },
  source: 'submissions/zhang.wei.zip',
  status: 'refused',
  reason: 'The archive holds no vae.ts: the homework’s files must stand at its top or in one folder.\nFound: Homework.docx, notes.txt.',
  notes: [],
  questions: questions.map((question) => ({ ...question, tasks: question.tasks.map((one) => task(one.task.slice('cs236-hw2/'.length), one.title, one.points, 'awaiting-person')) })),
  grade: { ...mixed.grade, raw: 0, bonus: 0, awaitingPoints: 62, notGradablePoints: 0, lowest: 0, highest: 62, machine: { earned: 0, points: 0 } },
};

export const notGradable: SubmissionResult = {
  ...refused,
  student: { id: 'abara', name: 'Ife Abara' },
  source: 'submissions/abara.zip',
  status: 'not-gradable',
  reason: 'The program that runs submitted code could not be started on this machine.',
  warnings: ['Graded without isolation: submitted code could read files, use the network and change this machine. Marks from such a run are not safe to publish.'],
  isolation: 'none',
  grade: { ...refused.grade, awaitingPoints: 0, notGradablePoints: 62 },
  fixtures: { ...mixed.fixtures, publicOnly: true },
};

/** A class whose marks spread; made by counting, not by chance. */
export const classOf = (size: number): readonly SubmissionResult[] => [
  ...Array.from({ length: size }, (_, place) => classmate(place)),
  refused,
  notGradable,
  mixed,
];

function classmate(place: number): SubmissionResult {
  const passes = (at: number): boolean => (place * 7 + at * 5) % 11 < 4 + ((place * 3) % 8);
  const marked = questions.map((question, asked) => ({
    ...question,
    tasks: question.tasks.map((one, at) => {
      if (one.checks.length === 0) return one;
      const checks = one.checks.map((part, row) => check(part.title, part.points, passes(asked + at + row) ? 'pass' : 'fail', { hint: 'Look at the signs.', evidence: ['0.5 where 0.25 is right'] }));
      return func(one.task.slice('cs236-hw2/'.length), one.title, one.where, one.handoutName, checks, { bonus: one.bonus });
    }),
  }));
  const tasks = marked.flatMap((question) => question.tasks);
  const earned = (bonus: boolean): number => tasks.filter((one) => one.bonus === bonus).reduce((sum, one) => sum + one.earned, 0);
  const [raw, bonus] = [earned(false), earned(true)];
  return {
    ...mixed,
    student: { id: `s${String(1000 + place)}`, name: `Student ${place + 1}` },
    notes: [],
    questions: marked,
    grade: { ...mixed.grade, raw, bonus, awaitingPoints: 6, notGradablePoints: 0, lowest: raw + bonus, highest: raw + bonus + 6, machine: { earned: raw + bonus, points: 53 } },
  };
}
