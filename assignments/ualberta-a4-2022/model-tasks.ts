/**
 * The function tasks of both editions of this homework: the same functions, each edition with its own marks.
 * How the marks of a function are split over its checks is ours.
 */
import type { Check, FunctionTask } from '../../contract/task.ts';
import { gradientHint, stabilityHint } from './hints.ts';

interface Row {
  readonly assignment: string;
  readonly points: number;
}

const samplingHint =
  'Encode, draw z with the mean and variance that come out, decode. A standard normal becomes one with this mean and variance by a shift and a scale; mind that the variance is no deviation.';

export function reconstructTask({ assignment, points }: Row, model: 'vae' | 'cvae'): FunctionTask {
  return {
    kind: 'function',
    id: `${assignment}/${model}/reconstruct`,
    title: model === 'vae' ? 'Reconstruction by the VAE' : 'Reconstruction by the conditional VAE',
    handoutName: 'reconstruct',
    points,
    bonus: false,
    module: `${model}.ts`,
    function: 'reconstruct',
    checks: [
      check('logits', 'Logits of a sample from q', 'value', 0.6 * points, samplingHint, ['logits']),
      check('posterior', 'Mean and variance of q', 'value', 0.2 * points, 'Return the two that the encoder gave you, unchanged.', ['mean', 'variance']),
      check('gradient', 'Gradients reach encoder and decoder', 'gradient', 0.2 * points, gradientHint),
    ],
  };
}

export function klTask({ assignment, points }: Row): FunctionTask {
  return {
    kind: 'function',
    id: `${assignment}/vae/kl-divergence`,
    title: 'KL divergence from the prior',
    handoutName: 'the KL divergence of elbo',
    points,
    bonus: false,
    module: 'vae.ts',
    function: 'klDivergence',
    checks: [
      check('divergence', 'Its value', 'value', 0.75 * points, 'Which of the two Gaussians comes first, and what are mean and variance of the prior? Sum over latent dimensions, average over the batch.'),
      check('gradient', 'Gradients reach mean and variance', 'gradient', 0.25 * points, gradientHint),
    ],
  };
}

export function crossEntropyTask({ assignment, points }: Row): FunctionTask {
  return {
    kind: 'function',
    id: `${assignment}/vae/binary-cross-entropy`,
    title: 'Binary cross entropy of the pixels',
    handoutName: 'the binary cross entropy of elbo',
    points,
    bonus: false,
    module: 'vae.ts',
    function: 'binaryCrossEntropy',
    checks: [
      check('value', 'Its value', 'value', 0.5 * points, 'The second argument holds logits, not probabilities, and a pixel that is off counts as well. Sum over the pixels, average over the batch.'),
      check('gradient', 'A gradient reaches the logits', 'gradient', 0.25 * points, gradientHint),
      check('stability', 'Extreme logits', 'stability', 0.25 * points, stabilityHint),
    ],
  };
}

export function lossTask({ assignment, points }: Row, model: 'vae' | 'cvae'): FunctionTask {
  const name = model === 'vae' ? 'elbo' : 'celbo';
  return {
    kind: 'function',
    id: `${assignment}/${model}/${name}`,
    title: model === 'vae' ? 'The ELBO loss' : 'The CELBO loss',
    handoutName: name,
    points,
    bonus: false,
    module: `${model}.ts`,
    function: name,
    buildsOn: [`${assignment}/${model}/reconstruct`, ...partsOf(assignment)],
    checks: [
      check('loss', 'Its value', 'value', 0.5 * points, 'The loss is what training makes small: the sum of KL divergence and cross entropy, from one reconstruction. Check the sign of each.'),
      check('gradient', 'Gradients reach encoder and decoder', 'gradient', 0.25 * points, gradientHint),
      check('stability', 'Extreme logits and tiny variances', 'stability', 0.25 * points, stabilityHint),
    ],
  };
}

export function trainTask({ assignment, points }: Row, model: 'vae' | 'cvae'): FunctionTask {
  const [loss, name, handoutName] = model === 'vae' ? ['elbo', 'trainMnistVae', 'train_mnist_vae'] : ['celbo', 'trainMnistCvae', 'train_mnist_cvae'];
  return {
    kind: 'function',
    id: `${assignment}/${model}/${model === 'vae' ? 'train-mnist-vae' : 'train-mnist-cvae'}`,
    title: model === 'vae' ? 'Training the VAE' : 'Training the conditional VAE',
    handoutName,
    points,
    bonus: false,
    module: `${model}.ts`,
    function: name,
    buildsOn: [`${assignment}/${model}/${loss}`, `${assignment}/${model}/reconstruct`, ...partsOf(assignment)],
    shuffles: true,
    checks: [
      check('epochs', 'Losses of epochs of whole batches', 'value', 0.6 * points, 'One step of Adam a batch, with the learning rate that is given and one optimiser for the whole training. Return the average of each epoch.'),
      check('last-batch', 'A last batch that is smaller', 'value', 0.4 * points, 'Where the batch size does not divide the number of images, the images that are left make a smaller batch: they are trained on too.'),
    ],
  };
}

/** Worth no marks: the handout asks for words, and whoever wants to try them in code may. */
export function estimatorTasks(assignment: string): readonly FunctionTask[] {
  const task = (id: string, title: string, handoutName: string, name: string): FunctionTask => ({
    kind: 'function',
    id: `${assignment}/gradient-estimators/${id}`,
    title,
    handoutName,
    points: 0,
    bonus: false,
    module: 'gradient-estimators.ts',
    function: name,
    checks: [check('estimate', 'Both gradients', 'value', 0, estimatorHintFor(name), ['mean', 'variance'])],
  });
  return [
    task('naive', 'Practice: the naive estimator', 'the estimator of (a)', 'naiveGradient'),
    task('reparameterised', 'Practice: the reparameterised estimator', 'the estimator of (b)', 'reparameterisedGradient'),
  ];
}

function estimatorHintFor(name: string): string {
  return name === 'naiveGradient'
    ? 'The samples are drawn first and held fixed: only f is differentiated with respect to theta.'
    : 'The samples are made of noise, mean and variance inside of what is differentiated, so that the gradient passes through them.';
}

function partsOf(assignment: string): readonly string[] {
  return [`${assignment}/vae/kl-divergence`, `${assignment}/vae/binary-cross-entropy`];
}

function check(id: string, title: string, kind: Check['kind'], points: number, hint: string, components?: readonly string[]): Check {
  // Thirds and fifths of marks without the rounding of floating point.
  return { id, title, kind, points: Math.round(points * 100) / 100, hint, ...(components === undefined ? {} : { components: [...components] }) };
}
