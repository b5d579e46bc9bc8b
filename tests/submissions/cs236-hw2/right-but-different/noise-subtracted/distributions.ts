import * as tf from '@tensorflow/tfjs';

export function sampleGaussian(mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const deviation = tf.pow(variance, 0.5);
  const noise = tf.transpose(tf.randomStandardNormal([...mean.shape].reverse()));
  return tf.sub(mean, tf.mul(deviation, noise));
}

// The density with its three terms apart, and the mixture by the library's log-sum-exp.
export function logNormal(x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const constant = 0.5 * Math.log(2 * Math.PI);
  const deviation = tf.sqrt(variance);
  const standardised = tf.div(tf.sub(x, mean), deviation);
  return tf.sum(tf.sub(tf.sub(tf.mul(-0.5, tf.square(standardised)), tf.log(deviation)), constant), -1);
}

export function logNormalMixture(z: tf.Tensor, means: tf.Tensor, variances: tf.Tensor): tf.Tensor {
  const [batch = 1, width = 1] = z.shape;
  const components = logNormal(tf.reshape(z, [batch, 1, width]), means, variances);
  return tf.sub(tf.logSumExp(components, 1), Math.log(means.shape[1] ?? 1));
}
