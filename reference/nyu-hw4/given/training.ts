/**
 * How your own networks are trained when your work is graded, for a few hundred steps of Adam with your
 * negative ELBO, and how the trained networks are asked. Nothing in it is for you to do.
 */
import * as tf from '@tensorflow/tfjs';
import { CLASSES, type ConditionalVae, type ConvVae, type Gaussian, type NegativeElbo } from './interfaces.ts';
import { outputsOf } from './networks.ts';

type Build = (latent: number) => tf.LayersModel;
type Loss = (model: ConvVae & ConditionalVae, images: tf.Tensor, labels: tf.Tensor) => NegativeElbo | readonly tf.Tensor[];

export interface TrainingSettings {
  readonly latent: number;
  readonly learningRate: number;
  /** Over so many steps the KL term comes in, from nothing to its full weight: without it deep networks may never use z. */
  readonly warmUp: number;
  /** Training ends early once the loss has come down to this. */
  readonly goal: number;
}

/** Every weight of a network in a row, in the order in which the library holds them. */
export interface Trained {
  readonly encoder: tf.Tensor;
  readonly decoder: tf.Tensor;
  readonly steps: tf.Tensor;
}

/** Of the loss over the last steps, how much a step counts. */
const LATEST = 0.1;

/** Moving averages of batch normalisation are to follow within a few dozen steps: the library's default takes hundreds. */
const MOMENTUM = 0.9;

/** images [count, 28, 28, 1], rows [steps, batch] of them, labels [count] where there are classes. */
export function askTraining(buildEncoder: Build, buildDecoder: Build, negativeElbo: Loss, images: tf.Tensor, rows: tf.Tensor, settings: TrainingSettings, labels?: tf.Tensor): Trained {
  const [encoder, decoder] = [buildEncoder(settings.latent), buildDecoder(settings.latent)];
  const variables = [encoder, decoder].flatMap(({ trainableWeights }) => trainableWeights.map((weight) => (weight as unknown as { readonly val: tf.Variable }).val));
  for (const layer of [...encoder.layers, ...decoder.layers]) if ('momentum' in layer) (layer as unknown as { momentum: number }).momentum = MOMENTUM;
  const model = asModel(encoder, decoder, true);
  const optimizer = tf.train.adam(settings.learningRate);
  const [pixels, batches] = [tf.cast(images, 'float32'), rows.arraySync() as number[][]];
  let [average, steps] = [Number.NaN, 0];
  for (const batch of batches) {
    const weight = Math.min(1, settings.warmUp === 0 ? 1 : steps / settings.warmUp);
    const loss = tf.tidy(() => optimizer.minimize(() => weighted(negativeElbo(model, tf.gather(pixels, batch), labels === undefined ? tf.zeros([batch.length], 'int32') : tf.gather(labels, batch)), weight), true, variables)?.dataSync()[0]);
    steps += 1;
    if (loss === undefined || !Number.isFinite(loss)) break;
    average = Number.isNaN(average) || weight < 1 ? loss : (1 - LATEST) * average + LATEST * loss;
    if (weight === 1 && average <= settings.goal) break;
  }
  return { encoder: weightsOf(encoder), decoder: weightsOf(decoder), steps: tf.scalar(steps) };
}

/** q(z|x) or q(z|x,c) by a network with these weights. */
export function askEncoding(buildEncoder: Build, weights: tf.Tensor, images: tf.Tensor, latent: number, labels?: tf.Tensor): Gaussian {
  const network = withWeights(buildEncoder(latent), weights);
  const [mean, logVariance] = outputsOf(network, labels === undefined ? [images] : [images, oneHot(labels)], ['mean', 'logVariance']) as [tf.Tensor, tf.Tensor];
  return { mean, logVariance };
}

/** The logits by a network with these weights. */
export function askDecoding(buildDecoder: Build, weights: tf.Tensor, z: tf.Tensor, labels?: tf.Tensor): tf.Tensor {
  const network = withWeights(buildDecoder(z.shape[1] ?? 0), weights);
  const [logits] = outputsOf(network, labels === undefined ? [z] : [z, oneHot(labels)], ['logits']) as [tf.Tensor];
  return logits;
}

/** Of each network in training: dropout drops, and batches are normalised by themselves. */
function asModel(encoder: tf.LayersModel, decoder: tf.LayersModel, training: boolean): ConvVae & ConditionalVae {
  const run = (network: tf.LayersModel, inputs: readonly (tf.Tensor | undefined)[]): tf.Tensor | tf.Tensor[] => {
    const given = inputs.filter((input) => input !== undefined).map((input) => tf.cast(input, 'float32'));
    return network.apply(given.length === 1 ? (given[0] as tf.Tensor) : given, { training }) as tf.Tensor | tf.Tensor[];
  };
  return {
    encode(images: tf.Tensor, c?: tf.Tensor): Gaussian {
      const [mean, logVariance] = run(encoder, [images, c]) as [tf.Tensor, tf.Tensor];
      return { mean, logVariance };
    },
    decode: (z: tf.Tensor, c?: tf.Tensor) => run(decoder, [z, c]) as tf.Tensor,
  };
}

/** rec + weight kl, and at full weight what was returned as the negative ELBO. A tuple is in that order. */
function weighted(returned: ReturnType<Loss>, weight: number): tf.Scalar {
  const [nelbo, kl, rec] = Array.isArray(returned) ? (returned as readonly tf.Tensor[]) : [(returned as NegativeElbo).nelbo, (returned as NegativeElbo).kl, (returned as NegativeElbo).rec];
  return (weight === 1 ? nelbo : tf.add(rec as tf.Tensor, tf.mul(weight, kl as tf.Tensor)))?.asScalar() as tf.Scalar;
}

function weightsOf(network: tf.LayersModel): tf.Tensor {
  return tf.concat(network.getWeights().map((weight) => tf.cast(tf.reshape(weight, [-1]), 'float32')));
}

function withWeights(network: tf.LayersModel, weights: tf.Tensor): tf.LayersModel {
  let from = 0;
  const own = network.getWeights().map(({ shape, size }) => {
    const piece = tf.reshape(tf.slice(weights, [from], [size]), shape);
    from += size;
    return piece;
  });
  network.setWeights(own);
  return network;
}

function oneHot(labels: tf.Tensor): tf.Tensor {
  return tf.oneHot(tf.cast(labels, 'int32'), CLASSES);
}
