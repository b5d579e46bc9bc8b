/** What a model draws, and whether pictures that were handed in look to it like its own. */
import type { PicturesEvaluated } from '../contract/evaluation.ts';
import { type ModelFamily, modelLayouts } from '../contract/model-layout.ts';
import { randomFor } from '../data/random.ts';
import type { Parameters } from '../training/models.ts';
import { type Picture, sampleGrid } from '../training/sample-grid.ts';
import { difference, isBlackAndWhite, rounded } from './compare-pictures.ts';
import { estimatesOf } from './estimates.ts';
import { type MeasuredFamily, termsOf } from './log-weights.ts';
import { normals } from './noise.ts';
import { type Classifier, recognise } from './recognise.ts';

const COLUMNS = 20;

/** Samples of z for each picture when it is held against the model. */
const SAMPLES = 5;

/**
 * @param given pictures one after another, 0 to 255; null where none could be read.
 * @param seed that they are said to be drawn with.
 * @param classifier of such images; null where there is none.
 */
export function evaluatePictures(family: ModelFamily, parameters: Parameters, given: Uint8Array | null, seed: number, classifier: Classifier | null): PicturesEvaluated {
  const { pixels } = modelLayouts[family];
  const drawn = oneAfterAnother(sampleGrid(family, parameters, seed), pixels);
  if (given === null) return { drawn, difference: null, nelbo: null, classes: null };
  return {
    drawn,
    difference: difference(given, drawn),
    nelbo: family === 'vae' || family === 'gmvae' || family === 'kth-vae' ? nelboOf(family, parameters, given, drawn) : null,
    classes: family === 'fsvae' && classifier !== null ? recognise(given, classifier) : null,
  };
}

function nelboOf(family: MeasuredFamily, parameters: Parameters, given: Uint8Array, drawn: Uint8Array): NonNullable<PicturesEvaluated['nelbo']> {
  const { pixels } = modelLayouts[family];
  const measure = (pictures: Uint8Array): number =>
    estimatesOf(termsOf({ family, parameters, x: Float32Array.from(pictures, (value) => value / 255), pixels }, SAMPLES, normals('pictures')), []).nelbo?.value ?? Number.NaN;
  // Some draw what a pixel's probability is, some throw the coin, and one notebook rounds: the model's own are drawn the same way.
  const blackAndWhite = family === 'kth-vae' ? rounded : thrown;
  return { given: measure(given), own: measure(isBlackAndWhite(given) ? blackAndWhite(drawn) : drawn) };
}

/** Picture after picture, out of the grid that shows them in rows. */
function oneAfterAnother({ width, channels, data }: Picture, pixels: number): Uint8Array {
  const side = width / COLUMNS;
  const line = side * channels;
  const pictures = new Uint8Array(data.length);
  for (let picture = 0; picture < data.length / pixels; picture += 1) {
    const [top, left] = [Math.floor(picture / COLUMNS) * side, (picture % COLUMNS) * line];
    for (let row = 0; row < side; row += 1) {
      const from = (top + row) * width * channels + left;
      pictures.set(data.subarray(from, from + line), picture * pixels + row * line);
    }
  }
  return pictures;
}

function thrown(pictures: Uint8Array): Uint8Array {
  const random = randomFor('grid', 'coins');
  return pictures.map((value) => (random.uniform() * 255 < value ? 255 : 0));
}
