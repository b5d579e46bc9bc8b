/** The two functions that kth-1b's notebook leaves open, as the bound that its training loop makes of them. */
import * as tf from '@tensorflow/tfjs';
import { type Bounds, ObjectiveError } from './objective.ts';
import type { LogVarianceModel } from './models.ts';

/** Of a hand-in: untrusted, so what they return is checked. */
export interface NotebookFunctions {
  readonly reparameterization: (...args: readonly unknown[]) => unknown;
  readonly lossFunction: (...args: readonly unknown[]) => unknown;
}

/** The loss of a batch, summed over its images: in the notebook Adam takes its steps along that. */
export function summedLossOf({ reparameterization, lossFunction }: NotebookFunctions): Bounds {
  return {
    negativeElboBound: (...[model, x]) => {
      const { encode, decode } = model as LogVarianceModel;
      const { mean, logVariance, variance } = encode(x as tf.Tensor);
      const z = tensor(reparameterization(mean, variance), 'reparameterization');
      if (z.shape.join() !== mean.shape.join()) throw new ObjectiveError(`reparameterization must return a sample for every mean, [${mean.shape.join(', ')}]; it has the shape [${z.shape.join(', ')}]`);
      return { nelbo: tensor(lossFunction(x, tf.sigmoid(decode(z)), mean, logVariance), 'lossFunction') };
    },
  };
}

function tensor(returned: unknown, from: string): tf.Tensor {
  if (returned instanceof Promise) throw new ObjectiveError(`${from} returned a promise: it must return its tensor at once, so no async`);
  if (!(returned instanceof tf.Tensor)) throw new ObjectiveError(`${from} must return a tensor`);
  if (from === 'lossFunction' && returned.size !== 1) throw new ObjectiveError(`lossFunction must return a scalar, the sum over the batch; it has the shape [${returned.shape.join(', ')}]`);
  return returned;
}
