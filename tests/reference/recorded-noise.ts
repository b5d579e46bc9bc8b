/**
 * Serves a known stream in place of tf.randomNormal, so that a stochastic function can be compared
 * exactly. A test file switches it on with
 *
 *   vi.mock('@tensorflow/tfjs', async (original) => withRecordedNoise(await original()));
 */
import type * as TensorFlow from '@tensorflow/tfjs';

let stream: ArrayLike<number> = [];
let position = 0;
let shapes: number[][] = [];

/** The numbers that the next draws return, from the first on. */
export function serveNoise(values: ArrayLike<number>): void {
  stream = values;
  position = 0;
  shapes = [];
}

/** The shapes drawn since `serveNoise`. */
export function drawnShapes(): readonly (readonly number[])[] {
  return shapes;
}

export function withRecordedNoise(tf: typeof TensorFlow): typeof TensorFlow {
  // Without this flag tfjs prints an advertisement for its native package.
  tf.env().set('PROD', true);
  const randomNormal = (shape: number[]): TensorFlow.Tensor => {
    shapes.push(shape);
    const count = shape.reduce((product, size) => product * size, 1);
    const values = Array.from({ length: count }, (_, i) => stream[position + i] ?? Number.NaN);
    position += count;
    return tf.tensor(values, shape);
  };
  return Object.assign({}, tf, { randomNormal });
}
