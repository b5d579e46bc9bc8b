/** Counts kernels run and tensors read, so that a loop over the batch is seen (a remark, never marks). */
import type * as Tf from '@tensorflow/tfjs';

type AnyFunction = (...values: unknown[]) => unknown;

/** Starts counting; the student's code could fool the counter, which is why nothing rests on it. */
export function countOperations(tf: typeof Tf): { stop: () => void; count: () => number } {
  const engine = tf.engine() as unknown as Record<string, AnyFunction>;
  let operations = 0;
  const restore = ['runKernel', 'readSync', 'read'].map((name) => {
    const original = engine[name];
    engine[name] = (...values) => {
      operations += 1;
      return original?.apply(engine, values);
    };
    // The methods live on the prototype: deleting our own property uncovers them again.
    return () => delete engine[name];
  });
  return {
    stop: () => restore.forEach((undo) => undo()),
    count: () => operations,
  };
}
