/**
 * The gradient of a matrix product with its factors transposed first. The WebAssembly kernel multiplies naively
 * when it is told to transpose: 20 ms where the product alone takes 3 ms and the transposing 0.1 ms.
 */
import * as tf from '@tensorflow/tfjs';

const KERNEL = 'BatchMatMul';

/** C = A B: dA = dC B^T, dB = A^T dC; likewise where A or B was transposed in the product. */
export function transposeBeforeMultiplying(): void {
  const library = tf.getGradient(KERNEL);
  tf.unregisterGradient(KERNEL);
  tf.registerGradient({
    kernelName: KERNEL,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved, attributes) => {
      const [a, b] = saved;
      const { transposeA, transposeB } = attributes as { transposeA?: boolean; transposeB?: boolean };
      if (a === undefined || b === undefined || Array.isArray(dy) || a.rank !== 2 || b.rank !== 2 || transposeA || transposeB) return library.gradFunc(dy, saved, attributes);
      return { a: () => tf.matMul(dy, tf.transpose(b)), b: () => tf.matMul(tf.transpose(a), dy) };
    },
  });
}
