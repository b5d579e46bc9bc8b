/** The rows that rest on the trained model of section 2.3. */
import type { FigureTask, TrainedTask } from '../../contract/task.ts';

const RUN = 'kth-vae';

/** Three quarters for how good it is, one for reporting its losses truly. */
export const trained: TrainedTask = {
  kind: 'trained',
  id: 'kth-1b/vae/trained',
  title: 'The trained model: average loss of every epoch',
  points: 4,
  bonus: false,
  run: RUN,
  reported: ['training-loss'],
  banded: ['training-loss', 'nelbo'],
  length: { epochs: 15 },
  buildsOn: ['kth-1b/vae/loss-function', 'kth-1b/vae/reparameterization'],
  checks: [
    {
      id: 'agreement',
      title: 'The last loss is what the checkpoint measures',
      kind: 'agreement',
      points: 1,
      hint: 'Report the losses of the run whose checkpoint you hand in, in nats an image; elbow train writes both. After another training both must be written anew.',
    },
    {
      id: 'band',
      title: 'As good as right work',
      kind: 'band',
      points: 3,
      hint: 'Was it trained with the notebook’s settings, for all 15 epochs, on pixels that are rounded? If it was, look at the loss: only a right one leads there.',
    },
  ],
  answer: { kind: 'text', file: 'answers.md', heading: 'kth-1b/vae/trained' },
};

/** Ten rows of twenty, as `elbow train` writes them; one picture, as the notebook shows it, is for a person. */
const grid: FigureTask['grid'] = { rows: 10, columns: 20, height: 28, width: 28, channels: 1 };

export const reconstruction: FigureTask = {
  kind: 'figure',
  id: 'kth-1b/vae/reconstruction',
  title: 'A test image and its reconstruction',
  points: 2,
  bonus: false,
  run: RUN,
  picture: 'reconstruction.png',
  grid,
  checks: [
    { id: 'grid', title: 'A grid of 10 x 10 pairs', kind: 'grid', points: 1, hint: '10 rows of 10 pairs without gaps, a test image on the left and its reconstruction on the right. elbow train writes such a picture.' },
    { id: 'reconstructed', title: 'Reconstructed by your model', kind: 'reconstructed', points: 1, hint: 'Hand in the checkpoint that made the reconstructions.' },
  ],
};

export const fromNoise: FigureTask = {
  kind: 'figure',
  id: 'kth-1b/vae/from-noise',
  title: 'Images generated from noise',
  points: 2,
  bonus: false,
  run: RUN,
  picture: 'from-noise.png',
  grid,
  checks: [
    { id: 'grid', title: 'A grid of 10 x 20 pictures', kind: 'grid', points: 1, hint: '10 rows of 20 pictures, side by side without gaps, each drawn anew. elbow train writes such a picture.' },
    { id: 'drawn', title: 'Drawn from your model', kind: 'drawn', points: 1, hint: 'Hand in the checkpoint that the picture was drawn from.' },
  ],
};

/** What training leaves in a hand-in's folder: all of it optional. */
export const results = ['metrics.json', `checkpoints/${RUN}.safetensors`, reconstruction.picture, fromNoise.picture];
