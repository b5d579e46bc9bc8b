/**
 * Right gradients where tfjs 4.22 has wrong ones or none. A formula that is right must not fail its
 * gradient check because of the library:
 * - four operations forget to sum over the axes along which an argument was broadcast, and throw;
 * - cumsum along any axis but the last returns its gradient transposed;
 * - comparisons have no gradient, so that a mask (`tf.where(tf.greater(x, 0), ...)`) cannot be passed;
 * - split and unstack throw where there is one piece, as for a batch of 1;
 * - logSigmoid reads a tensor that is gone by then (its cure is log-sigmoid.ts);
 * - einsum has none (its cure is einsum-gradient.ts).
 */
import type * as Tf from '@tensorflow/tfjs';
import { einsumGradient } from './einsum-gradient.ts';

const FORGET_BROADCASTING = ['SquaredDifference', 'Maximum', 'Minimum', 'BatchMatMul'] as const;
const STEPS_OF_TWO = ['Greater', 'GreaterEqual', 'Less', 'LessEqual', 'Equal', 'NotEqual', 'LogicalAnd', 'LogicalOr'] as const;

/** Registered when a child starts to serve, and so after a snapshot was read back. */
export function registerLibraryGradients(tf: typeof Tf): void {
  const replace = (gradient: Tf.GradConfig): void => {
    if (tf.getGradient(gradient.kernelName) !== undefined) tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  };
  for (const kernelName of FORGET_BROADCASTING) {
    const library = tf.getGradient(kernelName);
    replace({
      ...library,
      gradFunc: (dy, saved, attributes) => {
        const whole = library.gradFunc(dy, saved, attributes);
        const [a, b] = pair(saved);
        return { a: () => summedTo(tf, whole['a'], a.shape), b: () => summedTo(tf, whole['b'], b.shape) };
      },
    });
  }
  replace({
    kernelName: 'Cumsum',
    gradFunc: (dy, _, attributes) => {
      const { axis, exclusive, reverse } = attributes as unknown as { axis: number; exclusive: boolean; reverse: boolean };
      return { x: () => tf.cumsum(dy as Tf.Tensor, axis, exclusive, !reverse) };
    },
  });
  // Constant almost everywhere: the gradient is zero, as in every other framework.
  for (const kernelName of STEPS_OF_TWO) {
    replace({
      kernelName,
      inputsToSave: ['a', 'b'],
      gradFunc: (_, saved) => {
        const [a, b] = pair(saved);
        return { a: () => tf.zeros(a.shape), b: () => tf.zeros(b.shape) };
      },
    });
  }
  // One output's gradient comes bare, several as a list.
  replace({ kernelName: 'SplitV', gradFunc: (dy, _, attributes) => ({ x: () => tf.concat([dy].flat(), attributes['axis'] as number) }) });
  replace({ kernelName: 'Unpack', gradFunc: (dy, _, attributes) => ({ value: () => tf.stack([dy].flat(), attributes['axis'] as number) }) });
  replace(einsumGradient(tf));
  replace({ kernelName: 'LogicalNot', gradFunc: (dy) => ({ x: () => tf.zerosLike(dy as Tf.Tensor) }) });
}

/** The sum over every axis along which `shape` was stretched. */
function summedTo(tf: typeof Tf, gradient: (() => Tf.Tensor) | undefined, shape: number[]): Tf.Tensor {
  if (gradient === undefined) throw new Error('the library has no gradient for this argument');
  const whole = gradient();
  const axes = tf.broadcast_util.getReductionAxes(shape, whole.shape);
  return axes.length === 0 ? whole : tf.reshape(tf.sum(whole, axes), shape);
}

function pair(saved: readonly Tf.Tensor[]): readonly [Tf.Tensor, Tf.Tensor] {
  const [a, b] = saved;
  if (a === undefined || b === undefined) throw new Error('two arguments are saved for this gradient');
  return [a, b];
}
