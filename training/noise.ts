/**
 * Standard normals inside TensorFlow: a counter-based generator, so that the numbers of a step depend on seed,
 * step and call, and a run that goes on after a break draws what it would have drawn.
 * Salmon and others 2011, "Parallel random numbers: as easy as 1, 2, 3" (Philox).
 */
import * as tf from '@tensorflow/tfjs';
import { integerOf, floatOf, nativeBackend } from './native-backend.ts';

interface Position {
  readonly seed: number;
  readonly step: number;
  call: number;
}

let position: Position | null = null;

/** From here on draws belong to this step. */
export function startStepNoise(seed: number, step: number): void {
  position = { seed, step, call: 0 };
}

/** Draws are the library's own again: slower, and the same on every backend. */
export function stopStepNoise(): void {
  position = null;
}

/** Null where the numbers must come from elsewhere. */
export function drawNormals(shape: readonly number[]): tf.Tensor | null {
  const native = nativeBackend();
  if (native === null || position === null) return null;
  const { seed, step } = position;
  position.call += 1;
  // Another call of the same step has another seed: the multiplier is odd, so no two are equal.
  const key = [seed ^ Math.imul(position.call, 0x9e3779b9), step];
  return tf.tidy(() =>
    native.executeSingleOutput(
      'StatelessRandomNormal',
      [floatOf(native, 'dtype'), integerOf(native, 'T'), integerOf(native, 'Tseed')],
      [tf.tensor1d([...shape], 'int32'), tf.tensor1d(key, 'int32')],
    ),
  );
}
