/**
 * The handouts' models in numbers: networks, sizes, and the names of their tensors in a checkpoint.
 * Kernels are [in, out], as in `tf.matMul(x, kernel)`. Plain data and no schemas: this is also loaded beside students' code.
 */

export type ModelFamily = 'vae' | 'gmvae' | 'ssvae' | 'fsvae' | 'kth-vae';

export interface LayerLayout {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: 'identity' | 'relu' | 'elu' | 'leaky-relu';
}

export interface ModelLayout {
  readonly pixels: number;
  readonly latents: number;
  /** 0 where the model sees no label. */
  readonly labels: number;
  /** Dense networks by name. Layer 0 of `encoder` is in the file as `encoder.0.kernel` [in, out] and `encoder.0.bias` [out]. */
  readonly networks: ReadonlyMap<string, readonly LayerLayout[]>;
  /** Free parameters by their name in the file. */
  readonly parameters: ReadonlyMap<string, readonly number[]>;
}

const HIDDEN = 300;
const LABELS = 10;
const MNIST_PIXELS = 28 * 28;
const SVHN_PIXELS = 32 * 32 * 3;

/** z of problem 1 and 2; the components of problem 2's prior; z of problem 4 and the bonus. */
const SMALL_LATENTS = 10;
const COMPONENTS = 500;
const LARGE_LATENTS = 64;

/** The networks of kth-1b's notebook. */
const KTH_HIDDEN = 400;
const KTH_LATENTS = 200;

/** Of its LeakyReLU, below zero. */
export const LEAKY_SLOPE = 0.2;

/**
 * An encoder returns mean and spread side by side, 2z columns; the variance is softplus(spread) + 1e-8. Of `kth-vae` the
 * spread is the logarithm of the variance.
 */
export const VARIANCE_FLOOR = 1e-8;

export const modelLayouts: Readonly<Record<ModelFamily, ModelLayout>> = {
  vae: layout({ pixels: MNIST_PIXELS, latents: SMALL_LATENTS, labels: 0 }),
  gmvae: {
    ...layout({ pixels: MNIST_PIXELS, latents: SMALL_LATENTS, labels: 0 }),
    // Variances of the mixture are softplus(spreads) + 1e-8.
    parameters: new Map(['prior.means', 'prior.spreads'].map((name) => [name, [1, COMPONENTS, SMALL_LATENTS]])),
  },
  // y is joined to x and to z on the right.
  ssvae: withClassifier(layout({ pixels: MNIST_PIXELS, latents: LARGE_LATENTS, labels: LABELS })),
  fsvae: layout({ pixels: SVHN_PIXELS, latents: LARGE_LATENTS, labels: LABELS }),
  'kth-vae': {
    pixels: MNIST_PIXELS,
    latents: KTH_LATENTS,
    labels: 0,
    networks: new Map([
      ['encoder', dense(MNIST_PIXELS, 2 * KTH_LATENTS, 'leaky-relu', KTH_HIDDEN)],
      ['decoder', dense(KTH_LATENTS, MNIST_PIXELS, 'leaky-relu', KTH_HIDDEN)],
    ]),
    parameters: new Map(),
  },
};

/**
 * The trainings that homeworks ask for, by the name that their checkpoint and their entry in metrics.json carry.
 * `gw` weighs the ELBO of all images against the cross entropy of the labelled ones.
 */
export const trainingRuns = {
  vae: { family: 'vae' },
  gmvae: { family: 'gmvae' },
  ssvae: { family: 'ssvae', gw: 1 },
  'ssvae-gw0': { family: 'ssvae', gw: 0 },
  fsvae: { family: 'fsvae' },
  'kth-vae': { family: 'kth-vae' },
} as const satisfies Record<string, { family: ModelFamily; gw?: number }>;

export type TrainingRun = keyof typeof trainingRuns;

/** The names and shapes of a layout, in the order in which weights are drawn and shown. */
export function tensorShapes(model: ModelLayout): ReadonlyMap<string, readonly number[]> {
  const layers = [...model.networks].flatMap(([network, sizes]) =>
    sizes.flatMap(({ inputs, outputs }, index): [string, readonly number[]][] => [
      [`${network}.${index}.kernel`, [inputs, outputs]],
      [`${network}.${index}.bias`, [outputs]],
    ]),
  );
  return new Map([...layers, ...model.parameters]);
}

function layout({ pixels, latents, labels }: { pixels: number; latents: number; labels: number }): ModelLayout {
  const networks = new Map([
    ['encoder', dense(pixels + labels, 2 * latents, 'elu')],
    ['decoder', dense(latents + labels, pixels, 'elu')],
  ]);
  return { pixels, latents, labels, networks, parameters: new Map() };
}

function withClassifier(model: ModelLayout): ModelLayout {
  return { ...model, networks: new Map([...model.networks, ['classifier', dense(model.pixels, model.labels, 'relu')]]) };
}

/** Two hidden layers, as the handouts' starter code has them. */
function dense(inputs: number, outputs: number, activation: LayerLayout['activation'], hidden = HIDDEN): readonly LayerLayout[] {
  return [
    { inputs, outputs: hidden, activation },
    { inputs: hidden, outputs: hidden, activation },
    { inputs: hidden, outputs, activation: 'identity' },
  ];
}
