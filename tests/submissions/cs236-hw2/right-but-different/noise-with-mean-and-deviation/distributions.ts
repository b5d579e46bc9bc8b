import * as tf from '@tensorflow/tfjs';

export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const shifted = tf.randomNormal(mean.shape, 3, 2);
  return tf.sqrt(variance).mul(shifted.sub(3).div(2)).add(mean);
}

// log-sum-exp by hand: the largest term is taken out first.
function logMeanOfExp(values: tf.Tensor, axis: number): tf.Tensor {
  const largest = values.max(axis, true);
  const rest = values.sub(largest).exp().sum(axis).div(values.shape[axis] ?? 1).log();
  return largest.squeeze([axis]).add(rest);
}

export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const dimensions = x.shape.at(-1) ?? 1;
  // The variance may be one number for all dimensions.
  const each = variance.mul(tf.onesLike(mean));
  const distance = x.sub(mean).square().div(each).sum(-1);
  return distance.add(each.log().sum(-1)).add(dimensions * Math.log(2 * Math.PI)).mul(-0.5);
}

export function logNormalMixture(z: tf.Tensor, means: tf.Tensor, variances: tf.Tensor): tf.Tensor {
  const k = means.shape[1] ?? 1;
  const repeated = z.expandDims(1).tile([1, k, 1]);
  return logMeanOfExp(logNormal(repeated, means, variances), 1);
}
