/** Which class a picture of a street number shows, as our own classifier sees it (bench/pytorch/street-number-classifier.py). */
import type { TensorData } from '../contract/values.ts';

/** By their names in the checkpoint: two layers. */
export type Classifier = ReadonlyMap<string, TensorData>;

const [SIDE, CHANNELS, POINTS] = [32, 3, 16];
const PIXELS = SIDE * SIDE * CHANNELS;

/** Keeps a picture of one colour from being blown up to noise. */
const LEAST_CONTRAST = 0.02;

/** @param pictures one after another, 0 to 255, 32 x 32 in three colours */
export function recognise(pictures: Uint8Array, classifier: Classifier): readonly number[] {
  return Array.from({ length: pictures.length / PIXELS }, (_, index) => {
    const scores = dense(dense(seen(pictures.subarray(index * PIXELS, (index + 1) * PIXELS)), classifier, 0).map((value) => Math.max(0, value)), classifier, 1);
    return scores.indexOf(Math.max(...scores));
  });
}

/** Brightness on 16 x 16 points, as deviations from the picture's average: walls and paints have many colours. */
function seen(picture: Uint8Array): readonly number[] {
  const step = SIDE / POINTS;
  const points = Array.from({ length: POINTS * POINTS }, (_, point) => {
    const [top, left] = [Math.floor(point / POINTS) * step, (point % POINTS) * step];
    let sum = 0;
    for (let row = top; row < top + step; row += 1) for (let at = (row * SIDE + left) * CHANNELS; at < (row * SIDE + left + step) * CHANNELS; at += 1) sum += picture[at] ?? 0;
    return sum / (step * step * CHANNELS * 255);
  });
  const mean = points.reduce((sum, value) => sum + value, 0) / points.length;
  const deviation = Math.sqrt(points.reduce((sum, value) => sum + (value - mean) ** 2, 0) / points.length);
  return points.map((value) => (value - mean) / (deviation + LEAST_CONTRAST));
}

function dense(input: readonly number[], classifier: Classifier, layer: number): readonly number[] {
  const [kernel, bias] = ['kernel', 'bias'].map((part) => classifier.get(`classifier.${layer}.${part}`)?.values);
  if (kernel === undefined || bias === undefined) throw new Error(`the classifier has no layer ${layer}`);
  return Array.from(bias, (value, output) => input.reduce((sum, entry, index) => sum + entry * (kernel[index * bias.length + output] ?? 0), value));
}
