/**
 * The gradient of einsum, which tfjs 4.22 does not have: the same kind of sum with the result in the place
 * of the argument. A label that only this argument has was summed over, so its gradient is repeated along it.
 */
import type * as Tf from '@tensorflow/tfjs';

export function einsumGradient(tf: typeof Tf): Tf.GradConfig {
  return {
    kernelName: 'Einsum',
    saveAllInputs: true,
    gradFunc: (dy, saved, attributes) => {
      const [left = '', result = ''] = String(attributes['equation']).replaceAll(/\s/g, '').split('->');
      const labels = left.split(',');
      // The kernel takes at most two arguments, in a list: they are named by their places.
      return Object.fromEntries(
        labels.map((mine, place) => {
          const other = labels.length === 1 ? null : { labels: labels[1 - place] ?? '', tensor: saved[1 - place] };
          return [String(place), () => argumentGradient(tf, { dy: dy as Tf.Tensor, result, mine, shape: saved[place]?.shape ?? [], other })];
        }),
      );
    },
  };
}

interface Parts {
  readonly dy: Tf.Tensor;
  readonly result: string;
  readonly mine: string;
  readonly shape: readonly number[];
  readonly other: { readonly labels: string; readonly tensor: Tf.Tensor | undefined } | null;
}

function argumentGradient(tf: typeof Tf, { dy, result, mine, shape, other }: Parts): Tf.Tensor {
  const reached = [...mine].filter((label) => result.includes(label) || other?.labels.includes(label)).join('');
  const sum = summed(tf, dy, result, reached, other);
  const spread = tf.reshape(sum, shape.map((size, axis) => (reached.includes(mine[axis] ?? '') ? size : 1)));
  return tf.mul(spread, tf.ones([...shape]));
}

function summed(tf: typeof Tf, dy: Tf.Tensor, result: string, reached: string, other: Parts['other']): Tf.Tensor {
  if (other?.tensor === undefined) return tf.transpose(dy, [...reached].map((label) => result.indexOf(label)));
  // The library's einsum cannot take a scalar.
  if (result === '') return tf.mul(dy, reached === other.labels ? other.tensor : tf.einsum(`${other.labels}->${reached}`, other.tensor));
  return tf.einsum(`${result},${other.labels}->${reached}`, dy, other.tensor);
}
