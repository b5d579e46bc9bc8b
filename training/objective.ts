/** What each training minimises, made of the bounds of whoever is trained: a student's own, or the reference's. */
import * as tf from '@tensorflow/tfjs';
import type { ModelFamily } from '../contract/model-layout.ts';
import { buildModel, type ClassifyingModel, type Parameters } from './models.ts';

/** The handout's functions of a hand-in: untrusted, so what they return is checked. */
export interface Bounds {
  readonly negativeElboBound: (...args: readonly unknown[]) => unknown;
  readonly negativeIwaeBound?: (...args: readonly unknown[]) => unknown;
}

/** What one step sees. */
export interface StepBatch {
  readonly x: tf.Tensor2D;
  /** One-hot: of a fully supervised model, the labels of x. */
  readonly y?: tf.Tensor2D;
  /** Of a semi-supervised one, the hundred labelled images. */
  readonly labelled?: { readonly x: tf.Tensor2D; readonly y: tf.Tensor2D };
}

/** A bound that cannot be trained, in a sentence for whoever wrote it. */
export class ObjectiveError extends Error {
  override readonly name = 'ObjectiveError';
}

/** The handout's starter code weighs the cross entropy of the labelled images a hundredfold. */
const CLASS_WEIGHT = 100;

export interface Objective {
  readonly family: ModelFamily;
  /** Of an SSVAE: the weight of the ELBO. */
  readonly gw: number;
}

/** Over how many images the scalar is summed: the bounds of the other homework are averages. */
export function imagesInLoss(family: ModelFamily, batch: number): number {
  return family === 'kth-vae' ? batch : 1;
}

/** The scalar to minimise. */
export function lossOf({ family, gw }: Objective, bounds: Bounds, parameters: Parameters, { x, y, labelled }: StepBatch): tf.Scalar {
  if (family !== 'ssvae') {
    const model = buildModel[family](parameters);
    return component(family === 'fsvae' ? bounds.negativeElboBound(model, x, y) : bounds.negativeElboBound(model, x), 'nelbo', 'negativeElboBound');
  }
  if (labelled === undefined) throw new Error('an SSVAE is trained with labelled images beside the others');
  const model = buildModel.ssvae(parameters);
  const crossEntropy = tf.mul(crossEntropyOf(model, labelled.x, labelled.y), CLASS_WEIGHT);
  // With weight 0 the bound is not asked: problem 4.1 comes before problem 4.2.
  if (gw === 0) return crossEntropy.asScalar();
  const nelbo = component(bounds.negativeElboBound(model, x), 'nelbo', 'negativeElboBound');
  return tf.add(tf.mul(nelbo, gw), crossEntropy).asScalar();
}

/** -1/n sum_i log q(y_i | x_i) */
function crossEntropyOf(model: ClassifyingModel, x: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.neg(tf.mean(tf.sum(tf.mul(y, tf.logSoftmax(model.classify(x))), 1)));
}

/** A named scalar of what a bound returned. */
export function component(returned: unknown, name: string, from: string): tf.Scalar {
  if (returned instanceof Promise) throw new ObjectiveError(`${from} returned a promise: it must return its numbers at once, so no async`);
  const value = typeof returned === 'object' && returned !== null && Object.hasOwn(returned, name) ? (returned as Record<string, unknown>)[name] : undefined;
  if (!(value instanceof tf.Tensor)) throw new ObjectiveError(`${from} must return an object whose ${name} is a tensor`);
  if (value.size !== 1) throw new ObjectiveError(`${name} of ${from} must be a scalar, an average over the batch; it has the shape [${value.shape.join(', ')}]`);
  return value.asScalar();
}
