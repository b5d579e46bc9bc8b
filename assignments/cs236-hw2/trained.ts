/** The rows that rest on a trained model: two thirds for how good it is, one third for reporting it truly. */
import { type TrainingRun, trainingRuns } from '../../contract/model-layout.ts';
import type { FigureTask, TrainedTask } from '../../contract/task.ts';

/** The handout trains the SSVAE longer. */
const ITERATIONS: Readonly<Record<'vae' | 'gmvae' | 'ssvae', number>> = { vae: 20_000, gmvae: 20_000, ssvae: 30_000 };

const SAMPLER = 'cs236-hw2/vae/sample-gaussian';
const MIXTURE = ['cs236-hw2/gmvae/log-normal', 'cs236-hw2/gmvae/log-normal-mixture'] as const;

/** What a model is trained with. */
const TRAINED_WITH: Readonly<Record<'vae' | 'gmvae' | 'ssvae' | 'ssvae-gw0', readonly string[]>> = {
  vae: ['cs236-hw2/vae/negative-elbo-bound', SAMPLER],
  gmvae: ['cs236-hw2/gmvae/negative-elbo-bound', SAMPLER, ...MIXTURE],
  ssvae: ['cs236-hw2/ssvae/negative-elbo-bound', SAMPLER],
  // With gw 0 only the cross entropy is trained.
  'ssvae-gw0': [],
};

const agreementHint =
  'Report the numbers that your program prints for the checkpoint you hand in, measured on the public test subset; elbow train writes both. After another training both must be written anew.';

const bandHint =
  'Was it trained with the handout’s settings, to the end? If it was, look at the loss: only a right one leads there. elbow train prints what right work measures.';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly points: number;
  readonly run: keyof typeof TRAINED_WITH;
  readonly reported: TrainedTask['reported'];
  readonly banded: TrainedTask['banded'];
  /** Functions that the numbers are evaluated with, beside those that the model is trained with. */
  readonly evaluatedWith?: readonly string[];
}

export function trainedTask({ id, title, points, run, reported, banded, evaluatedWith = [] }: Row): TrainedTask {
  return {
    kind: 'trained',
    id,
    title,
    points,
    bonus: false,
    run,
    reported,
    banded,
    length: { iterations: ITERATIONS[trainingRuns[run].family] },
    buildsOn: [...TRAINED_WITH[run], ...evaluatedWith],
    checks: [
      { id: 'agreement', title: 'What is reported is what the checkpoint measures', kind: 'agreement', points: points / 3, hint: agreementHint },
      { id: 'band', title: 'As good as right work', kind: 'band', points: (2 * points) / 3, hint: bandHint },
    ],
    answer: { kind: 'text', file: 'answers.md', heading: id },
  };
}

const gridHint = '10 rows of 20 pictures, side by side without gaps, each drawn anew. elbow train writes such a picture.';

/** Ten rows of twenty samples. */
export function samplesTask(id: string, title: string, points: number, run: Extract<TrainingRun, 'vae' | 'gmvae'>): FigureTask {
  return {
    kind: 'figure',
    id,
    title,
    points,
    bonus: false,
    run,
    picture: `${run}-samples.png`,
    grid: { rows: 10, columns: 20, height: 28, width: 28, channels: 1 },
    checks: [
      { id: 'grid', title: 'A grid of 10 x 20 pictures', kind: 'grid', points: points / 3, hint: gridHint },
      { id: 'drawn', title: 'Drawn from your model', kind: 'drawn', points: (2 * points) / 3, hint: 'Hand in the checkpoint that the picture was drawn from.' },
    ],
  };
}

/** Row i shows class i, column j has the same z everywhere. */
export const classesTask: FigureTask = {
  kind: 'figure',
  id: 'cs236-hw2/fsvae/samples',
  title: 'Grid of 200 digits, a class in each row',
  points: 2,
  bonus: true,
  run: 'fsvae',
  picture: 'fsvae-samples.png',
  grid: { rows: 10, columns: 20, height: 32, width: 32, channels: 3 },
  checks: [
    { id: 'grid', title: 'A grid of 10 x 20 pictures', kind: 'grid', points: 1, hint: gridHint },
    { id: 'classes', title: 'Row i shows class i', kind: 'classes', points: 1, hint: 'Every picture of a row is decoded with the same label.' },
  ],
};

/** The runs of this homework. */
export const runs: readonly TrainingRun[] = [...(Object.keys(TRAINED_WITH) as (keyof typeof TRAINED_WITH)[]), 'fsvae'];

/** What training leaves in a hand-in's folder: all of it optional. */
export const results = ['metrics.json', ...runs.map((run) => `checkpoints/${run}.safetensors`), 'vae-samples.png', 'gmvae-samples.png', 'fsvae-samples.png'];
