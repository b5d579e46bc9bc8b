/** Images beside their reconstructions: what a checkpoint makes of them, and whether those that were handed in are its own. */
import * as tf from '@tensorflow/tfjs';
import type { PairsEvaluated } from '../contract/evaluation.ts';
import { modelLayouts } from '../contract/model-layout.ts';
import type { Parameters } from '../training/models.ts';
import { inPairs, reconstructions } from '../training/reconstructions.ts';
import { difference, isBlackAndWhite, rounded } from './compare-pictures.ts';

const { pixels } = modelLayouts['kth-vae'];

/**
 * @param given image and reconstruction in turn, 0 to 255; null where none could be read.
 * @param bits the images to reconstruct where none are given: 0 or 1.
 * @param seed that they are said to be drawn with.
 */
export function evaluatePairs(parameters: Parameters, given: Uint8Array | null, bits: Uint8Array, seed: number): PairsEvaluated {
  const originals = given === null ? bits.map((bit) => 255 * bit) : everySecond(given, 0);
  const x = tf.tensor2d(Float32Array.from(originals, (value) => (value > 127 ? 1 : 0)), [originals.length / pixels, pixels]);
  // Another sample of z is another picture: by how much, two samples of our own tell.
  const [own, other] = [reconstructions(parameters, x, seed), reconstructions(parameters, x, seed + 1)];
  x.dispose();
  const drawn = inPairs(originals, own, pixels);
  if (given === null) return { drawn, difference: null };
  const theirs = everySecond(given, 1);
  const shown = isBlackAndWhite(theirs) ? rounded : (pictures: Uint8Array): Uint8Array => pictures;
  return { drawn, difference: { given: difference(theirs, shown(own)), own: difference(shown(own), shown(other)) } };
}

function everySecond(pictures: Uint8Array, first: 0 | 1): Uint8Array {
  const chosen = new Uint8Array(pictures.length / 2);
  for (let at = 0; at < chosen.length; at += pixels) chosen.set(pictures.subarray(2 * at + first * pixels, 2 * at + (first + 1) * pixels), at);
  return chosen;
}
