/**
 * What a conditional model offers and what a reconstruction returns: the interfaces of a homework that takes
 * the two terms of the evidence lower bound apart.
 */
import type * as tf from '@tensorflow/tfjs';
import type { Gaussian } from './interfaces.ts';

/** The label is always seen: p(z|y) = p(z) = N(0, I), p(x|z,y) = Bern(sigmoid(decode(z, y))). */
export interface Cvae {
  /** x [batch, pixels], y [batch, labels] one-hot -> the parameters of q(z|x,y) */
  encode(x: tf.Tensor, y: tf.Tensor): Gaussian;
  /** z [batch, z], y [batch, labels] one-hot -> logits of the pixels [batch, pixels] */
  decode(z: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

/** The picture is sigmoid(logits); losses take the logits, which never overflow. */
export interface Reconstruction {
  readonly logits: tf.Tensor; // [batch, pixels], decoded from one sample of q
  readonly mean: tf.Tensor; // [batch, z], of q
  readonly variance: tf.Tensor; // [batch, z], of q
}
